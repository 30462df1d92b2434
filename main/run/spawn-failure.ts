import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';

import type { NotStarted, RunSpec } from './run-outcome.ts';

/** Mach-O, thin and universal in either byte order, and ELF. */
const BINARIES = ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', 'bebafeca', '7f454c46'];
const SCRIPT = '2321';

/**
 * Null, or why this file is not to be started. Where the system does not know a file's format, `execvp` of the C library hands it to `/bin/sh`;
 * a file without a `#!` line would be run by a shell that nobody approved. A file that may not be read is no danger: that shell could not either.
 */
export function refuseFormat(path: string): NotStarted | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    if (!fstatSync(file).isFile()) return notStarted('EACCES', `${path} is not a file that can be run.`);
    const magic = Buffer.alloc(4);
    readSync(file, magic, 0, 4, 0);
    const hex = magic.toString('hex');
    if (hex.startsWith(SCRIPT) || BINARIES.includes(hex)) return null;
    return notStarted(
      'ENOEXEC',
      `${path} is neither a program of this system nor a script with a #! line. Give it one.`,
    );
  } finally {
    closeSync(file);
  }
}

/** What a failed spawn means. Nothing ran. */
export function explainSpawnFailure(error: unknown, { executablePath, cwd }: RunSpec): NotStarted {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return notStarted(code, `${textOf(code, executablePath, cwd)} Nothing ran.`);
}

function textOf(code: string, executable: string, cwd: string): string {
  switch (code) {
    case 'ENOENT':
      // The system says no more than "something is not there".
      if (!existsSync(cwd)) return `The folder ${cwd} is not there any more.`;
      if (!existsSync(executable)) return `${executable} is not there any more.`;
      return `The interpreter in the first line of ${executable} is not there.`;
    case 'ENOTDIR':
      return `${cwd} is not a folder.`;
    case 'EACCES':
      return `This user may not run ${executable}, or not work in ${cwd}.`;
    case 'E2BIG':
      return 'The command and its environment are longer than this system takes.';
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return `This system has no room for another process (${code}). Try again later.`;
    default:
      return `${executable} cannot be started (${code}).`;
  }
}

function notStarted(code: string, text: string): NotStarted {
  return { kind: 'not-started', code, text };
}
