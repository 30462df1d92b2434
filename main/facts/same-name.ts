/**
 * What two names have in common that a Mac's disk may take for one: case and composition do not count there, letters such
 * as the long s and the sign for kelvin are those that they fold to, and older disks skip what is not visible.
 */
export function folded(name: string): string {
  if (/^[ -~]*$/.test(name)) return name.toLowerCase();
  return name
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toUpperCase()
    .toLowerCase();
}

/**
 * macOS shows its volume of data twice: a path on it may start with where it is mounted, or without. In front of any path
 * there may be how it is to be resolved.
 */
export const withoutFirmlink = (path: string): string =>
  path
    .replace(/^(?:\/\.nofollow|\/\.resolve\/[^/]+)+(?=\/)/i, '')
    .replace(/^\/system\/volumes\/data(?=\/|$)/i, '');
