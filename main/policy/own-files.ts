import { resolve } from 'node:path/posix';

import { folded as sameCase, withoutFirmlink } from '../facts/same-name.ts';
import type { BoundFile } from '../request/assessment.ts';
import type { OwnPlaces } from './assess.ts';

const folded = (path: string): string => withoutFirmlink(sameCase(path));

/** Whether a file is one of Latchkey's own programs, also under a further name of the same file. */
export function isOwnProgram(
  own: OwnPlaces,
  { realPath, components }: Pick<BoundFile, 'realPath' | 'components'>,
): boolean {
  if (own.bundle.some((place) => isWithin(folded(realPath), folded(place)))) return true;
  const file = components.at(-1);
  return file !== undefined && own.files.includes(`${file.dev}:${file.ino}`);
}

/**
 * Whether a command names what belongs to Latchkey: its state folder, its bundle, its Keychain item. Looks at every word
 * and at the text as a whole; a name that the shell computes escapes it, which is why that is never run by a rule.
 */
export function namesOwnFiles(
  own: OwnPlaces,
  words: readonly string[],
  { cwd, home }: { readonly cwd: string; readonly home: string },
): boolean {
  const places = [own.stateFolder, ...own.bundle]
    .filter((place) => place !== '' && place !== '/')
    .map(folded);
  if (places.some((place) => isWithin(folded(cwd), place))) return true;
  const fromHome = places
    .filter((place) => isWithin(place, folded(home)))
    .map((place) => place.slice(folded(home).length))
    .flatMap((rest) => [`~${rest}`, `$home${rest}`, `\${home}${rest}`]);
  const names = [...places, ...fromHome];
  const item = folded(own.keychainService);
  return words.some((word) => {
    const text = folded(word);
    // Quotes and backslashes in the middle of a path change nothing about where it leads.
    const plain = text.replace(/["'\\]/g, '');
    if (names.some((name) => text.includes(name) || plain.includes(name))) return true;
    return [word, ...word.split(/[\s;|&<>()"'=:]+/)].some((part) => {
      // An item has a name, not a path: a project's folder that is called alike is nothing of ours.
      if (
        item !== '' &&
        !part.includes('/') &&
        folded(part)
          .replace(/["'\\]/g, '')
          .includes(item)
      )
        return true;
      const absolute = folded(resolve(cwd, part.startsWith('~/') ? home + part.slice(1) : part));
      return places.some((place) => isWithin(absolute, place));
    });
  });
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
