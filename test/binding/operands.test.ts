import { describe, expect, it } from 'vitest';

import { type Entry } from '../facts/fake-disk.ts';
import { disk, judge, said, T } from '../policy/world.ts';

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
  ['bun run ./run.ts', 'run.ts'],
  ['bun run --smol ./run.ts', 'run.ts'],
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
  // What is read behind the file as well
  ['php -f app.php -d auto_prepend_file=x', 'runtime-option'],
  ['php -f app.php x -d auto_prepend_file=x', 'runtime-option'],
  ['php -f app.php x -- -d', 'ok'],
  ['php app.php -d x', 'ok'],
  ['php -- app.php', 'standard-input'],
  // A script of the project's package.json comes first
  ['bun run run.ts', 'script-name'],
  ['bun run --smol run.ts', 'script-name'],
  ['bun run sub/run.ts', 'script-name'],
  ['bun run.ts', 'ok'],
  // The value of an option passes as a whole
  ...[
    ...'xdev devx utf8=2 utf8=01 xutf8 tracemalloc=12345 tracemalloc=x'
      .split(' ')
      .map((value) => `-X ${value}`),
    ...'frozen_modules=onx cpu_count=x gil=2 int_max_str_digits=x'.split(' ').map((value) => `-X ${value}`),
    ...'xignore ignorex ignore::a.b ignore::1 ignore::'.split(' ').map((value) => `-W ${value}`),
  ].map((option): [string, string] => [`python3 ${option} run.py`, 'runtime-option']),
  ...'--unhandled-rejections=xwarn --unhandled-rejections=warnx --stack-trace-limit=x1 --stack-trace-limit=1x'
    .split(' ')
    .map((option): [string, string] => [`node ${option} run.js`, 'runtime-option']),
  ...['-l xAppleScript', '-l JavaScriptx', '-s xh', '-s hx', '-s hesoh'].map((option): [string, string] => [
    `osascript ${option} x.scpt`,
    'runtime-option',
  ]),
  ...'-Xmx1gx -Xmxx1g -Xmx -Xms1gx -Xmsx1 -Xssx -Xss1xk'
    .split(' ')
    .map((option): [string, string] => [`java ${option} -jar x.jar`, 'runtime-option']),
  ...['--seed=1x', '--seed=x1'].map((option): [string, string] => [
    `deno run ${option} run.ts`,
    'runtime-option',
  ]),
  // Not a file of that name, but `a b.R`
  ['Rscript a~+~b.R', 'script-name'],
  // `-O` takes a value in bash alone
  ['zsh -f -O extglob run.sh', 'runtime-option'],
  ['zsh -fO extglob run.sh', 'runtime-option'],
  ['ksh +O extglob run.sh', 'runtime-option'],
  ['sh -O extglob run.sh', 'runtime-option'],
  ['java -jar x.jar --flag', 'ok'],
  ['python3 run.py --flag', 'ok'],
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
  // Alone, an option can be the code, or start what reads its input
  ['bun --eval=x', 'runtime-option'],
  ['bun -', 'standard-input'],
  ['swift -', 'standard-input'],
  ['swift -repl', 'runtime-option'],
  ['deno -A', 'no-file-operand'],
  // The same word is something else to them: a class, a script of the project, a command
  ['java sub/Foo', 'script-name'],
  ['java ./Foo', 'script-name'],
  ['java Foo.JAVA', 'script-name'],
  ['bun sub/script.sh', 'script-name'],
  ['bun run sub/script.sh', 'script-name'],
  ['bun run.TS', 'script-name'],
  ['uv run ./script.sh', 'script-name'],
  ['uv run x.pyw', 'script-name'],
  // Their scripts, by every other way to say so
  ['npm tes', 'task-runner'],
  ['npm runScript x', 'task-runner'],
  ['npm cit', 'task-runner'],
  ['npm explore x -- sh run.sh', 'task-runner'],
  ['npm exec', 'task-runner'],
  ['npm --prefix sub exec -- sh run.sh', 'task-runner'],
  ['npm --prefix sub tes', 'task-runner'],
  ['npm --unknown install build', 'task-runner'],
  ['pnpm --filter x build', 'task-runner'],
  ['pnpm --filter install build', 'task-runner'],
  ['pnpm -r --silent build', 'task-runner'],
  ['pnpm --filter x exec sh run.sh', 'task-runner'],
  ['pnpm --silent node run.js', 'task-runner'],
  ['yarn --cwd sub build', 'task-runner'],
  ['yarn --cwd=sub build', 'task-runner'],
  ['yarn workspaces run build', 'task-runner'],
  ['yarn node run.js', 'task-runner'],
  ['npx make', 'task-runner'],
  ['nice npm test', 'task-runner'],
  ['sudo npm test', 'script-under-carrier'],
  ['xargs npm run x', 'script-under-carrier'],
  ['sudo pnpm build', 'script-under-carrier'],
];

/** They run nothing of the project. */
const asked = [
  'npm ci',
  'npm --version',
  'npm --prefix sub ls',
  'npm -g --silent install y',
  'pnpm --filter y install',
  'yarn --frozen-lockfile',
  'bun --version',
  'swift --version',
  'go version',
  'sudo npm install',
];

/** [what starts it, a file that it takes for one] */
const runtimes: readonly [string, string][] = [
  ['python3', 'run.py'],
  ['python3.12', 'run.py'],
  ['python3.13t', 'run.py'],
  ['pypy3', 'run.py'],
  ['node', 'run.js'],
  ['nodejs', 'run.js'],
  ['node22', 'run.js'],
  ['ts-node', 'run.ts'],
  ['tsx', 'run.ts'],
  ['jiti', 'run.ts'],
  ['zx', 'run.mjs'],
  ['ruby', 'safe.rb'],
  ['ruby3.2', 'safe.rb'],
  ['perl', 'safe.pl'],
  ['perl5.36', 'safe.pl'],
  ['php', 'app.php'],
  ['php8.2', 'app.php'],
  ['deno', 'run.ts'],
  ['deno run', 'run.ts'],
  ['bun', 'run.ts'],
  ['bun run', './script.sh'],
  ['lua', 'run.lua'],
  ['lua5.4', 'run.lua'],
  ['luajit', 'run.lua'],
  ['osascript', 'x.scpt'],
  ['swift', 't.swift'],
  ['go run', 'main.go'],
  ['java', 'Foo.java'],
  ['java17 -jar', 'x.jar'],
  ['Rscript', 'x.R'],
  ['uv run', 'x.py'],
  ['dart run', 'x.dart'],
  ['groovy', 'x.groovy'],
  ['crystal', 'x.cr'],
  ['ocaml', 'x.ml'],
  ...'tclsh wish expect escript elixir julia runghc runhaskell janet gjs qjs'
    .split(' ')
    .map((name): [string, string] => [name, 'script.sh']),
];
const installed = (file: Entry | null) => {
  const named = new Set(runtimes.map(([run]) => run.split(' ')[0] ?? ''));
  const there = disk(
    Object.fromEntries([...named].map((name) => [`/usr/bin/${name}`, { file: '\u007fELF', runs: true }])),
  );
  for (const [, name] of runtimes) there.set(`${T}/${name.replace('./', '')}`, file);
  return there;
};
/** They read options behind the file as well. */
const READ_ON = /^(?:groovy|crystal|gjs)$/;
const withFiles = installed({ file: 'code' });
const withoutFiles = installed(null);

describe.each(runtimes)('%s', (run, file) => {
  const on = async (line: string, there = withFiles) => {
    const { verdict, operands } = await judge(words(line), { disk: there });
    return verdict === 'prompt' ? operands.map(({ path }) => path.slice(T.length + 1)) : verdict;
  };
  it('with one file binds it, and nothing that stands behind it', async () => {
    expect(await on(`${run} ${file}`)).toEqual([file.replace('./', '')]);
    expect(await on(`${run} ${file} data.txt${READ_ON.test(run) ? ' --' : ''} -e x - --require=x`)).toEqual([
      file.replace('./', ''),
    ]);
    if (READ_ON.test(run)) expect(await on(`${run} ${file} data.txt -e x`)).toBe('deny');
  });
  it('with no file, standard input, text or a module in its place is refused, whatever is there', async () => {
    for (const there of [withFiles, withoutFiles]) {
      for (const instead of ['', ' -', ' -e y', ' -m y', ' -i']) {
        expect(await on(run + instead, there)).toBe('deny');
      }
    }
  });
  it('with an option that loads, tests or is not known is refused by its shape', async () => {
    for (const there of [withFiles, withoutFiles]) {
      for (const option of ['-r y', '--import=y', '--env-file y', '--test', '--unknown']) {
        const assessment = await judge(words(`${run} ${option} ${file}`), { disk: there });
        expect(said(assessment)).toMatch(/^deny (?:runtime-option|script-name|standard-input)$/);
      }
    }
  });
});

describe('a runtime that is not given exactly one file', () => {
  it.each(refused)('%s: %s', async (line, reason) => {
    const assessment = await judge(words(line));
    expect(said(assessment)).toBe(reason === 'ok' ? 'prompt allowlist-miss' : `deny ${reason}`);
  });

  it.each(refused)("%s, inside the gateway's shell: %s", async (line, reason) => {
    // Wherever it stands, and whatever is listed.
    expect(said(await judge(`ls && ${line}`, { rules: ['*'] }))).toBe(
      reason === 'ok' ? 'prompt rule-too-wide' : `deny ${reason}`,
    );
  });
});

it.each(asked)('%s is asked about', async (line) => {
  expect(said(await judge(words(line)))).toMatch(/^prompt /);
});

describe('a script that is started by its path', () => {
  const withFirstLine = (line: string, name = 'do.sh') =>
    disk({
      [`${T}/${name}`]: { file: `${line}\nbody\n`, runs: true },
      [`${T}/inner`]: { file: '#!/usr/bin/env -S python3 -c\n', runs: true },
      [`${T}/bin/shim`]: { file: '#!/bin/sh\n', runs: true },
      '/usr/bin/sh\r': { file: '\u007fELF', runs: true },
      [`${T}/tool#x`]: { file: '\u007fELF', runs: true },
    });

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
    ['#!/usr/bin/env -S python3 -c', 'deny runtime-option'],
    ['#!/usr/bin/env -S node --import x', 'deny runtime-option'],
    // The kernel knows blanks and tabs only, and macOS ends the line at #
    ['#!/bin/sh\r', 'deny runtime-option'],
    ['#!/usr/bin/env python3\r', 'deny runtime-option'],
    ['#!/bin/sh\u00a0', 'deny runtime-option'],
    ['#!/bin/sh\t', 'prompt allowlist-miss'],
    [`#!${T}/tool#x`, 'deny runtime-option'],
    [`#!${T}/tool`, 'prompt allowlist-miss'],
    // A script again, judged by no line of its own
    [`#!${T}/inner`, 'deny runtime-option'],
    [`#!${T}/bin/shim`, 'deny runtime-option'],
    ['#!/usr/bin/env shim', 'prompt allowlist-miss'],
    ['#!./inner', 'deny runtime-option'],
    ['#!bin/python3', 'deny runtime-option'],
    // What is looked through, or opaque, in a command
    ['#!/usr/bin/nice python3', 'deny script-under-carrier'],
    ['#!/usr/bin/env nice', 'deny script-under-carrier'],
    ['#!/usr/bin/env env', 'deny script-under-carrier'],
    ['#!/usr/bin/xcrun swift', 'deny script-under-carrier'],
    ['#!/usr/bin/sudo', 'deny script-under-carrier'],
    ['#!/usr/bin/xargs', 'deny script-under-carrier'],
    ['#!/usr/bin/awk -f', 'deny script-under-carrier'],
    ['#!/usr/bin/sed -f', 'deny script-under-carrier'],
    ['#!/usr/bin/vim', 'deny script-under-carrier'],
    ['#!/usr/bin/busybox sh', 'deny script-under-carrier'],
    ['#!/usr/bin/env npm', 'deny task-runner'],
  ])('with %j: %s', async (line, expected) => {
    const rules = expected.includes('startup') ? [`${T}/do.sh`] : [];
    expect(said(await judge('./do.sh', { disk: withFirstLine(line), rules }))).toBe(expected);
  });

  it('is bound with the program of its first line', async () => {
    const { binding, operands } = await judge('./do.sh', {
      disk: withFirstLine('#!/usr/bin/env python3'),
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
