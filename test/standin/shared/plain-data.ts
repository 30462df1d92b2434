/**
 * Plain data as text, for the way between Node and a page: null, booleans, numbers, strings, undefined, arrays and
 * plain objects arrive as structured clone would deliver them. What structured clone refuses is refused in Electron's
 * words; what it would carry and this does not (Map, Date, cycles, …) is refused as missing here.
 */
const ODD_NUMBERS = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity, '-0': -0 } as const;

const isOddNumber = (name: unknown): name is keyof typeof ODD_NUMBERS =>
  typeof name === 'string' && Object.hasOwn(ODD_NUMBERS, name);

/** Arrays are data, tagged arrays are everything JSON cannot say: [tag, …]. So each data array is ['a', …]. */
function pack(value: unknown, path: readonly object[]): unknown {
  switch (typeof value) {
    case 'undefined':
      return ['u'];
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return ['n', Object.is(value, -0) ? '-0' : String(value)];
    case 'function':
    case 'symbol':
      throw new Error('An object could not be cloned.');
    case 'bigint':
      throw new Error('The Electron stand-in does not carry bigint between page and main');
    case 'object':
      return value === null ? null : packObject(value, path);
  }
}

function packObject(value: object, path: readonly object[]): unknown {
  if (path.includes(value))
    throw new Error('The Electron stand-in does not carry cycles between page and main');
  const inner = [...path, value];
  if (Array.isArray(value)) return ['a', ...Array.from(value, (item: unknown) => pack(item, inner))];
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Promise]') throw new Error('An object could not be cloned.');
  if (tag !== '[object Object]')
    throw new Error(`The Electron stand-in does not carry ${tag} between page and main`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item, inner)]));
}

function unpack(packed: unknown): unknown {
  if (typeof packed !== 'object' || packed === null) return packed;
  if (!Array.isArray(packed))
    return Object.fromEntries(Object.entries(packed).map(([key, item]) => [key, unpack(item)]));
  const [tag, ...rest] = packed as unknown[];
  if (tag === 'a') return rest.map(unpack);
  if (tag === 'u') return undefined;
  const [name] = rest;
  if (tag === 'n' && isOddNumber(name)) return ODD_NUMBERS[name];
  throw new Error('Not text made by encode()');
}

/** @throws when a value cannot cross, naming what it is */
export const encode = (value: unknown): string => JSON.stringify(pack(value, []));

export const decode = (text: string): unknown => unpack(JSON.parse(text));

/** The arguments of one call; an empty text list is never made. */
export function decodeList(text: string): unknown[] {
  const list = decode(text);
  if (!Array.isArray(list)) throw new Error('Not a list of arguments');
  return list;
}
