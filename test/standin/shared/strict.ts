/** Asked for by the engine itself, not by the app: `await`, JSON and class machinery. */
const ASKED_BY_THE_ENGINE: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'name',
]);

/** Says which part of Electron is missing, so that a green test never rests on something that did nothing. */
export function unsupported(api: string): Error {
  return new Error(`${api} is not part of the Electron stand-in; see test/standin/README.md`);
}

/**
 * `target`, except that reading or writing a property that nobody defined throws with its full name.
 *
 * @param onRead called before each read of a property that exists; may throw (an object that was destroyed)
 */
export function strict<T extends object>(
  name: string,
  target: T,
  onRead?: (property: string, self: unknown) => void,
): T {
  return new Proxy(target, {
    get(object, property, receiver): unknown {
      if (typeof property === 'string') {
        if (property in object) onRead?.(property, receiver);
        else if (!ASKED_BY_THE_ENGINE.has(property)) throw unsupported(`${name}.${property}`);
      }
      return Reflect.get(object, property, receiver);
    },
    set(object, property, value, receiver): boolean {
      if (typeof property === 'string' && !(property in object)) throw unsupported(`${name}.${property} = …`);
      return Reflect.set(object, property, value, receiver);
    },
  });
}
