import { deepFreeze, type References, unwrap, type Wire, wrap } from './bridge-values.ts';
import {
  apply,
  detailOf,
  dispatch,
  listen,
  NativeCustomEvent,
  NativeError,
  NativePromise,
  privateMap,
  then,
} from './builtins.ts';

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly args: Wire }
  | { readonly kind: 'return'; readonly ok: true; readonly value: Wire }
  | { readonly kind: 'return'; readonly ok: false; readonly message: string }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'expose'; readonly name: string; readonly value: Wire };

type Side = 'main' | 'isolated';
type Plain = (...args: unknown[]) => unknown;

const UNKNOWN_EXCEPTION =
  'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';

const messageOf = (error: unknown): string =>
  error !== null && typeof error === 'object' && 'message' in error && typeof error.message === 'string'
    ? error.message
    : UNKNOWN_EXCEPTION;

export interface BridgeEnd {
  /** @param node the place where both ends meet; whoever holds it can speak for either */
  connect(node: EventTarget): void;
  /** Isolated world only. */
  expose(name: string, api: unknown): void;
}

/**
 * One end of contextBridge; the same code runs in both worlds. A message is a CustomEvent on the shared node: Blink
 * clones its `detail` between the worlds and calls the listener at once, so calls stay synchronous as in Electron.
 *
 * @param onExpose what the main world does with an API that arrives
 */
export function bridgeEnd(side: Side, onExpose: (name: string, api: unknown) => void): BridgeEnd {
  const other: Side = side === 'main' ? 'isolated' : 'main';
  const functions = privateMap<number, Plain>();
  const numbers = privateMap<Plain, number>();
  const pending = privateMap<
    number,
    { resolve: (value: unknown) => void; reject: (error: unknown) => void }
  >();
  let node: EventTarget | null = null;
  let returned: Extract<Message, { kind: 'return' }> | null = null;
  let lastId = 0;

  const post = (detail: Message): void => {
    if (node === null) throw new NativeError('The two worlds have not met');
    // Each option is written out: a missing one would be looked up on the page's Object.prototype.
    dispatch(
      node,
      new NativeCustomEvent(other, { detail, bubbles: false, cancelable: false, composed: false }),
    );
  };

  const settle = (id: number, ok: boolean, value: unknown): void => {
    let wire: Wire;
    try {
      wire = wrap(value, references);
    } catch (error) {
      post({ kind: 'settle', id, ok: false, value: ['error', messageOf(error), ''] });
      return;
    }
    post({ kind: 'settle', id, ok, value: wire });
  };

  const references: References = {
    keepFunction(value) {
      const known = numbers.get(value);
      if (known !== undefined) return known;
      const id = (lastId += 1);
      numbers.set(value, id);
      functions.set(id, value);
      return id;
    },
    keepPromise(value) {
      const id = (lastId += 1);
      then(
        value,
        (result) => settle(id, true, result),
        (error) => settle(id, false, error),
      );
      return id;
    },
    callFunction(id, args) {
      post({ kind: 'call', id, args: wrap(args, references) });
      const answer = returned;
      returned = null;
      if (answer === null) throw new NativeError('An object could not be cloned.');
      if (!answer.ok) throw new NativeError(answer.message);
      return unwrap(answer.value, references);
    },
    awaitPromise: (id) => new NativePromise((resolve, reject) => pending.set(id, { resolve, reject })),
  };

  const answerCall = (id: number, args: Wire): Message => {
    try {
      const target = functions.get(id);
      if (target === undefined) throw new NativeError('No such function');
      const result = apply(target, undefined, unwrap(args, references) as unknown[]);
      return { kind: 'return', ok: true, value: wrap(result, references) };
    } catch (error) {
      return { kind: 'return', ok: false, message: messageOf(error) };
    }
  };

  const receive = (event: Event): void => {
    const message = detailOf(event) as Message | null;
    if (message === null) return; // Blink could not clone it; the caller says so
    switch (message.kind) {
      case 'call':
        post(answerCall(message.id, message.args));
        return;
      case 'return':
        returned = message;
        return;
      case 'settle': {
        const promise = pending.get(message.id);
        pending.delete(message.id);
        const value = unwrap(message.value, references);
        if (message.ok) promise?.resolve(value);
        else promise?.reject(value);
        return;
      }
      case 'expose':
        onExpose(message.name, deepFreeze(unwrap(message.value, references)));
        return;
    }
  };

  return {
    connect(meetingPoint) {
      node = meetingPoint;
      listen(meetingPoint, side, receive);
    },
    expose: (name, api) => post({ kind: 'expose', name, value: wrap(api, references) }),
  };
}
