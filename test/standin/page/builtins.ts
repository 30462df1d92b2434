/* eslint-disable @typescript-eslint/unbound-method, @typescript-eslint/no-unnecessary-type-parameters --
   this file takes methods off their objects and says what they are */
/**
 * Built-ins as they are before any script of the page has run. The page can replace its own copies afterwards and would
 * then be called with what the bridge handles; so nothing in the bridge may use a live prototype method, an iterator
 * (spread of a list, for-of, array destructuring) or an implicit conversion.
 */

/** `method` as a function whose first argument is `this`. F is the shape that the caller knows it to have. */
const uncurry = <F>(method: unknown): F => Function.prototype.call.bind(method as () => void) as F;

const getter = <F>(prototype: object, property: string): F =>
  uncurry<F>(Object.getOwnPropertyDescriptor(prototype, property)?.get);

export const NativeCustomEvent = CustomEvent;
export const NativePromise = Promise;
export const NativeError = Error;
export const { keys, freeze, isFrozen, getPrototypeOf, defineProperty } = Object;
export const objectPrototype = Object.prototype;
export const { isArray } = Array;
export const { isView } = ArrayBuffer;
export const { apply } = Reflect;
export const tagOf = uncurry<(value: unknown) => string>(Object.prototype.toString);

type Listening = (on: EventTarget, type: string, listener: (event: Event) => void, capture?: boolean) => void;
export const listen = uncurry<Listening>(EventTarget.prototype.addEventListener);
export const unlisten = uncurry<Listening>(EventTarget.prototype.removeEventListener);
export const dispatch = uncurry<(on: EventTarget, event: Event) => boolean>(
  EventTarget.prototype.dispatchEvent,
);
export const stopNow = uncurry<(event: Event) => void>(Event.prototype.stopImmediatePropagation);
export const detailOf = getter<(event: Event) => unknown>(CustomEvent.prototype, 'detail');
export const relatedOf = getter<(event: Event) => EventTarget | null>(MouseEvent.prototype, 'relatedTarget');

type Then = (promise: object, onValue: (value: unknown) => void, onError: (error: unknown) => void) => void;
export const then = uncurry<Then>(Promise.prototype.then);

/** A Map whose methods the page cannot watch. */
export interface PrivateMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

const NativeMap = Map;
const mapGet = uncurry<<K, V>(map: Map<K, V>, key: K) => V | undefined>(Map.prototype.get);
const mapSet = uncurry<<K, V>(map: Map<K, V>, key: K, value: V) => void>(Map.prototype.set);
const mapDelete = uncurry<<K, V>(map: Map<K, V>, key: K) => void>(Map.prototype.delete);

export function privateMap<K, V>(): PrivateMap<K, V> {
  const map = new NativeMap<K, V>();
  return {
    get: (key) => mapGet(map, key),
    set: (key, value) => mapSet(map, key, value),
    delete: (key) => mapDelete(map, key),
  };
}
