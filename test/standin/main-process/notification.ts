import type * as Electron from 'electron';

import { unsupported } from '../shared/strict.ts';
import { record } from './control.ts';
import { StrictEmitter } from './strict-emitter.ts';

const OPTIONS: ReadonlySet<string> = new Set(['title', 'subtitle', 'body', 'silent', 'icon', 'sound']);

type Supported = Pick<Electron.Notification, 'title' | 'subtitle' | 'body' | 'silent' | 'show' | 'close'>;

/** A notification that nobody sees; the driver's hook keeps those that were shown. */
export class Notification extends StrictEmitter implements Supported {
  readonly title: string;
  readonly subtitle: string;
  readonly body: string;
  readonly silent: boolean;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super('Notification', ['show', 'click', 'close', 'failed']);
    const unknown = Object.keys(options).find((name) => !OPTIONS.has(name));
    if (unknown !== undefined) throw unsupported(`The notification option '${unknown}'`);
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
  }

  static isSupported(): boolean {
    return true;
  }
  show(): void {
    record('notification.show', this.title);
    this.emit('show', {});
  }
  close(): void {
    this.emit('close', {});
  }
}
