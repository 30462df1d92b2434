import type { WindowRole } from './contract.ts';

/** What of Electron's event counts. Read it before any await: the frame can be gone after one. */
export interface SenderEvent {
  readonly sender: { readonly id: number; readonly mainFrame: object };
  readonly senderFrame: {
    readonly url: string;
    readonly parent: object | null;
    readonly detached: boolean;
  } | null;
}

/** The one address of a window's page. Compared whole, so there is no parsing that could be talked round. */
export const pageUrl = (role: WindowRole): string => `latchkey://${role}/index.html`;

/**
 * Why this call is not from the page of a window with this role, or null if it is.
 *
 * SECURITY(electron-17): the frame is what is judged. `sender` is the same object for every frame inside a window.
 */
export function strangeSender(
  { sender, senderFrame: frame }: SenderEvent,
  role: WindowRole,
  roleOf: (pageId: number) => WindowRole | undefined,
): string | null {
  if (frame === null) return 'the frame is gone';
  if (frame.detached) return 'the frame is detached';
  if (frame.parent !== null || frame !== sender.mainFrame) return 'not the top frame';
  if (roleOf(sender.id) !== role) return 'not a window of this role';
  if (frame.url !== pageUrl(role)) return 'not our page';
  return null;
}
