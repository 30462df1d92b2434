import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { programOnCompiledCore } from '../support/compiled-core.ts';
import { FileSecrets } from '../unpair/file-secrets.ts';
import { ROUND } from './edit-round.ts';
import { lets, startOn } from './policy-on-disk.ts';

/** More of them in the soak run. */
const KILLS = Number(process.env['LATCHKEY_KILLS'] ?? 20);
const LANES = 2;
/** A few steps: a kill can hit any write of any of them. */
const WITHIN_MS = 150;
/** Starts, where a loaded machine takes its time, and the kills themselves. */
const TIMEOUT_MS = 30_000 + KILLS * 3_000;

const secretsOf = (folder: string) => join(folder, '..', 'secrets.json');

/** What each step of a round leaves to run, when nothing cuts it short. */
async function outcomes(): Promise<string[][]> {
  const started = await startOn(await temporaryFolder(), new DurableSecrets());
  for (const step of ROUND) await step(started);
  const found: string[][] = [];
  for (const step of ROUND) {
    await step(started);
    found.push(await lets(started));
  }
  return found;
}

/** Lets the program edit for a while, then kills it. Resolves to the last step that was done, and how many were. */
async function editUntilKilled(script: string, folder: string, last: number) {
  const args = [script, folder, secretsOf(folder), String((last + 1) % ROUND.length)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const isReady = heard === '';
    heard += chunk.toString();
    if (isReady) setTimeout(() => child.kill('SIGKILL'), Math.random() * WITHIN_MS);
  });
  const [, signal] = (await exited) as [number | null, string | null];
  if (!child.stdout.readableEnded) await once(child.stdout, 'end');
  expect(signal).toBe('SIGKILL');
  const done = heard.split('\n').slice(1, -1).map(Number);
  return { last: done.at(-1) ?? last, done: done.length };
}

it(
  `killed ${KILLS} times at any moment, what comes back is the last edit that was done or the one under way`,
  async () => {
    const expected = await outcomes();
    const script = join(await temporaryFolder(), 'editor.mjs');
    writeFileSync(script, await programOnCompiledCore(join(import.meta.dirname, 'policy-editor.ts')));
    let edits = 0;
    const lane = async () => {
      const folder = join(await temporaryFolder(), 'state');
      mkdirSync(folder, { mode: 0o700 });
      const begun = await startOn(folder, new FileSecrets(secretsOf(folder)));
      for (const step of ROUND) await step(begun);
      let last = ROUND.length - 1;
      for (let kill = 0; kill < KILLS / LANES; kill += 1) {
        const killed = await editUntilKilled(script, folder, last);
        last = killed.last;
        edits += killed.done;
        const again = await startOn(folder, new FileSecrets(secretsOf(folder)));
        expect(again.seal.problem).toBeNull();
        if (again.seal.broken !== null) {
          // Killed between the announcement and the file: an older file would look the same, so nothing runs.
          expect(again.seal.broken).toMatch(/made your policy stricter was cut short/);
          expect(await lets(again)).toEqual([]);
          for (const edit of again.desk.pending) await again.desk.decide({ id: edit.id, approve: [] });
          for (const step of ROUND) await step(again);
          last = ROUND.length - 1;
          continue;
        }
        const next = (last + 1) % ROUND.length;
        const found = await lets(again);
        expect([expected[last], expected[next]]).toContainEqual(found);
        // The one under way was done after all.
        if (JSON.stringify(found) !== JSON.stringify(expected[last])) last = next;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(edits).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
