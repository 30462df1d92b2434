import type { PowerMonitor } from 'electron';

export interface PowerDelegate {
  suspend(): void;
  wake(): void;
  /** Nobody can see a question any more. */
  locked(): void;
  unlocked(): void;
}

/** Sleep and lock of this Mac. */
export function watchPower(monitor: Pick<PowerMonitor, 'on'>, delegate: PowerDelegate): void {
  monitor.on('suspend', () => delegate.suspend());
  monitor.on('resume', () => delegate.wake());
  monitor.on('lock-screen', () => delegate.locked());
  monitor.on('unlock-screen', () => delegate.unlocked());
}
