import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { boundedLines } from '../../main/explain/lines.ts';

const program = fileURLToPath(new URL('../../dist/main/explain.js', import.meta.url));
let home: string;

beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-explain-')));
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'run.py'), 'print(1)\n');
  writeFileSync(join(home, 'bin/tool'), '#!/bin/sh\n', { mode: 0o755 });
  chmodSync(home, 0o755);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The answers of a real process to these lines, whatever is a string as it stands. */
async function explain(...lines: unknown[]): Promise<Record<string, unknown>[]> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('explain', () => {
  it('says what would happen, and why, in the fields that it promises', async () => {
    const path = `${home}/bin:/usr/bin:/bin`;
    const [answer] = await explain({
      id: 7,
      command: ['/bin/sh', '-c', 'nice tool && env'],
      rawCommand: 'nice tool && env',
      cwd: '/usr',
      path,
    });
    expect(answer).toEqual({
      id: 7,
      verdict: 'prompt',
      reason: 'allowlist-miss',
      text: 'No rule covers tool.',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      onceOnly: false,
      grantable: true,
      segments: [
        { argv: ['tool'], executable: join(home, 'bin/tool'), via: ['nice'] },
        { argv: ['env'], executable: '/usr/bin/env', via: [] },
      ],
      operands: [],
      allowlist: 'miss',
      allowAlways: null,
      warnings: [],
    });
  });

  it('goes on after lines that are none, and names their id where there is one', async () => {
    const answers = await explain(
      'garbage',
      '',
      '[]',
      { id: 'a' },
      { id: 'b', command: [] },
      { id: 'c', command: ['ls', 1] },
      { id: 'd', command: ['ls'], policy: { security: 'full', unknown: 1 } },
      'x'.repeat(2_000_000),
      { id: 'e', command: ['/nope'] },
    );
    expect(answers.map(({ id, verdict }) => [id, verdict])).toEqual([
      [null, 'invalid'],
      [null, 'invalid'],
      ['a', 'invalid'],
      ['b', 'invalid'],
      ['c', 'invalid'],
      ['d', 'invalid'],
      [null, 'invalid'],
      ['e', 'deny'],
    ]);
  });

  it('takes a whole policy or its settings, and rules in either shape', async () => {
    const ask = { command: ['/usr/bin/env'], cwd: '/', path: '/usr/bin' };
    const answers = await explain(
      ask,
      { ...ask, policy: { security: 'full', ask: 'off' } },
      { ...ask, policy: { security: 'deny' } },
      { ...ask, policy: { version: 1, agents: { main: { allowlist: [{ pattern: '/usr/bin/env' }] } } } },
      { ...ask, rules: ['/usr/bin/e*'] },
      { ...ask, rules: [{ pattern: '/usr/bin/env', argPattern: '^x$' }] },
      {
        ...ask,
        agentId: 'b',
        rules: ['/usr/bin/env'],
        policy: { version: 1, agents: { b: { ask: 'always' } } },
      },
      { ...ask, policy: { security: 'full', ask: 'off' }, rules: { never: [{ name: 'env' }] } },
      { ...ask, rules: [{ pattern: 3 }, '/usr/bin/env'] },
    );
    expect(answers.map(({ verdict, reason }) => `${String(verdict)} ${String(reason)}`)).toEqual([
      'prompt allowlist-miss',
      'run policy-full',
      'deny security-deny',
      'run rule-matches',
      'run rule-matches',
      'prompt allowlist-miss',
      'prompt always-ask',
      'deny never-list',
      'run rule-matches',
    ]);
  });

  it.each([
    ['--help', 0, 'stdout'],
    ['--bogus', 64, 'stderr'],
    ['ls', 64, 'stderr'],
  ] as const)('answers %s on the command line with its usage and %i', (option, code, stream) => {
    const ended = spawnSync(process.execPath, [program, option], {
      encoding: 'utf8',
      input: '{"command":["ls"]}',
    });
    expect(ended.status).toBe(code);
    expect(ended[stream]).toContain('usage: npm run --silent explain');
    expect(ended.stdout).not.toContain('verdict');
  });

  it('names the files that would be bound', async () => {
    const sha256 = createHash('sha256').update('#!/bin/sh\n').digest('hex');
    const [answer] = await explain({ command: ['sh', './bin/tool'], cwd: home });
    expect(answer?.['operands']).toEqual([{ path: join(home, 'bin/tool'), sha256 }]);
  });
});

describe('lines', () => {
  const of = async (...chunks: (string | Buffer)[]) => {
    const lines: (string | null)[] = [];
    for await (const line of boundedLines(Readable.from(chunks, { objectMode: true }))) lines.push(line);
    return lines;
  };
  it.each<[(string | Buffer)[], (string | null)[]]>([
    [['a\nb\n'], ['a', 'b']],
    [
      ['a', 'b\n', 'c'],
      ['ab', 'c'],
    ],
    [['\n\r\n \n'], []],
    [['a\r\n'], ['a']],
    [[Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], ['é']],
    [
      ['x'.repeat(1_100_000), '\nb'],
      [null, 'b'],
    ],
    [['x'.repeat(2_000_000)], [null]],
    [[], []],
  ])('case %#', async (chunks, lines) => {
    expect(await of(...chunks)).toEqual(lines);
  });
});
