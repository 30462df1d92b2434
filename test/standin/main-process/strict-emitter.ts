import { EventEmitter } from 'node:events';

import { strict, unsupported } from '../shared/strict.ts';

type Listener = (...args: never[]) => void;

/** What can still be asked of a destroyed object. Names with `_` belong to Node's emitter. */
const AFTER_DESTRUCTION = /^(_.*|id|isDestroyed|emit|off|removeListener|removeAllListeners|listenerCount)$/;
const destroyed = new WeakSet<object>();

/**
 * An emitter on which everything undefined throws: properties, and events that would never come. Subclasses use
 * `#private` fields; those sit on the proxy that the constructor returns, so `this` is the same object everywhere.
 */
export abstract class StrictEmitter extends EventEmitter {
  private readonly _api: string;
  private readonly _events_supported: ReadonlySet<string>;

  constructor(api: string, events: readonly string[]) {
    super();
    this._api = api;
    this._events_supported = new Set(events);
    return strict(api, this, (property, self) => {
      if (destroyed.has(self as object) && !AFTER_DESTRUCTION.test(property))
        throw new TypeError('Object has been destroyed');
    });
  }

  isDestroyed(): boolean {
    return destroyed.has(this);
  }

  /** From now on most uses throw, as Electron's objects do. */
  protected becomeDestroyed(): void {
    destroyed.add(this);
  }

  override on(event: string, listener: Listener): this {
    if (!this._events_supported.has(event)) throw unsupported(`The event '${event}' of ${this._api}`);
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
}

export interface CancellableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** The first argument of Electron's listeners. */
export function electronEvent<T extends object>(extra: T = {} as T): T & CancellableEvent {
  let prevented = false;
  return Object.defineProperties(extra, {
    defaultPrevented: { get: () => prevented },
    preventDefault: { value: () => (prevented = true) },
  }) as T & CancellableEvent;
}
