import { Notification } from 'electron';

/** Shows notices of the system. They inform; nothing can be decided in one. */
export function showNotice({
  title,
  body,
  onClick,
}: {
  title: string;
  body: string;
  onClick?: () => void;
}): void {
  if (!Notification.isSupported()) return;
  const notice = new Notification({ title, body });
  if (onClick) notice.on('click', onClick);
  notice.show();
}
