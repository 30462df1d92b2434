import { realpath } from 'node:fs/promises';

/** Paths without links, for comparison with where commands lead; what is not there is kept as it is written. */
export function realPlaces(paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.map((path) => realpath(path).catch(() => path)));
}
