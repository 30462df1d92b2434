import { dirname, join } from 'node:path/posix';

import type { Interpreter } from '../../binding/interpreters.ts';
import { upwards } from '../../facts/upwards.ts';
import type { Work } from './work.ts';

/** Settings that are longer are not read. */
const LONGEST_SETTINGS = 64 * 1024;

/**
 * Whether settings of the project could make a runtime run another file than the one it is told. Where they would stand is
 * noted: a command that comes before may not write there.
 * @param words Of the runtime, before the operand.
 * @param operand As it is opened.
 */
export async function isRedirected(
  work: Work,
  { redirectedBy }: Interpreter,
  words: readonly (string | null)[],
  operand: string,
): Promise<boolean> {
  if (redirectedBy === undefined) return false;
  const { files, words: suspicious, unless } = redirectedBy;
  if (unless !== null && words.includes(unless)) return false;
  const facts = work.at.files;
  const real = await facts.trace(operand);
  const starts = [work.at.cwd, dirname(operand), ...(real.found ? [dirname(real.realPath)] : [])];
  const folders = new Set(starts.flatMap(upwards));
  const places = [...folders].flatMap((folder) => files.map((name) => join(folder, name)));
  work.settings.push(...places);
  const texts = await Promise.all(
    places.map(async (place) => {
      const found = await facts.trace(place);
      return found.found ? await facts.peek(found.realPath, LONGEST_SETTINGS) : new Uint8Array();
    }),
  );
  return texts.some(
    (text) => text === null || text.length >= LONGEST_SETTINGS || suspicious.test(asRead(text)),
  );
}

/** Addresses skip tabs and line ends wherever they stand. */
const asRead = (text: Uint8Array): string =>
  Buffer.from(text)
    .toString()
    .replace(/[\t\r\n]/g, '');
