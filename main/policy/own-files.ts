import { resolve } from 'node:path/posix';

import type { OwnPlaces } from './assess.ts';

/** Whether a real path is one of Latchkey's own programs. */
export function isOwnProgram(own: OwnPlaces, realPath: string): boolean {
  return own.bundle.some((place) => isWithin(realPath.toLowerCase(), place.toLowerCase()));
}

/**
 * Whether a command names what belongs to Latchkey: its state folder, its bundle, its Keychain item. Looks at every word
 * and at the text as a whole; a name that the shell computes escapes it, which is why that is never run unasked.
 */
export function namesOwnFiles(
  own: OwnPlaces,
  words: readonly string[],
  { cwd, home }: { readonly cwd: string; readonly home: string },
): boolean {
  const places = [own.stateFolder, ...own.bundle].filter((place) => place !== '' && place !== '/').map(fold);
  const homeless = places
    .filter((place) => isWithin(place, fold(home)))
    .map((place) => place.slice(home.length + 1))
    .flatMap((rest) => [
      `~/${rest}`,
      `$home/${rest}`,
      `\${home}/${rest}`,
      `$home"/${rest}`,
      `"$home"/${rest}`,
    ]);
  if (places.some((place) => isWithin(fold(cwd), place))) return true;
  return words.some((word) => {
    const text = fold(word);
    if (own.keychainService !== '' && text.includes(fold(own.keychainService))) return true;
    if (
      [...places, ...homeless].some(
        (place) => text.includes(place) || text.replaceAll('\\', '').includes(place),
      )
    ) {
      return true;
    }
    return text.split(/[\s;|&<>()"'=:]+/).some((part) => {
      const absolute = resolve(cwd, part.startsWith('~/') ? home + part.slice(1) : part);
      return places.some((place) => isWithin(fold(absolute), place));
    });
  });
}

// macOS finds a file whatever the case of its name.
const fold = (text: string): string => text.toLowerCase();

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
