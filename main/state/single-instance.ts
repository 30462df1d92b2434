import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { readIdentity } from '../run/process-table.ts';
import { codeOf, writeOwnFile } from './own-file.ts';
import { StateError } from './state-error.ts';

const holderSchema = z.object({
  program: z.string(),
  pid: z.int().positive(),
  /** Tells this process from a later one with the same number. */
  identity: z.string(),
  since: z.iso.datetime(),
  released: z.boolean(),
});
type Holder = z.output<typeof holderSchema>;

export interface Instance {
  /** Gives the folder to whoever comes next. The end of the process does the same. */
  release(): Promise<void>;
}

/**
 * Makes this process the only one that uses the state folder.
 *
 * Holding is a file `instance-<n>.json`, and the highest number counts. Who finds its holder dead creates the next number, which only one can;
 * nobody ever removes the highest. So taking over after a crash needs no waiting, and two that try at once cannot both succeed.
 * @param program how to call this process to a person who is refused.
 * @throws {StateError} that says who holds it.
 */
export async function holdStateFolder(folder: string, program: string): Promise<Instance> {
  const identity = await readIdentity(process.pid);
  if (identity === null) throw new StateError('The system does not tell when this process was started.');
  const own: Holder = {
    program,
    pid: process.pid,
    identity,
    since: new Date().toISOString(),
    released: false,
  };
  for (;;) {
    const highest = (await generations(folder)).at(-1) ?? 0;
    if (highest > 0) await refuseIfHeld(folder, highest);
    const mine = highest + 1;
    if (!(await create(folder, mine, own))) continue;
    const all = await generations(folder);
    const isHighest = all.at(-1) === mine;
    for (const other of isHighest ? all.filter((n) => n < mine) : [mine]) {
      await rm(fileOf(folder, other), { force: true });
    }
    if (!isHighest) continue;
    return { release: () => writeHolder(fileOf(folder, mine), { ...own, released: true }) };
  }
}

async function refuseIfHeld(folder: string, generation: number): Promise<void> {
  const path = fileOf(folder, generation);
  let holder: Holder;
  try {
    holder = holderSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    // Removed by who took over meanwhile: look again.
    if (codeOf(error) === 'ENOENT') return;
    throw new StateError(
      `${path} cannot be read, so nobody knows who uses ${folder}. If no Latchkey runs, remove it.`,
    );
  }
  if (holder.released || (await readIdentity(holder.pid)) !== holder.identity) return;
  throw new StateError(
    `${folder} is in use by ${holder.program} (process ${holder.pid}, since ${holder.since}). ` +
      'Quit it first, or choose another state folder.',
  );
}

/** Whether this process made it: a file is linked into place whole, and only where there is none. */
async function create(folder: string, generation: number, own: Holder): Promise<boolean> {
  const temporary = join(folder, `instance.${randomBytes(6).toString('hex')}.tmp`);
  await writeHolder(temporary, own);
  try {
    await link(temporary, fileOf(folder, generation));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new StateError(`${folder} cannot be used (${codeOf(error)}).`);
  } finally {
    await rm(temporary, { force: true });
  }
}

function writeHolder(path: string, holder: Holder): Promise<void> {
  return writeOwnFile(path, `${JSON.stringify(holder)}\n`);
}

async function generations(folder: string): Promise<number[]> {
  return (await readdir(folder))
    .flatMap((name) => /^instance-(\d{1,15})\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function fileOf(folder: string, generation: number): string {
  return join(folder, `instance-${generation}.json`);
}
