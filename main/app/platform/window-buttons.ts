import type { BrowserWindow } from 'electron';

/** A prompt has no traffic lights: what closes it is Deny, and a close button beside it would be a second one. */
export function hideWindowButtons(
  window: Pick<BrowserWindow, 'setWindowButtonVisibility'>,
  platform: NodeJS.Platform,
): void {
  if (platform === 'darwin') window.setWindowButtonVisibility(false);
}
