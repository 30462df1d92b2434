import { dirname, join } from 'node:path/posix';

import type { Redirection } from '../../binding/interpreters.ts';
import type { Program } from '../../facts/look-up.ts';
import { upwards } from '../../facts/upwards.ts';
import type { Work } from './work.ts';

/** Settings that are longer are not read. */
const LONGEST_SETTINGS = 64 * 1024;

/**
 * Whether files of the project could make a runtime run something else than the file it is told, or before that. Where they
 * would stand is noted: a command that comes before may not write there.
 * @param words Of the runtime, before the operand.
 * @param operand As it is opened.
 */
export async function isRedirected(
  work: Work,
  redirectedBy: Redirection | undefined,
  words: readonly (string | null)[],
  operand: string,
): Promise<boolean> {
  if (redirectedBy === undefined) return false;
  const { files, from, words: suspicious, unless } = redirectedBy;
  if (unless !== null && words.includes(unless)) return false;
  const facts = work.at.files;
  const real = await facts.trace(operand);
  const starts = [work.at.cwd, dirname(operand), ...(real.found ? [dirname(real.realPath)] : [])];
  const folders = from === 'here' ? [work.at.cwd] : [...new Set(starts.flatMap(upwards))];
  const places = folders.flatMap((folder) => files.map((name) => join(folder, name)));
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

/** What stands on PATH for a version manager, and starts the version that a project names. */
const SHIM = /\/shims\/|\/(?:rustup|rustup-init|volta-shim|mise|proto-shim)$/;

/** By these a version can be any folder, or text that the manager runs. */
const VERSIONS: Redirection = {
  files: [
    'rust-toolchain',
    'rust-toolchain.toml',
    '.tool-versions',
    'mise.toml',
    '.mise.toml',
    'mise.local.toml',
    '.mise.local.toml',
    'mise/config.toml',
    '.mise/config.toml',
    '.config/mise.toml',
    '.prototools',
    '.python-version',
    '.ruby-version',
    '.node-version',
    '.java-version',
    '.perl-version',
    '.php-version',
    '.go-version',
  ],
  from: 'above',
  words: /path|source|exec|hook|plugin|\bfile|\{\{|\\|\.\.?\//i,
  unless: null,
};

/** Whether the project could make a version manager start anything at all under the name of a program. */
export const isChosenByProject = async (work: Work, { given, file }: Program): Promise<boolean> =>
  [given, file.realPath].some((path) => SHIM.test(path)) && (await isRedirected(work, VERSIONS, [], given));

/** Addresses skip tabs and line ends wherever they stand. */
const asRead = (text: Uint8Array): string =>
  Buffer.from(text)
    .toString()
    .replace(/[\t\r\n]/g, '');
