import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkBinding, stopsRun } from '../../main/binding/check-binding.ts';
import { openMachine } from '../../main/facts/machine.ts';
import { fileNumbers } from '../../main/facts/real-places.ts';
import { assess } from '../../main/policy/assess.ts';
import { effectivePolicy } from '../../main/policy/effective-policy.ts';
import { DEFAULT_POLICY } from '../../main/policy/policy-file.ts';
import type { Binding } from '../../main/request/assessment.ts';

const opening = openMachine();
let home: string;
const at = (name: string) => join(home, name);

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-binding-')));
  for (const folder of ['work', 'work/sub', 'bin', 'first']) mkdirSync(at(folder));
  writeFileSync(at('work/sub/run.sh'), 'echo approved\n');
  writeFileSync(at('bin/tool'), '#!/bin/sh\necho tool\n', { mode: 0o755 });
  symlinkSync('sub', at('work/link'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const assessed = (...argv: string[]) => assessedBy([], ...argv);
/** @param own Device and inode of what is Latchkey's own. */
const assessedBy = async (own: readonly string[], ...argv: string[]) =>
  assess(
    {
      request: { argv, rawCommand: null, cwd: at('work'), env: {}, agentId: null, sessionKey: null },
      policy: effectivePolicy(DEFAULT_POLICY, null),
      prepared: null,
      granted: () => false,
      path: `${home}/first:${home}/bin:/usr/bin:/bin`,
      home,
      gatewayId: 'g',
      own: { bundle: [], files: own, stateFolder: '/nowhere', keychainService: '' },
    },
    await opening,
  );
const bound = async (...argv: string[]): Promise<Binding> => (await assessed(...argv)).assessment.binding;
/** What others do beside the folder of the test, in `/tmp`, is not of it. */
const drift = async (binding: Binding) =>
  (await checkBinding(binding, (await opening).files)).filter(({ path }) => !home.startsWith(`${path}/`));
const stops = async (binding: Binding) => stopsRun(await drift(binding));

it('a file is the same under each of its names', async () => {
  linkSync(at('work/sub/run.sh'), at('work/hard'));
  const said = async (text: string) => (await assessed('/bin/sh', '-c', text)).assessment.reason;
  expect(await said('sh sub/run.sh | tee hard')).toBe('after-other-program');
  expect(await said('sh sub/run.sh | tee log')).toBe('allowlist-miss');
});

it('our own program is refused under each of its names, wherever it stands', async () => {
  linkSync(at('bin/tool'), at('work/other'));
  writeFileSync(at('work/script'), `#!${at('work/other')}\n`, { mode: 0o755 });
  const own = await fileNumbers([at('bin/tool'), at('bin'), at('nowhere')]);
  expect(own).toHaveLength(1);
  for (const argv of [
    ['./other'],
    ['sh', 'other'],
    ['nice', './other'],
    ['xargs', './other'],
    ['./script'],
  ]) {
    expect((await assessedBy(own, ...argv)).assessment).toMatchObject({
      verdict: 'deny',
      reason: 'own-program',
    });
  }
});

describe('what was bound', () => {
  it('is the same as long as nothing happens', async () => {
    expect(await drift(await bound('sh', 'link/run.sh'))).toEqual([]);
    expect(await drift(await bound('/bin/sh', '-c', 'tool && sh sub/run.sh'))).toEqual([]);
  });

  it('gives the prompt the bytes that were hashed', async () => {
    const { assessment, contents } = await assessed('sh', 'link/run.sh');
    const [operand] = assessment.operands;
    expect(operand?.path).toBe(at('work/sub/run.sh'));
    expect(Buffer.from(contents.get(operand?.path ?? '') ?? []).toString()).toBe('echo approved\n');
  });

  it.each<[string, () => void]>([
    ['other bytes', () => writeFileSync(at('work/sub/run.sh'), 'echo EVIL....\n')],
    [
      'other bytes, with the old size and time',
      () => {
        writeFileSync(at('work/sub/run.sh'), 'echo apprOved\n');
        utimesSync(at('work/sub/run.sh'), 0, 0);
      },
    ],
    ['the same bytes written again', () => writeFileSync(at('work/sub/run.sh'), 'echo approved\n')],
    ['other rights', () => chmodSync(at('work/sub/run.sh'), 0o755)],
    ['nothing', () => rmSync(at('work/sub/run.sh'))],
    [
      'another file of that name',
      () => {
        writeFileSync(at('x'), 'echo approved\n');
        renameSync(at('x'), at('work/sub/run.sh'));
      },
    ],
    [
      'a link that leads elsewhere',
      () => {
        mkdirSync(at('work/other'));
        writeFileSync(at('work/other/run.sh'), 'echo approved\n');
        rmSync(at('work/link'));
        symlinkSync('other', at('work/link'));
      },
    ],
    [
      'a link made again',
      () => {
        rmSync(at('work/link'));
        symlinkSync('sub', at('work/link'));
      },
    ],
    [
      'another folder',
      () => {
        renameSync(at('work/sub'), at('work/old'));
        mkdirSync(at('work/sub'));
        renameSync(at('work/old/run.sh'), at('work/sub/run.sh'));
      },
    ],
    [
      'another working directory (C7.6)',
      () => {
        renameSync(at('work'), at('old'));
        mkdirSync(at('work'));
        renameSync(at('old/sub'), at('work/sub'));
        renameSync(at('old/link'), at('work/link'));
      },
    ],
    [
      'a FIFO',
      () => {
        rmSync(at('work/sub/run.sh'));
        execFileSync('mkfifo', [at('work/sub/run.sh')]);
      },
    ],
    [
      'a folder',
      () => {
        rmSync(at('work/sub/run.sh'));
        mkdirSync(at('work/sub/run.sh'));
      },
    ],
  ])('stops the run where there is now: %s', async (_, change) => {
    const binding = await bound('sh', 'link/run.sh');
    change();
    expect(await stops(binding)).toBe(true);
  });

  it('stops the run where only the folder is another one', async () => {
    const binding = await bound('sh', 'sub/run.sh');
    renameSync(at('work'), at('old'));
    mkdirSync(at('work'));
    renameSync(at('old/sub'), at('work/sub'));
    expect(await drift(binding)).toContainEqual({ path: at('work'), role: 'cwd', what: 'replaced' });
  });

  it('stops the run where PATH finds an earlier program (C7.5, 98)', async () => {
    const binding = await bound('/bin/sh', '-c', 'tool');
    writeFileSync(at('first/tool'), '#!/bin/sh\necho EVIL\n', { mode: 0o755 });
    expect(await drift(binding)).toContainEqual({
      path: at('first/tool'),
      role: 'executable',
      what: 'shadowed',
    });
    expect(await stops(binding)).toBe(true);
  });

  it('stops the run where a program has changed', async () => {
    const binding = await bound('tool');
    writeFileSync(at('bin/tool'), '#!/bin/sh\necho EVIL\n');
    expect(await stops(binding)).toBe(true);
  });

  it('notes a file that comes or goes beside it, and lets the run start', async () => {
    const binding = await bound('sh', 'sub/run.sh');
    writeFileSync(at('work/sub/neighbour'), '');
    const seen = await drift(binding);
    expect(seen.map(({ what }) => what)).toContain('touched');
    expect(stopsRun(seen)).toBe(false);
  });

  it('shows afterwards that a folder was swapped and swapped back', async () => {
    const binding = await bound('sh', 'sub/run.sh');
    renameSync(at('work/sub'), at('work/away'));
    renameSync(at('work/away'), at('work/sub'));
    expect(await drift(binding)).toContainEqual({ path: at('work/sub'), role: 'operand', what: 'touched' });
  });
});

describe('a file that cannot be bound', () => {
  it.each([
    ['sub', 'not-regular'],
    ['sub/nope.sh', 'missing'],
    ['fifo', 'not-regular'],
    ['to-device', 'not-regular'],
    ['/dev/null', 'not-regular'],
    ['/dev/stdin', 'not-regular'],
    ['/dev/fd/0', 'not-regular'],
    ['large', 'too-large'],
  ])('%s is refused: %s', async (name, problem) => {
    execFileSync('mkfifo', [at('work/fifo')]);
    symlinkSync('/dev/zero', at('work/to-device'));
    writeFileSync(at('work/large'), '');
    truncateSync(at('work/large'), 100 * 1024 * 1024 + 1);
    for (const argv of [
      ['sh', name],
      ['/bin/sh', '-c', `sh ${name}`],
    ]) {
      const { assessment } = await assessed(...argv);
      expect([assessment.verdict, assessment.reason]).toEqual(['deny', 'not-bindable']);
      expect(assessment.text).toContain(problem);
    }
  });
});
