import { basename } from 'node:path/posix';

import { interpreterNamed } from '../binding/interpreters.ts';
import { shellNamed } from '../binding/shells.ts';
import type { Program } from '../facts/look-up.ts';
import { folded } from '../facts/same-name.ts';
import { taskUse } from './task-runners.ts';

/** GNU's own on a Mac, beside the ones of the system. */
const GNU = /^g(?=(?:env|nice|nohup|stdbuf|time|chroot|sort|split)$)/;

/** The names by which a program is judged: as given, and as its file is called. Neither case nor a link hides one. */
export function namesOf(name: string, program: Program | null): string[] {
  const given = plainName(name);
  if (program === null) return [given];
  const real = plainName(program.file.realPath);
  // These are whatever they are called as; a file that others than root can write is only called like one of them.
  if (!program.file.replaceable && /^(?:busybox|toybox|coreutils|rustup)$/.test(real) && given !== real)
    return [given];
  return [...new Set([given, plainName(program.given), real])];
}

const plainName = (path: string): string => folded(basename(path)).replace(GNU, '');

/** A word of a command; empty where it has none. */
export const wordAt = (words: readonly string[], index: number): string => words[index] ?? '';

/** Found by name where only root or this user could have put it, or out of everybody's reach. */
export function isTrusted({ by, file }: Program): boolean {
  return !file.replaceable || (by === 'name' && !file.shared);
}

/** Whether a base name is that of something that runs code: a shell, a runtime, a task runner. */
export const isRuntime = (name: string): boolean => {
  const base = folded(name);
  return shellNamed(base) !== null || interpreterNamed(base) !== null || taskUse(base, [base]) === 'runs';
};
