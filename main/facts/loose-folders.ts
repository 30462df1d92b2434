import { stat } from 'node:fs/promises';

/**
 * The folders of a PATH into which another user of this Mac, root excepted, can put a program: what is found there is not
 * this user's alone to say. One that is not there is not among them.
 */
export async function looseFolders(path: string): Promise<readonly string[]> {
  const own = process.getuid?.() ?? -1;
  const isLoose = async (folder: string) => {
    const stats = await stat(folder).catch(() => null);
    if (stats === null) return false;
    return (stats.mode & 0o022) !== 0 || (stats.uid !== own && stats.uid !== 0);
  };
  const folders = [...new Set(path.split(':'))];
  const loose = await Promise.all(folders.map(isLoose));
  return folders.filter((_, index) => loose[index]);
}
