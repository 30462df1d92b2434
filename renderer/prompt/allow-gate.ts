import type { ArmingView } from '../../main/ipc/prompt-view.ts';

/** Whether a press on Allow counts now. Main decides the same for itself; a window can only be stricter. */
export type Gate =
  | { readonly state: 'open' }
  | { readonly state: 'arming'; readonly leftMs: number; readonly delayMs: number }
  | { readonly state: 'unfocused' | 'unread' | 'proving' | 'sent' | 'over' };

export interface GateFacts {
  readonly arming: ArmingView;
  readonly expiresAtMs: number;
  /** Wall clock. */
  readonly nowMs: number;
  /** For how long nothing was disturbed: no new content, no change of focus, no other sheet. */
  readonly calmMs: number;
  /** An answer was given and main has not taken or refused it yet. */
  readonly sent: boolean;
}

/** The shortest look, whatever main says: its news could be on the way while the content changes. */
const LEAST_LOOK_MS = 1000;

export function gate({ arming, expiresAtMs, nowMs, calmMs, sent }: GateFacts): Gate {
  if (nowMs >= expiresAtMs) return { state: 'over' };
  if (arming.state === 'proving' || arming.state === 'unfocused') return { state: arming.state };
  if (sent) return { state: 'sent' };
  const delayMs = arming.state === 'armed' ? LEAST_LOOK_MS : Math.max(arming.delayMs, LEAST_LOOK_MS);
  const leftMs = Math.max(
    delayMs - calmMs,
    // Until main says so itself, the last second never ends.
    arming.state === 'arming' ? Math.max(1, arming.armedAtMs - nowMs) : 0,
  );
  if (leftMs > 0) return { state: 'arming', leftMs, delayMs };
  return arming.state === 'armed' ? { state: 'open' } : { state: 'unread' };
}
