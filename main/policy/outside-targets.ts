import { basename, resolve } from 'node:path/posix';

import type { Unit } from './unit.ts';
import { directoriesOf } from './where-it-leads.ts';

const DELETES = new Set(
  'rm rmdir unlink shred srm mv cp dd truncate tee ln install rsync find chmod chown trash ditto'.split(' '),
);

/**
 * Whether a command names something outside the working directory that it would delete or overwrite. A folder that the
 * text changes to before is one more to start from, and not instead: nobody knows whether the change succeeds.
 * @param before The commands in front of it.
 */
export function touchesOutside(
  { argv, names, once }: Unit,
  before: readonly Unit[],
  { cwd, home }: { readonly cwd: string; readonly home: string },
): boolean {
  const [, ...args] = argv;
  const called = names.map((name) => basename(name).toLowerCase());
  const targets = [
    ...(called.some((name) => DELETES.has(name)) ? [...args, ...args.flatMap(attached)] : []),
    ...(called.some((name) => /^(?:[gs]|bsd)?tar$/.test(name)) ? unpackedByTar(args) : []),
    ...(called.includes('unzip') ? valuesOf('d', args) : []),
    ...once.filter((piece) => /^\d*>/.test(piece)).map((piece) => piece.replace(/^\d*>+\|?\s*/, '')),
  ];
  const from = directoriesOf(before, cwd, home);
  const isLost = before.some(goesAnywhere);
  return targets
    .map((word) => word.replace(/^(?:of|if)=/, '').replace(/^["']|["']$/g, ''))
    .filter((word) => !/^-|^&?\d*$|^\/dev\/(?:null|stdout|stderr)$/.test(word))
    .some((word) => {
      if (/^\$|^~[^/]/.test(word) || (isLost && !word.startsWith('/'))) return true;
      const path = word.startsWith('~') ? home + word.slice(1) : word;
      return from.some((directory) => !isWithin(resolve(directory, path), cwd));
    });
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** `cd -` and computed folders. */
const goesAnywhere = ({ argv: [name = '', ...args] }: Unit): boolean =>
  /^(?:cd|pushd|popd|chdir)$/.test(name) &&
  (name === 'popd' || args.some((arg) => /^-$|[$`]/.test(arg.replace(/\$(?:HOME\b|\{HOME\})/, ''))));

/** The folder that `cp -t/x` and `mv --target-directory=/x` write to. */
const attached = (word: string): string[] => {
  const value = /^(?:-[a-zA-Z]*t|--target-directory=)([~./$].*)$/.exec(word)?.[1];
  return value === undefined ? [] : [value];
};

/** Where tar writes: here, or where it is told to go first. With absolute names anywhere. */
function unpackedByTar(args: readonly string[]): string[] {
  const [bundle = ''] = args;
  const options = args.filter((arg, index) => arg.startsWith('-') || index === 0);
  if (!options.some((arg) => /^-?[a-zA-Z]*x|^--(?:extract|get)$/.test(arg))) return [];
  if (options.some((arg) => /^-?[a-zA-Z]*P|^--absolute-names$/.test(arg))) return ['/'];
  if (!bundle.startsWith('-') && bundle.includes('C')) return args.slice(1);
  return ['.', ...valuesOf('C', args), ...args.flatMap((arg) => /^--directory=(.+)$/.exec(arg)?.[1] ?? [])];
}

/** Values of an option of one letter, in its word or in the next. */
const valuesOf = (letter: string, args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    const value = new RegExp(`^-[a-zA-Z]*?${letter}(.*)$`).exec(arg)?.[1];
    if (arg === '--directory') return args.slice(index + 1, index + 2);
    return value === undefined ? [] : [value === '' ? (args[index + 1] ?? '') : value];
  });
