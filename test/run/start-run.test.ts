import { execFileSync } from 'node:child_process';
import { chmod, mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { RunSpec } from '../../main/run/run-outcome.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { until, withMarker } from './processes.ts';
import { finish, finished, shell, start } from './temporary-run.ts';

const isLinux = process.platform === 'linux';

describe('a command', () => {
  it('gets exactly its arguments, and no shell reads them', async () => {
    const words = ['$HOME', '*', 'a b', '', '"', "'", '`id`', '\\', '\n', 'ä🔑', '-n', ';'];
    const script =
      'for (const word of process.argv.slice(1)) process.stdout.write(JSON.stringify(word) + "\\n")';
    const { stdout } = await finish({
      ...shell(''),
      argv: ['node', '-e', script, '--', ...words],
      executablePath: process.execPath,
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string),
    ).toEqual(words);
  });

  it('is run under the path as given, with the name as given', async () => {
    const folder = await temporaryFolder();
    await symlink('/bin/sh', join(folder, 'another-name'));
    const { stdout } = await finish({
      ...shell('echo "$0"'),
      argv: ['its own name', '-c', 'echo $0; cat /proc/$$/comm 2>/dev/null || true'],
      executablePath: join(folder, 'another-name'),
    });
    expect(stdout).toContain('its own name');
    if (isLinux) expect(stdout).toContain('another-name');
  });

  it('has the given environment and nothing of ours', async () => {
    Object.assign(process.env, { LATCHKEY_GATEWAY_TOKEN: 'x', ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' });
    const { stdout } = await finish({
      ...shell(''),
      argv: ['env'],
      executablePath: '/usr/bin/env',
      env: { PATH: '/usr/bin', FOO: 'bär' },
    });
    for (const name of ['LATCHKEY_GATEWAY_TOKEN', 'ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS']) {
      Reflect.deleteProperty(process.env, name);
    }
    const lines = stdout
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('__CF_USER_TEXT_ENCODING'));
    expect(lines.sort()).toEqual(['FOO=bär', 'PATH=/usr/bin']);
  });

  it('works in the given folder and reads nothing', async () => {
    const folder = await temporaryFolder();
    const { stdout } = await finish(shell('pwd; wc -c', { cwd: folder }));
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([folder, '0', '']);
  });

  it('gets no descriptor that this process has open', async () => {
    const file = await open(join(await temporaryFolder(), 'ours'), 'w');
    const { stdout } = await finish(shell(`ls -l /proc/self/fd 2>/dev/null || ls -l /dev/fd/`));
    const own = await finish(shell(`test -e /dev/fd/${file.fd}`));
    await file.close();
    expect(stdout).not.toContain('ours');
    expect(own.success).toBe(false);
  });

  it.runIf(isLinux)('leads a session and process group of its own', async () => {
    const { stdout } = await finish(shell('cat /proc/$$/stat'));
    const [pid, , , ppid, group, session] = stdout.split(' ');
    expect(ppid).toBe(String(process.pid));
    expect([group, session]).toEqual([pid, pid]);
  });

  it.each([
    ['exit 0', { exitCode: 0, success: true, signal: null }],
    ['exit 7', { exitCode: 7, success: false, signal: null }],
    ['kill -KILL $$', { exitCode: 137, success: false, signal: 'SIGKILL' }],
    ['kill -SEGV $$', { exitCode: 139, success: false, signal: 'SIGSEGV' }],
  ])('that does `%s` ends as it ended', async (text, outcome) => {
    expect(await finish(shell(text))).toMatchObject({ ...outcome, timedOut: false, endedBy: null });
  });

  it('keeps its two outputs apart', async () => {
    expect(await finish(shell('echo out; echo err >&2'))).toMatchObject({
      stdout: 'out\n',
      stderr: 'err\n',
      outputTail: 'out\n\nerr\n',
      truncated: false,
    });
  });
});

describe('what the system will not start never ran, and says why', () => {
  const cases: [string, (folder: string) => Promise<Partial<RunSpec>>, RegExp][] = [
    [
      'a missing program',
      (folder) => Promise.resolve({ executablePath: `${folder}/gone` }),
      /gone is not there any more/,
    ],
    [
      'a missing folder',
      (folder) => Promise.resolve({ cwd: `${folder}/gone` }),
      /folder .*gone is not there/,
    ],
    [
      'a folder that is a file',
      async (folder) => {
        await writeFile(`${folder}/file`, '');
        return { cwd: `${folder}/file` };
      },
      /is not a folder/,
    ],
    [
      'a program without the right to run',
      async (folder) => {
        await writeFile(`${folder}/x`, '#!/bin/sh\n', { mode: 0o600 });
        return { executablePath: `${folder}/x` };
      },
      /may not run/,
    ],
    [
      'a script whose interpreter is missing',
      async (folder) => {
        await writeFile(`${folder}/x`, '#!/nonexistent/sh\n', { mode: 0o700 });
        return { executablePath: `${folder}/x` };
      },
      /interpreter in the first line/,
    ],
    [
      'text that the C library would hand to /bin/sh',
      async (folder) => {
        await writeFile(`${folder}/x`, 'echo a shell of nobody ran this\n', { mode: 0o700 });
        return { executablePath: `${folder}/x`, argv: ['x'] };
      },
      /#! line/,
    ],
    [
      'an empty file',
      async (folder) => {
        await writeFile(`${folder}/x`, '', { mode: 0o700 });
        return { executablePath: `${folder}/x`, argv: ['x'] };
      },
      /#! line/,
    ],
    ['a folder', (folder) => Promise.resolve({ executablePath: folder }), /not a file that can be run/],
    [
      'a pipe',
      (folder) => {
        execFileSync('mkfifo', [`${folder}/pipe`]);
        return Promise.resolve({ executablePath: `${folder}/pipe` });
      },
      /not a file that can be run/,
    ],
    [
      'too many arguments',
      () => Promise.resolve({ argv: ['sh', ...Array<string>(3_000_000).fill('x')] as [string, ...string[]] }),
      /longer than this system takes/,
    ],
    ['an argument with NUL', () => Promise.resolve({ argv: ['sh', 'a\0b'] }), /cannot be started/],
  ];
  it.each(cases)('%s', async (_name, prepare, text) => {
    const handle = start({ ...shell('echo ran'), ...(await prepare(await temporaryFolder())) });
    expect(await handle.outcome).toMatchObject({
      kind: 'not-started',
      text: expect.stringMatching(text) as string,
    });
    expect(handle.pid).toBeNull();
    expect(await handle.end('cancelled')).toEqual([]);
  });

  it('is nobody’s business when the file cannot be read but run', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'bin'));
    execFileSync('cp', ['/usr/bin/true', join(folder, 'bin/true')]);
    await chmod(join(folder, 'bin/true'), 0o111);
    expect(
      await finish({ ...shell(''), argv: ['true'], executablePath: join(folder, 'bin/true') }),
    ).toMatchObject({ success: true });
  });
});

describe('output', () => {
  it('is cut at 200 kB for both streams together, with the tail kept', async () => {
    const run = await finish(shell('seq 1 30000; seq 1 30000 >&2; echo the end'));
    expect(run.truncated).toBe(true);
    expect(Buffer.byteLength(run.stdout) + Buffer.byteLength(run.stderr)).toBe(200_000);
    expect(run.outputTail).toHaveLength(20_000);
    expect(run.outputTail).toMatch(/30000\n$/);
  });

  it('that never stops costs bounded memory and does not keep the time limit from coming', async () => {
    const before = process.memoryUsage.rss();
    const run = await finish(shell('yes ä', { timeoutMs: 500 }));
    expect(run).toMatchObject({ timedOut: true, success: false, truncated: true, exitCode: 143 });
    expect(run.durationMs).toBeLessThan(3_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
    expect(run.outputTail).toMatch(/^[ä\n]+$/);
  });

  it('is awaited for a bounded time when a process in the background keeps the pipe', async () => {
    const descriptors = async () => (isLinux ? (await readdir('/proc/self/fd')).length : 0);
    const before = await descriptors();
    const handle = start(shell('sleep 60 & echo early'));
    const run = finished(await handle.outcome);
    expect(run).toMatchObject({
      stdout: 'early\n',
      exitCode: 0,
      success: true,
      pipesHeld: true,
      truncated: true,
    });
    expect(await handle.leftovers()).toHaveLength(1);
    // A stream lets go of its descriptor in the turn after.
    await until(async () => (await descriptors()) <= before);
    expect(await handle.end('quit')).toEqual([]);
    expect(await handle.leftovers()).toEqual([]);
  });

  it('is whole when the background process lets go in time', async () => {
    expect(await finish(shell('(sleep 0.05; echo late) & echo early'))).toMatchObject({
      stdout: 'early\nlate\n',
      pipesHeld: false,
      truncated: false,
    });
  });
});

describe('many at once', () => {
  it('20 in parallel keep their outputs apart', async () => {
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, n) => finish(shell(`seq ${n} ${n + 2000}; exit ${n}`))),
    );
    for (const [n, run] of runs.entries()) {
      expect(run.exitCode).toBe(n);
      expect(run.stdout.startsWith(`${n}\n`) && run.stdout.endsWith(`${n + 2000}\n`)).toBe(true);
    }
  });

  it.runIf(isLinux)('leave no descriptor and no process of theirs', async () => {
    const descriptors = async () => (await readdir('/proc/self/fd')).length;
    await finish(shell('true'));
    const before = await descriptors();
    const marker = `LATCHKEY_TEST_MANY=${process.pid}`;
    const texts = ['true', 'exit 1', 'kill -9 $$', 'echo x | cat | cat', 'sleep 60 & sleep 60'];
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const handle = start(
          shell(texts[n % texts.length] ?? '', {
            env: { PATH: '/usr/bin:/bin', LATCHKEY_TEST_MANY: String(process.pid) },
            timeoutMs: 300,
          }),
        );
        await handle.outcome;
      }),
    );
    expect(withMarker(marker)).toEqual([]);
    expect(await descriptors()).toBeLessThanOrEqual(before);
  });
});

it('reads a real file where the command wrote one', async () => {
  const folder = await temporaryFolder();
  await finish(shell('umask; echo done > here', { cwd: folder }));
  expect(await readFile(join(folder, 'here'), 'utf8')).toBe('done\n');
});
