import type { App } from 'electron';

/** A menu bar app: no icon in the Dock, no place in the app switcher. Info.plist says the same before we run. */
export function stayInMenuBar(
  app: Pick<App, 'dock' | 'setActivationPolicy'>,
  platform: NodeJS.Platform,
): void {
  if (platform !== 'darwin') return;
  app.setActivationPolicy('accessory');
  app.dock?.hide();
}
