import { describe, expect, it } from 'vitest';

import { judge, said, T } from '../policy/world.ts';

const at = (...names: string[]) => names.map((name) => `${T}/${name}`);
const files = async (what: string | string[]) => {
  const assessment = await judge(what);
  return [assessment.verdict, assessment.operands.map(({ path }) => path)];
};
const words = (line: string) => line.split(' ');

/** [argv, files that are bound] */
const bound: readonly [string, ...string[]][] = [
  // C7.5, 72
  ['lua ./run.lua', 'run.lua'],
  ['node20 ./run.js', 'run.js'],
  ['tsx ./run.ts', 'run.ts'],
  ['ruby ./safe.rb', 'safe.rb'],
  ['perl ./safe.pl', 'safe.pl'],
  ['php ./app.php', 'app.php'],
  // 74
  ['pnpm exec tsx ./run.ts', 'run.ts'],
  ['pnpm dlx tsx ./run.ts', 'run.ts'],
  ['pnpm --reporter silent dlx --package tsx tsx ./run.ts', 'run.ts'],
  ['pnpm --reporter silent exec tsx ./run.ts', 'run.ts'],
  ['./pnpm.js exec tsx ./run.ts', 'pnpm.js', 'run.ts'],
  ['pnpm exec -- tsx ./run.ts', 'run.ts'],
  ['pnpm dlx -- tsx ./run.ts', 'run.ts'],
  ['pnpm node ./run.js', 'run.js'],
  ['npx tsx ./run.ts', 'run.ts'],
  ['bunx tsx ./run.ts', 'run.ts'],
  ['yarn exec tsx ./run.ts', 'run.ts'],
  ['npm exec -- tsx ./run.ts', 'run.ts'],
  // 76: values of options, with files of those names beside
  ['bash -o errexit ./run.sh', 'run.sh'],
  ['bash -eo pipefail ./run.sh', 'run.sh'],
  ['bash -xo pipefail ./run.sh', 'run.sh'],
  ['bash -uo pipefail ./run.sh', 'run.sh'],
  ['bash +o histexpand ./run.sh', 'run.sh'],
  ['bash +O extglob ./run.sh', 'run.sh'],
  ['bash +eo pipefail ./run.sh', 'run.sh'],
  // 78
  ['./run.sh', 'run.sh'],
  [`${T}/run.sh`, 'run.sh'],
  ['./tool', 'tool'],
  // 80
  ['nice sh ./run.sh', 'run.sh'],
  ['nohup python3 ./run.py', 'run.py'],
  ['timeout 5 node ./run.js', 'run.js'],
  ['env FOO=1 ./run.sh', 'run.sh'],
  // 86
  ['pnpm dlx cowsay hello'],
  ['pnpm dlx eslint src/index.ts'],
  // 92
  ['sh -c /usr/bin/ls'],
  // C8.2
  ['osascript x.scpt', 'x.scpt'],
  ['osascript -l JavaScript x.scpt', 'x.scpt'],
  ['swift t.swift', 't.swift'],
  ['go run main.go', 'main.go'],
  ['go run -race main.go arg', 'main.go'],
  ['java -jar x.jar', 'x.jar'],
  ['java -Xmx512m -jar x.jar a', 'x.jar'],
  ['java Foo.java', 'Foo.java'],
  ['Rscript x.R', 'x.R'],
  ['uv run x.py', 'x.py'],
  ['deno run -A main.mjs', 'main.mjs'],
  ['deno run --allow-read=. main.mjs', 'main.mjs'],
  ['bun run run.ts', 'run.ts'],
  ['bun run.ts', 'run.ts'],
  // C8.4: what stands behind the file is data
  ['python3 a.py b.py', 'a.py'],
  ['python3 run.py -c x -m y', 'run.py'],
  // Options with listed plain values
  ['python3 -u -B run.py', 'run.py'],
  ['python3 -uB run.py', 'run.py'],
  ['python3 -X utf8 -W ignore run.py', 'run.py'],
  ['python3 -Xdev -Werror run.py', 'run.py'],
  ['node --max-old-space-size=4096 --no-warnings run.js', 'run.js'],
  ['node -- run.js', 'run.js'],
  ['php -f app.php', 'app.php'],
];

describe('the file that a runtime is given', () => {
  it.each(bound)('%s', async (line, ...paths) => {
    expect(await files(words(line))).toEqual(['prompt', at(...paths)]);
  });

  it.each(bound)("%s, inside the gateway's shell", async (line, ...paths) => {
    expect(await files(line)).toEqual(['prompt', at(...paths)]);
  });

  it('is bound for each runtime of a chain, in the order of the command', async () => {
    const assessment = await judge('python3 a.py && node run.js; ./run.sh | python3-nope');
    expect(assessment.reason).toBe('not-found');
    expect(await files('python3 a.py && node run.js; ./run.sh | wc')).toEqual([
      'prompt',
      at('a.py', 'run.js', 'run.sh'),
    ]);
  });

  it('is named by its real path', async () => {
    const { disk } = await import('../policy/world.ts');
    const linked = disk({ [`${T}/link.py`]: { link: 'run.py' } });
    expect((await judge('python3 link.py', { disk: linked })).operands[0]?.path).toBe(`${T}/run.py`);
  });
});

/** [argv, why nobody is asked] */
const refused: readonly [string, string][] = [
  // C7.5, 82
  ['node --import=./preload.mjs ./main.mjs', 'runtime-option'],
  ['node --import=./pre=load.mjs ./main.mjs', 'runtime-option'],
  ['node --require ./x.js ./main.mjs', 'runtime-option'],
  ['node -r ./x.js ./main.mjs', 'runtime-option'],
  ['node --loader ./x.mjs ./main.mjs', 'runtime-option'],
  ['node --experimental-loader ./x.mjs ./main.mjs', 'runtime-option'],
  // 84
  ['php -d auto_prepend_file=x ./app.php', 'runtime-option'],
  ['bun --preload ./x.ts ./run.ts', 'runtime-option'],
  ['deno run --config x.json ./main.mjs', 'runtime-option'],
  // 86: text that is evaluated
  ['pnpm dlx --shell-mode x', 'evaluated-text'],
  ['npx -c ls', 'evaluated-text'],
  // 88
  ['bash -s', 'standard-input'],
  ['bash -i ./run.sh', 'runtime-option'],
  ['bash --rcfile init.sh -i job.sh', 'runtime-option'],
  ['bash --init-file init.sh job.sh', 'runtime-option'],
  // 90
  ['env -C sub sh script.sh', 'script-under-carrier'],
  // 94
  ['sudo sh ./run.sh', 'script-under-carrier'],
  ['nope', 'not-found'],
  // C8.1: by shape, whether the file exists (e) or not (missing)
  ['node --env-file=e ./main.mjs', 'runtime-option'],
  ['node --env-file=missing ./main.mjs', 'runtime-option'],
  ['python3 e', 'ok'],
  ['python3 missing.py', 'not-bindable'],
  // C8.3
  ['bash', 'standard-input'],
  ['bash -l ./run.sh', 'runtime-option'],
  ['npm test', 'task-runner'],
  ['npm run build', 'task-runner'],
  ['npm --silent run build', 'task-runner'],
  ['yarn build', 'task-runner'],
  ['pnpm build', 'task-runner'],
  ['make', 'task-runner'],
  ['cargo test', 'task-runner'],
  ['go test ./...', 'task-runner'],
  ['deno task x', 'task-runner'],
  // C8.2
  ['xargs sh ./x', 'script-under-carrier'],
  // Issue 4, Binding
  ['python3', 'no-file-operand'],
  ['python3 -', 'standard-input'],
  ['python3 -c x', 'runtime-option'],
  ['python3 -m http.server', 'runtime-option'],
  ['python3 -i run.py', 'runtime-option'],
  ['python3 -uc x', 'runtime-option'],
  ['python3 -X importtime=1 run.py', 'runtime-option'],
  ['python3 -X pycache_prefix=/tmp run.py', 'runtime-option'],
  ['python3 -W error::evil.Category run.py', 'runtime-option'],
  ['node', 'no-file-operand'],
  ['node -e x', 'runtime-option'],
  ['node -p x', 'runtime-option'],
  ['node --test', 'runtime-option'],
  ['node --watch run.js', 'runtime-option'],
  ['node --inspect run.js', 'runtime-option'],
  ['node --run build', 'runtime-option'],
  ['ruby -e x', 'runtime-option'],
  ['ruby -r./x safe.rb', 'runtime-option'],
  ['ruby -I. safe.rb', 'runtime-option'],
  ['perl -e x', 'runtime-option'],
  ['perl -Mx safe.pl', 'runtime-option'],
  ['perl -I. safe.pl', 'runtime-option'],
  ['perl -ne x', 'runtime-option'],
  ['perl -x safe.pl', 'runtime-option'],
  ['php -r x', 'runtime-option'],
  ['lua -e x', 'runtime-option'],
  ['lua -l x run.lua', 'runtime-option'],
  ['osascript -e x', 'runtime-option'],
  ['osascript -', 'standard-input'],
  ['swift', 'no-file-operand'],
  ['swift run', 'task-runner'],
  ['swift -I. t.swift', 'runtime-option'],
  ['go run .', 'script-name'],
  ['go run main.go b.go', 'several-operands'],
  ['go run -exec x main.go', 'runtime-option'],
  ['java -cp . Foo', 'runtime-option'],
  ['java Foo', 'script-name'],
  ['java -javaagent:x.jar -jar x.jar', 'runtime-option'],
  ['java @args', 'script-name'],
  ['uv run build', 'script-name'],
  ['uv run --with x x.py', 'runtime-option'],
  ['uv run --env-file e x.py', 'runtime-option'],
  ['uv tool run x', 'task-runner'],
  ['bun run dev', 'script-name'],
  ['bun dev', 'script-name'],
  ['bun test', 'task-runner'],
  ['deno run https://x/y.ts', 'script-name'],
  ['deno run npm:x', 'script-name'],
  ['deno eval x', 'task-runner'],
  ['deno repl', 'task-runner'],
  ['tsx watch run.ts', 'script-name'],
  ['sh', 'standard-input'],
  ['sh -', 'standard-input'],
  ['sh -c', 'standard-input'],
  ['sudo ./run.sh', 'script-under-carrier'],
  ['sudo nice python3 run.py', 'script-under-carrier'],
  ['find . -exec sh ./run.sh {} +', 'script-under-carrier'],
  ['find . -exec ls {} + -exec sh ./x {} +', 'script-under-carrier'],
  ['parallel ./run.sh', 'script-under-carrier'],
  ['ssh host sh ./run.sh', 'script-under-carrier'],
  ['flock f sh -c ls', 'script-under-carrier'],
  ['script -q /dev/null sh -c ls', 'script-under-carrier'],
  ['busybox sh -c whoami', 'script-under-carrier'],
  ['awk -f run.sh', 'script-under-carrier'],
  ['csh run.sh', 'runtime-option'],
  ['pwsh -File x.ps1', 'runtime-option'],
  ['pwsh -enc AAAA', 'runtime-option'],
];

describe('a runtime that is not given exactly one file', () => {
  it.each(refused)('%s: %s', async (line, reason) => {
    const assessment = await judge(words(line));
    expect(said(assessment)).toBe(reason === 'ok' ? 'prompt allowlist-miss' : `deny ${reason}`);
  });

  it.each(refused)("%s, inside the gateway's shell: %s", async (line, reason) => {
    // Wherever it stands, and whatever is listed.
    expect(said(await judge(`ls && ${line}`, { rules: ['*'] }))).toBe(
      reason === 'ok' ? 'prompt allowlist-miss' : `deny ${reason}`,
    );
  });
});

describe('a script that is started by its path', () => {
  const withFirstLine = async (line: string, name = 'do.sh') => {
    const { disk } = await import('../policy/world.ts');
    return disk({ [`${T}/${name}`]: { file: `${line}\nbody\n`, runs: true } });
  };

  it.each([
    ['#!/bin/sh', 'prompt allowlist-miss'],
    ['#!/bin/bash -eu', 'prompt allowlist-miss'],
    ['#!/usr/bin/env python3', 'prompt allowlist-miss'],
    ['#!/usr/bin/env', 'deny runtime-option'],
    ['#! /bin/sh', 'prompt allowlist-miss'],
    ['#!/bin/bash -l', 'deny runtime-option'],
    ['#!/bin/bash -e -u', 'deny runtime-option'],
    ['#!/bin/bash -i', 'deny runtime-option'],
    ['#!/bin/sh -c', 'deny runtime-option'],
    ['#!/usr/bin/env -S python3 -i', 'deny runtime-option'],
    ['#!/usr/bin/env FOO=1', 'deny runtime-option'],
    [`#!${T}/bin/python3 -i`, 'deny runtime-option'],
    [`#!${T}/bin/perl -Mx`, 'deny runtime-option'],
    [`#!${T}/bin/node --import=x`, 'deny runtime-option'],
    ['#!/usr/bin/make -f', 'deny task-runner'],
    ['#!/nope', 'deny not-found'],
    ['#!sh', 'deny runtime-option'],
    [`#!/bin/sh ${'x'.repeat(600)}`, 'deny runtime-option'],
    ['#!/bin/zsh', 'prompt startup-files'],
  ])('with %j: %s', async (line, expected) => {
    const rules = expected.includes('startup') ? [`${T}/do.sh`] : [];
    expect(said(await judge('./do.sh', { disk: await withFirstLine(line), rules }))).toBe(expected);
  });

  it('is bound with the program of its first line', async () => {
    const { binding, operands } = await judge('./do.sh', {
      disk: await withFirstLine('#!/usr/bin/env python3'),
    });
    expect(operands.map(({ path }) => path)).toEqual([`${T}/do.sh`]);
    expect(binding.files.filter(({ role }) => role === 'executable').map(({ realPath }) => realPath)).toEqual(
      expect.arrayContaining(['/usr/bin/env', `${T}/bin/python3`]),
    );
  });

  it('is no operand where it is found by name: it is a program, with its hash', async () => {
    const { segments, operands } = await judge('git status');
    expect(operands).toEqual([]);
    expect(segments[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
