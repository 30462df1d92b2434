/* eslint-disable @typescript-eslint/prefer-for-of -- for-of asks the page's Array.prototype; see builtins.ts */
import {
  defineProperty,
  freeze,
  getPrototypeOf,
  isArray,
  isFrozen,
  isView,
  keys,
  NativeError,
  objectPrototype,
  type PrivateMap,
  privateMap,
  tagOf,
} from './builtins.ts';

/** A value on its way between the worlds. Blink structured-clones it, so no object is ever shared. */
export type Wire =
  | readonly ['clone', unknown]
  | readonly ['array', readonly Wire[], number]
  | readonly ['object', readonly (readonly [string, Wire])[], number]
  | readonly ['function', number]
  | readonly ['promise', number]
  | readonly ['error', string, string]
  | readonly ['again', number];

/** How functions and promises get a number on one side and come back to life on the other. */
export interface References {
  keepFunction(value: (...args: unknown[]) => unknown): number;
  keepPromise(value: object): number;
  callFunction(id: number, args: unknown[]): unknown;
  awaitPromise(id: number): Promise<unknown>;
}

const MAX_DEPTH = 1000;

/** Appends without consulting Array.prototype, where a page may have planted a setter. */
const put = (list: unknown[], value: unknown): void => {
  defineProperty(list, list.length, { value, enumerable: true, configurable: true, writable: true });
};

export function wrap(value: unknown, references: References): Wire {
  const seen: PrivateMap<object, number> = privateMap();
  let count = 0;

  function wrapObject(object: object, depth: number): Wire {
    const known = seen.get(object);
    if (known !== undefined) return ['again', known];
    const reference = (count += 1);
    seen.set(object, reference);

    const tag = tagOf(object);
    if (tag === '[object Promise]') return ['promise', references.keepPromise(object)];
    if (tag === '[object Error]') {
      const { message, stack } = object as Error;
      return ['error', message, stack ?? ''];
    }
    if (isArray(object)) {
      const items: Wire[] = [];
      for (let i = 0; i < object.length; i += 1) put(items, wrapAny(object[i], depth + 1));
      return ['array', items, reference];
    }
    const prototype: unknown = getPrototypeOf(object);
    if (tag === '[object Object]' || prototype === objectPrototype || prototype === null) {
      const entries: (readonly [string, Wire])[] = [];
      const names = keys(object);
      for (let i = 0; i < names.length; i += 1) {
        const name = names[i] ?? '';
        put(entries, [name, wrapAny((object as Record<string, unknown>)[name], depth + 1)]);
      }
      return ['object', entries, reference];
    }
    return ['clone', object]; // Date, Map, typed arrays, …: structured clone takes them or refuses
  }

  function wrapAny(inner: unknown, depth: number): Wire {
    if (depth > MAX_DEPTH) throw new NativeError('Electron contextBridge recursion depth exceeded.');
    if (typeof inner === 'symbol') throw new NativeError('An object could not be cloned.');
    if (typeof inner === 'function')
      return ['function', references.keepFunction(inner as (...args: unknown[]) => unknown)];
    if (typeof inner !== 'object' || inner === null) return ['clone', inner];
    return wrapObject(inner, depth);
  }

  return wrapAny(value, 0);
}

export function unwrap(wire: Wire, references: References): unknown {
  const made: PrivateMap<number, object> = privateMap();

  function unwrapAny(part: Wire): unknown {
    switch (part[0]) {
      case 'array': {
        const list: unknown[] = [];
        made.set(part[2], list);
        for (let i = 0; i < part[1].length; i += 1) put(list, unwrapAny(part[1][i] ?? ['clone', undefined]));
        return list;
      }
      case 'object': {
        const object = {};
        made.set(part[2], object);
        for (let i = 0; i < part[1].length; i += 1) {
          const entry = part[1][i];
          if (entry === undefined) continue;
          const value = unwrapAny(entry[1]);
          defineProperty(object, entry[0], { value, enumerable: true, configurable: true, writable: true });
        }
        return object;
      }
      case 'function': {
        const id = part[1];
        return (...args: unknown[]) => references.callFunction(id, args);
      }
      case 'promise':
        return references.awaitPromise(part[1]);
      case 'error': {
        const error = new NativeError(part[1]);
        defineProperty(error, 'stack', { value: part[2], configurable: true, writable: true });
        return error;
      }
      case 'again':
        return made.get(part[1]);
      case 'clone':
        return part[1];
    }
  }

  return unwrapAny(wire);
}

/** As contextBridge leaves what it exposes: the page can change nothing of it. */
export function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isFrozen(value) || isView(value)) return value;
  freeze(value);
  const names = keys(value);
  for (let i = 0; i < names.length; i += 1) deepFreeze((value as Record<string, unknown>)[names[i] ?? '']);
  return value;
}
