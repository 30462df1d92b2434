import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const greeting = z.object({ argv: z.array(z.string()), cwd: z.string(), data: z.unknown().optional() });
export type Greeting = z.output<typeof greeting>;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Takes the lock file if nobody who lives holds it. */
function take(lock: string): boolean {
  for (const attempt of ['first', 'after a dead holder'] as const) {
    try {
      const file = openSync(lock, 'wx', 0o600);
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return true;
    } catch {
      const holder = Number(readFileSync(lock, 'utf8'));
      if (holder === process.pid) return true;
      if (attempt !== 'first' || isAlive(holder)) return false;
      rmSync(lock, { force: true });
    }
  }
  return false;
}

/**
 * One app per folder. The second one leaves a note for the first, in a folder that the first one watches.
 *
 * @returns whether this process is the first
 */
export function takeSingleInstanceLock(
  folder: string,
  data: unknown,
  onSecondInstance: (greeting: Greeting) => void,
): boolean {
  const inbox = join(folder, 'standin-second-instances');
  mkdirSync(inbox, { recursive: true, mode: 0o700 });

  if (!take(join(folder, 'standin-lock'))) {
    const note = join(inbox, `${process.pid}.json`);
    writeFileSync(`${note}.part`, JSON.stringify({ argv: process.argv, cwd: process.cwd(), data }));
    renameSync(`${note}.part`, note);
    return false;
  }
  const watcher = watch(inbox, (_change, name) => {
    if (name?.endsWith('.json') !== true) return;
    let text: string;
    try {
      text = readFileSync(join(inbox, name), 'utf8');
      rmSync(join(inbox, name));
    } catch {
      return; // the same change was told twice
    }
    onSecondInstance(greeting.parse(JSON.parse(text)));
  });
  watcher.unref();
  return true;
}
