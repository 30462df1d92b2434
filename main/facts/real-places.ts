import { realpath, stat } from 'node:fs/promises';

/** Paths without links, for comparison with where commands lead; what is not there is kept as it is written. */
export function realPlaces(paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.map((path) => realpath(path).catch(() => path)));
}

/** Device and inode of those that are files: what tells a file under whatever name. */
export async function fileNumbers(paths: readonly string[]): Promise<string[]> {
  const stats = await Promise.all(paths.map((path) => stat(path, { bigint: true }).catch(() => null)));
  return stats.flatMap((file) => (file?.isFile() === true ? [`${file.dev}:${file.ino}`] : []));
}
