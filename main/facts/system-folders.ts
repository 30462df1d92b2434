import { dirname } from 'node:path/posix';

/**
 * Folders that every process needs to start at all. If a look into one of them hung, this program would hang without it,
 * so there it may look at once, which takes a tenth of the time. Everywhere else a mount may be dead, and a look waits
 * its turn in another thread, with a limit.
 */
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set(['/bin', '/sbin', '/usr', '/usr/bin', '/usr/sbin']);

/** Whether a path is one of these folders or an entry of one; what is beside them in `/usr` may be a mount of its own. */
export function isOfTheSystem(path: string): boolean {
  const folder = dirname(path);
  return path === '/' || SYSTEM_FOLDERS.has(path) || (folder !== '/usr' && SYSTEM_FOLDERS.has(folder));
}
