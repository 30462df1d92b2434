import { Notification } from 'electron';

export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly clicked?: () => void;
}

export interface ShownNotice {
  close(): void;
}

/** A notice that nothing holds is collected, and its click with it. */
const held = new Set<Notification>();

/** Shows a notice of the system, which minds Do Not Disturb. It informs; nothing can be decided in one. */
export function showNotice({ title, body, clicked }: Notice): ShownNotice {
  if (!Notification.isSupported()) return { close: () => undefined };
  const notice = new Notification({ title, body });
  held.add(notice);
  notice.on('close', () => held.delete(notice));
  notice.on('click', () => {
    held.delete(notice);
    clicked?.();
  });
  notice.show();
  return {
    close: () => {
      held.delete(notice);
      notice.close();
    },
  };
}
