import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';

import { readShellGrammar } from '../../main/facts/shell-grammar.ts';
import type { ReadText } from '../../main/shell/reading.ts';
import { openShellReader } from '../../main/shell/shell-reader.ts';
import { PROGRAMS, shellText } from './shell-texts.ts';

const reader = await openShellReader(await readShellGrammar());
const folder = mkdtempSync(join(tmpdir(), 'latchkey-shell-'));
const programs = join(folder, 'bin');
const home = join(folder, 'home');
const notes = join(folder, 'notes');
mkdirSync(programs);
for (const name of PROGRAMS) {
  const code = name.startsWith('f') ? 1 : 0;
  const script = `#!/bin/sh\nfor i in ${name} "$@"; do printf '%s\\000' "$i"; done > '${notes}/'$$\nexit ${code}\n`;
  writeFileSync(join(programs, name), script);
  chmodSync(join(programs, name), 0o755);
}
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a shell really runs for a text: the words of each program, and the files that are there afterwards. */
function executed(
  { command, options }: (typeof shells)[number],
  text: string,
): { calls: string[][]; files: string[] } {
  for (const each of [home, notes]) {
    rmSync(each, { recursive: true, force: true });
    mkdirSync(each);
  }
  // Until all that it started in the background has closed it, too.
  spawnSync(command, [...options, '-c', text], {
    cwd: home,
    env: { PATH: programs, HOME: '/nowhere', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 10_000,
  });
  const calls = readdirSync(notes).map((name) =>
    readFileSync(join(notes, name), 'utf8').split('\0').slice(0, -1),
  );
  return { calls, files: readdirSync(home) };
}

/** The commands of a text by the words that are left of them when they run; null: whatever the shell computes. */
const readCalls = ({ commands }: ReadText): (string | null)[][] =>
  commands.map(({ words }) => {
    const literals = words.map(({ literal }) => literal);
    return literals.slice(literals.findIndex((word) => word !== 'exec' && word !== 'command'));
  });

function couldBe(read: readonly (string | null)[], call: readonly string[]): boolean {
  const [first, ...rest] = read;
  if (first === undefined) return call.length === 0;
  if (first !== null) return call[0] === first && couldBe(rest, call.slice(1));
  return Array.from({ length: call.length + 1 }, (_, taken) => call.slice(taken)).some((left) =>
    couldBe(rest, left),
  );
}

const shells = [
  { command: '/bin/sh', options: [] },
  { command: '/bin/bash', options: ['--posix'] },
].filter(({ command }) => spawnSync(command, ['-c', ':']).status === 0);

it.each(shells)(
  '$command runs nothing, and writes no file, that was not read in a text',
  { timeout: 60_000 },
  (shell) => {
    let ran = 0;
    fc.assert(
      fc.property(shellText, (text) => {
        const reading = reader.read(text);
        if (reading.kind === 'opaque') return;
        const { calls, files } = executed(shell, text);
        const read = readCalls(reading);
        expect(calls.filter((call) => !read.some((words) => couldBe(words, call)))).toEqual([]);
        const targets = reading.commands.flatMap(({ redirects }) =>
          redirects.map(({ target }) => target?.literal),
        );
        expect(files.filter((file) => !targets.includes(file) && !targets.includes(null))).toEqual([]);
        ran += calls.length;
      }),
      { numRuns: Number(process.env['LATCHKEY_PROPERTY_RUNS'] ?? 150) },
    );
    expect(ran).toBeGreaterThan(0);
  },
);
