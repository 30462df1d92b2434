import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { StateError } from './state-error.ts';

const OTHERS_MAY_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * Makes sure that the state folder is there, is this user's own and closed to everyone else, and that nobody else can put another one in its
 * place. Resolves to its real path.
 * @throws {StateError} when it is not, and cannot be made, safe.
 */
export async function openStateFolder(given: string): Promise<string> {
  const folder = resolve(given);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new StateError(`The state folder ${folder} cannot be made: ${text(error)}. Choose another one.`);
  });
  const stats = await lstat(folder);
  if (stats.isSymbolicLink()) {
    throw new StateError(`The state folder ${folder} is a link. Name the folder itself.`);
  }
  if (!stats.isDirectory()) throw new StateError(`${folder} is not a folder. Choose another one.`);
  if (stats.uid !== ownUid()) {
    throw new StateError(`The state folder ${folder} belongs to another user. Choose one of your own.`);
  }
  if ((stats.mode & OTHERS_MAY_WRITE) !== 0) {
    throw new StateError(
      `Other users can write to the state folder ${folder}, so nothing in it can be trusted. ` +
        `Look through it, then run: chmod -R go-rwx '${folder}'`,
    );
  }
  const real = await realpath(folder);
  await refuseReplaceable(dirname(real));
  if ((stats.mode & 0o077) !== 0) await chmod(real, 0o700);
  return real;
}

/** Who can write to a folder above ours can move ours away: true of every folder up to the root, `/tmp` and its like excepted. */
async function refuseReplaceable(start: string): Promise<void> {
  for (let folder = start; ; folder = dirname(folder)) {
    const stats = await lstat(folder);
    const foreign = stats.uid !== 0 && stats.uid !== ownUid();
    if (foreign || isOpen(stats)) {
      throw new StateError(
        `Other users can replace folders in ${folder}, and with them the state folder. ` +
          `Choose one elsewhere${foreign ? '' : `, or run: chmod go-w '${folder}'`}.`,
      );
    }
    if (folder === dirname(folder)) return;
  }
}

function isOpen(stats: Stats): boolean {
  return (stats.mode & OTHERS_MAY_WRITE) !== 0 && (stats.mode & STICKY) === 0;
}

function ownUid(): number {
  if (process.getuid === undefined)
    throw new StateError('Latchkey needs a system with users and permissions.');
  return process.getuid();
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
