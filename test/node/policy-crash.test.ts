import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { beforeEach, expect, it, vi } from 'vitest';

import type * as ownFile from '../../main/state/own-file.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { edits } from './edit-round.ts';
import { lets, startOn } from './policy-on-disk.ts';

/** Every write of a file of ours is a step, before it and after it. */
let onStep: () => void = () => undefined;
vi.mock('../../main/state/own-file.ts', async (original) => {
  const real = await original<typeof ownFile>();
  return {
    ...real,
    writeOwnFile: async (path: string, content: string | Uint8Array) => {
      onStep();
      await real.writeOwnFile(path, content);
      onStep();
    },
  };
});
beforeEach(() => (onStep = () => undefined));

type Step = keyof typeof edits;
const names = Object.keys(edits) as Step[];

/** What each start after a crash lets through, for a crash at every write of the last of these edits. */
async function crashes(steps: readonly Step[]) {
  const folder = await temporaryFolder();
  const copies = await temporaryFolder();
  const secrets = new DurableSecrets();
  const started = await startOn(folder, secrets);
  for (const name of steps.slice(0, -1)) await edits[name](started);
  const before = await lets(started);
  const moments: { readonly at: string; readonly items: ReadonlyMap<string, string> }[] = [];
  const copy = () => {
    const at = join(copies, String(moments.length));
    cpSync(folder, at, { recursive: true });
    moments.push({ at, items: secrets.content });
  };
  onStep = secrets.onStep = copy;
  await edits[steps.at(-1) ?? 'deny'](started);
  onStep = secrets.onStep = () => undefined;
  const after = await lets(started);
  expect(moments.length).toBeGreaterThan(1);
  const found: string[][] = [];
  for (const { at, items } of moments) {
    rmSync(folder, { recursive: true });
    cpSync(at, folder, { recursive: true });
    secrets.content = items;
    const again = await startOn(folder, secrets);
    // What takes something back was announced and is not there: then nothing runs until the person looked.
    if (again.seal.broken !== null) {
      expect(again.seal.broken).toMatch(/made your policy stricter was cut short/);
      expect(await again.marks.isSet('paused')).toBe(true);
    }
    found.push(await lets(again));
  }
  return { before, after, found };
}

it('a crash between any two writes leaves nothing looser than before it, or than what was being made', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }), async (steps) => {
      const { before, after, found } = await crashes(steps);
      for (const lines of found) {
        const allowed = new Set([...before, ...after]);
        expect(lines.filter((line) => !allowed.has(line))).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it.each(names)('once "%s" is done, a crash does not take it back', async (name) => {
  const { after, found } = await crashes(['two rules', name]);
  expect(found.at(-1) ?? after).toEqual(after);
});
