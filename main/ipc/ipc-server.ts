import {
  channelOf,
  entriesOf,
  type Envelope,
  type Handlers,
  type News,
  type Payload,
  type WindowRole,
} from './contract.ts';
import { type SenderEvent, strangeSender } from './sender.ts';

/** What this needs of Electron's `ipcMain`. */
export interface IpcPort {
  handle(channel: string, listener: (event: SenderEvent, ...said: unknown[]) => unknown): void;
}

/** What this needs of a window's `webContents`. */
export interface Page {
  readonly id: number;
  isDestroyed(): boolean;
  isCrashed(): boolean;
  once(event: 'destroyed', listener: () => void): unknown;
  send(channel: string, payload: unknown): void;
}

export interface IpcLog {
  /** Somebody spoke who may not, or said what is not in the contract. */
  refused(event: { channel: string; url: string; why: string }): void;
  /** A handler of ours failed. */
  failed(event: { channel: string; error: unknown }): void;
}

/** A call that main does not listen to. It rejects in the window: a refusal never looks like an empty answer. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

const FAILED = {
  ok: false,
  code: 'failed',
  message: 'Latchkey could not do that. The reason is in its log.',
} as const satisfies Envelope<never>;

/**
 * The only place that registers with `ipcMain` and sends to windows. Every call is checked in this order: who speaks,
 * what was said, and, on the way back, what is answered.
 */
export class IpcServer {
  readonly #ipc: IpcPort;
  readonly #log: IpcLog;
  readonly #windows = new Map<number, { readonly page: Page; readonly role: WindowRole }>();

  constructor(ipc: IpcPort, log: IpcLog) {
    this.#ipc = ipc;
    this.#log = log;
  }

  /** Lets the page of this window speak, in this role only, until the window is gone. */
  admit(page: Page, role: WindowRole): void {
    const { id } = page;
    this.#windows.set(id, { page, role });
    page.once('destroyed', () => this.#windows.delete(id));
  }

  /** Registers the handlers of one role, each call of the contract once. */
  serve<R extends WindowRole>(role: R, handlers: Handlers<R>): void {
    const byName = handlers as Readonly<Record<string, (argument: unknown) => unknown>>;
    for (const [name, entry] of Object.entries(entriesOf(role))) {
      const handler = byName[name];
      if (entry.kind !== 'invoke' || handler === undefined) continue;
      const channel = channelOf(role, name);
      this.#ipc.handle(channel, (event, ...said: unknown[]) => {
        const refuse = (why: string) => this.#refuse(channel, event, why);
        const strange = strangeSender(event, role, (id) => this.#windows.get(id)?.role);
        if (strange !== null) throw refuse(strange);
        const argument = entry.argument.safeParse(said[0]);
        if (!argument.success || said.length > 1) throw refuse('the argument is not in the contract');
        return this.#answer(channel, handler, argument.data, (value) => entry.result.parse(value));
      });
    }
  }

  /** Tells every window of a role. Windows that are gone or crashed hear nothing. */
  notify<R extends WindowRole, K extends News<R>>(role: R, name: K, payload: Payload<R, K>): void {
    const entry = entriesOf(role)[name];
    if (entry?.kind !== 'notify') throw new Error(`not in the contract: ${channelOf(role, name)}`);
    const checked = entry.payload.parse(payload);
    for (const { page, role: held } of this.#windows.values()) {
      if (held !== role || page.isDestroyed() || page.isCrashed()) continue;
      page.send(channelOf(role, name), checked);
    }
  }

  async #answer(
    channel: string,
    handler: (argument: unknown) => unknown,
    argument: unknown,
    parseResult: (value: unknown) => unknown,
  ): Promise<Envelope<unknown>> {
    try {
      const answer = (await handler(argument)) as Envelope<unknown>;
      return answer.ok ? { ok: true, value: parseResult(answer.value) } : answer;
    } catch (error) {
      this.#log.failed({ channel, error });
      return FAILED;
    }
  }

  #refuse(channel: string, { senderFrame }: SenderEvent, why: string): Refusal {
    this.#log.refused({ channel, url: senderFrame?.url ?? 'no frame', why });
    return new Refusal(`refused: ${channel}`);
  }
}
