import type { Language } from '../../main/ipc/values.ts';
import { catalogue } from '../words/catalogue.ts';

type Catalogue = typeof catalogue;
type Key = keyof Catalogue;

type HoleOf<Sentence> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | HoleOf<Rest>
  : never;
type Holes<K extends Key, Value> = [HoleOf<Catalogue[K]['en']>] extends [never]
  ? []
  : [Readonly<Record<HoleOf<Catalogue[K]['en']>, Value>>];

/** A key whose sentence has no holes. */
export type PlainKey = { [K in Key]: Holes<K, never> extends [] ? K : never }[Key];

/** Speaks one language. */
export interface Voice {
  readonly language: Language;
  /** For Intl: the person's own variant of the language where the system names one. */
  readonly locale: string;
  /** A sentence as one string. */
  text<K extends Key>(key: K, ...holes: Holes<K, string | number>): string;
  /** A sentence in pieces, with whatever fills its holes between them. */
  say<K extends Key, Value>(key: K, ...holes: Holes<K, Value>): (string | Value)[];
}

/** @param preferred the person's locales, best first. */
export function speak(language: Language, preferred: readonly string[]): Voice {
  const say = <Value>(key: Key, holes: Readonly<Record<string, Value>> = {}): (string | Value)[] =>
    catalogue[key][language]
      .split(/(\{\w+\})/)
      .filter((piece) => piece !== '')
      .map((piece) => (piece.startsWith('{') ? (holes[piece.slice(1, -1)] ?? piece) : piece));
  return {
    language,
    locale: preferred.find((locale) => locale.split('-')[0] === language) ?? language,
    say,
    text: (key, ...[holes]) => say<string | number>(key, holes).join(''),
  };
}
