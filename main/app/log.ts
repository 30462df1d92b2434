import { pino } from 'pino';

import type { IpcLog } from '../ipc/ipc-server.ts';
import type { BlockedLog } from './hardening.ts';

/** What the app says about itself, as JSON lines. The record of requests and decisions is elsewhere. */
const log = pino({ name: 'latchkey', base: null }, pino.destination({ dest: 2, sync: true }));

export const ipcLog: IpcLog = {
  refused: (event) => log.warn(event, 'refused a call'),
  failed: ({ channel, error }) => log.error({ channel, err: error }, 'a call failed'),
};

export const blockedLog: BlockedLog = (event) => log.warn(event, 'blocked');

export const logFailure = (what: string, error: unknown): void => log.error({ what, err: error }, 'failed');
export const logFatal = (error: unknown): void => log.fatal({ err: error }, 'an error that nobody expected');
