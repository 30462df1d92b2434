import { describe, expect, it } from 'vitest';

import { checkBinding } from '../../main/binding/check-binding.ts';
import { findOperand } from '../../main/binding/find-operand.ts';
import { interpreterNamed } from '../../main/binding/interpreters.ts';
import { shellUse } from '../../main/binding/shells.ts';
import { isValidArgPattern, matchesArguments } from '../../main/policy/arg-pattern.ts';
import { carriedBy } from '../../main/policy/carriers.ts';
import { alwaysPatterns, coverage } from '../../main/policy/coverage.ts';
import { effectivePolicy, entryKey } from '../../main/policy/effective-policy.ts';
import { onlyTightens } from '../../main/policy/only-tightens.ts';
import { allowlistEntry, type PolicyFile, withAllowed } from '../../main/policy/policy-file.ts';
import { severityOf } from '../../main/policy/warning-severity.ts';
import type { Entry } from '../facts/fake-disk.ts';
import { disk, judge, LISTED, said, T } from './world.ts';

const program: Entry = { file: '\u007fELF', runs: true };
const app = '/Applications/Latchkey.app/Contents/MacOS/Latchkey';
const there = disk({
  '/usr/bin/setsid': program,
  '/usr/bin/chroot': program,
  '/usr/bin/yarn2': program,
  '/usr/bin/noted': { file: '#!/usr/bin/python3\nx\n', runs: true },
  '/usr/bin/python3': program,
  [`${T}/cut-off.sh`]: { file: '#!/bin/sh', runs: true },
  [`${T}/by-us`]: { file: `#!${app}\n`, runs: true },
  '/opt/x/tool': program,
  [`${T}/again.sh`]: { link: 'run.sh' },
  [`${T}/shown`]: { file: '#!/usr/bin/cat\n', runs: true },
  '/usr/bin/chmod': program,
  [`${T}/big`]: { file: 'x'.repeat(300_000), runs: true },
  [app]: program,
});

/** With every program listed. */
describe('rarely asked', () => {
  it.each<[string | string[], string]>([
    // Builtins
    ['exit $?', 'prompt unknown-parts'],
    ['exit "$?"; ls', 'prompt unknown-parts'],
    ['set -- -x $A', 'prompt unknown-parts'],
    ['set -- a b; ls', 'prompt unknown-parts'],
    ['printf; ls', 'run rule-matches'],
    ['wait; ls', 'prompt allowlist-miss'],
    ['wait -n %1 12; ls', 'prompt allowlist-miss'],
    ['getopts ab X; ls', 'prompt unknown-parts'],
    ['getopts ab; ls', 'deny evaluated-text'],
    ["getopts 'a[0]' X; ls", 'deny evaluated-text'],
    ["getopts ab 'X[0]'; ls", 'deny evaluated-text'],
    ['command -v git', 'prompt allowlist-miss'],
    ['command -v git && python3 run.py', 'prompt allowlist-miss'],
    ['command; ls', 'prompt unknown-parts'],
    ['command -x ls', 'deny evaluated-text'],
    ['command -p ls', 'prompt unknown-parts'],
    ['time ls', 'run rule-matches'],
    // Carriers
    ['sudo -- ls', 'prompt carrier'],
    ['sudo -u root ls', 'prompt carrier'],
    ['sudo -n -u root python3 x.py', 'deny script-under-carrier'],
    ['npm $X', 'deny task-runner'],
    ['npm --prefix $X ls', 'deny task-runner'],
    ['npm -w docs run build', 'deny task-runner'],
    ['npm -w docs test', 'deny task-runner'],
    ['npm -w docs ls', 'prompt rule-too-wide'],
    ['npm --workspace docs ls', 'prompt rule-too-wide'],
    ['npm --filter run docs', 'deny task-runner'],
    ['npm -F run docs', 'deny task-runner'],
    ['npm --dir run docs', 'deny task-runner'],
    ['pnpm -w add x', 'prompt rule-too-wide'],
    ['pnpm -w build', 'deny task-runner'],
    ['pnpm --workspace x ls', 'deny task-runner'],
    ['pnpm -F x install', 'prompt rule-too-wide'],
    ['pnpm -F install x', 'deny task-runner'],
    ['yarn --cwd x install', 'prompt rule-too-wide'],
    ['yarn -C run install', 'deny task-runner'],
    ['yarn -w install', 'deny task-runner'],
    ['cargo -q $X build', 'deny task-runner'],
    ['cargo -q run', 'deny task-runner'],
    ['go -x test ./...', 'deny task-runner'],
    ['sudo --unknown ls', 'prompt carrier'],
    ['find . -name "$X"', 'deny inside-shell-parts'],
    ['sudo -k', 'prompt carrier'],
    ['sudo', 'run rule-matches'],
    ['sudo env A=1 ls', 'prompt environment-wrapper'],
    ["sudo env -S 'ls'", 'deny evaluated-text'],
    ['sudo nice ls', 'prompt carrier'],
    ['sudo sudo ls', 'prompt carrier'],
    ['sudo timeout --wrong sh x', 'deny script-under-carrier'],
    ['sudo timeout --wrong ls x', 'prompt carrier'],
    ['sudo nope', 'deny not-found'],
    [['sudo', app], 'deny own-program'],
    ['xargs -I {} ./x.sh {}', 'deny not-found'],
    ['xargs -I {} ./run.sh {}', 'deny script-under-carrier'],
    ["awk -F , '{print $1}' x", 'run rule-matches'],
    ["awk -v a=b -- '{print a}' x", 'run rule-matches'],
    ['awk -f x.awk data.txt', 'deny script-under-carrier'],
    ['awk', 'prompt carrier'],
    ['sed -e s/a/b/ -e p x', 'run rule-matches'],
    ['sed --expression s/a/b/ x', 'run rule-matches'],
    ['sed --expression=s/a/b/ x', 'run rule-matches'],
    ['sed --expression=e x', 'prompt carrier'],
    ['sed -e', 'prompt carrier'],
    ['sed -f x.sed y', 'deny script-under-carrier'],
    ['sed -n 1,5p x', 'run rule-matches'],
    ['sed s/a/$B/ x', 'deny inside-shell-parts'],
    ['tar', 'run rule-matches'],
    ['grep -e x', 'run rule-matches'],
    ['git status $X', 'deny inside-shell-parts'],
    // Wrappers and runners
    ['env -- ls', 'run rule-matches'],
    ['env $X ls', 'deny evaluated-text'],
    ['env -u A ls', 'prompt carrier'],
    ['env -i A=1 ls', 'prompt environment-wrapper'],
    ["env -P /x -S 'ls'", 'deny evaluated-text'],
    ['env -P /x ls', 'prompt carrier'],
    ['env', 'run rule-matches'],
    ['npx --unknown git status', 'prompt carrier'],
    ['npx $X', 'deny inside-shell-parts'],
    ['nice', 'run rule-matches'],
    ['yarn $X', 'deny task-runner'],
    ['npm --prefix x ls', 'prompt rule-too-wide'],
    ['cargo --offline build', 'prompt rule-too-wide'],
    // Shells
    ['zsh --no-rcs -c ls', 'run rule-matches'],
    ["zsh --no-rcs -c 'ls | wc'", 'run rule-matches'],
    [`zsh --no-rcs -c '"$@"' _ ls -l`, 'run rule-matches'],
    [`zsh --no-rcs -c '"$@"' _ printf %d 'path[$(id)]'`, 'deny opaque-text'],
    [`zsh --no-rcs -c 'exec "$@"' _ printf %d x`, 'deny opaque-text'],
    [`zsh --no-rcs -c '$0 "$1"' printf x`, 'deny opaque-text'],
    [`ksh -c '"$@"' _ test x`, 'deny opaque-text'],
    [`bash -c '"$@"' _ printf %d x`, 'run rule-matches'],
    ["zsh --no-rcs -c 'ls x' a", 'deny opaque-text'],
    ["zsh --no-rcs -c 'printf %d X'", 'deny opaque-text'],
    ["zsh --no-rcs -c 'ls; printf %d X'", 'deny opaque-text'],
    ["zsh --no-rcs -c 'ls|printf'", 'deny opaque-text'],
    ["ksh -c 'printf %d X'", 'deny opaque-text'],
    ["zsh --no-rcs -c 'time -p ls'", 'deny opaque-text'],
    ["zsh --no-rcs -c 'ls printfx x/time'", 'run rule-matches'],
    ['bash --no-rcs -c ls', 'run rule-matches'],
    ['bash --login -c ls', 'prompt startup-files'],
    ['zsh -l --no-rcs -c ls', 'prompt startup-files'],
    ['bash --norc -- run.sh', 'prompt rule-too-wide'],
    ['bash ""', 'deny runtime-option'],
    ['fish -N', 'deny standard-input'],
    ['fish -N -', 'deny standard-input'],
    ['fish -N -c ""', 'deny runtime-option'],
    // Files
    [['./big'], 'prompt allowlist-miss'],
    [['./cut-off.sh'], 'prompt allowlist-miss'],
    [['./by-us'], 'deny own-program'],
    [['/usr/bin/noted'], 'run rule-matches'],
    // Files that others could replace
    ['cp; sh run.sh', 'deny after-other-program'],
    ['cp -a a.py b; sh run.sh', 'deny after-other-program'],
    ['mv -Z a b; sh run.sh', 'deny after-other-program'],
    ['tee -x a; sh run.sh', 'deny after-other-program'],
    ['rm -P a; sh run.sh', 'deny after-other-program'],
    ['rm --one-file-system a; sh run.sh', 'deny after-other-program'],
    ['rm /loop; sh run.sh', 'deny after-other-program'],
    ['tee /loop; sh run.sh', 'deny after-other-program'],
    ['chmod -w a; sh run.sh', 'deny after-other-program'],
    ['/opt/x/tool; sh run.sh', 'deny after-other-program'],
    ['command command command command ls', 'deny too-deep'],
    ['npm', 'prompt rule-too-wide'],
    ['deno', 'deny no-file-operand'],
    ['npx nice ls', 'prompt fetched-program'],
    ['npx nice nice ls', 'prompt fetched-program'],
    ['npx env ls', 'prompt fetched-program'],
    ['pnpm dlx timeout 5 ls', 'prompt fetched-program'],
    ['npx sh -c ls', 'deny evaluated-text'],
    ['npx sh run.sh', 'prompt shell-behind-wrapper'],
    ['python3 -Wbad run.py', 'deny runtime-option'],
    ['npx bash -ec ls', 'prompt shell-behind-wrapper'],
    ['fish -N run.sh', 'prompt rule-too-wide'],
    ['sh run.sh; sh again.sh', 'prompt rule-too-wide'],
    ["awk -F, '{print}' x", 'run rule-matches'],
    [['./shown'], 'prompt allowlist-miss'],
    [['sh', '-c', '$0 "$5"', 'ls'], 'deny computed-name'],
    [['sh', '-c', '"$@"', 'ls'], 'deny computed-name'],
    [['sh', '-c', '"$@"'], 'deny computed-name'],
    [['sh', '-c', '$0 $1', 'ls', 'a b'], 'deny computed-name'],
    [[], 'deny empty-command'],
    [['bash', '-lc', 'ls; id'], 'prompt startup-files'],
  ])('%j: %s', async (what, expected) => {
    const world = disk({ '/loop': { link: 'loop' } });
    const both = {
      ...world,
      trace: (path: string) => (path === '/loop' ? world.trace(path) : there.trace(path)),
    };
    const onDisk = JSON.stringify(what).includes('/loop')
      ? { ...there, ...both, once: () => ({ ...there, ...both }) }
      : there;
    expect(said(await judge(what, { rules: LISTED, disk: onDisk }))).toBe(expected);
  });
});

describe('words of runtimes that no request can bring', () => {
  it('are computed where they are not known', () => {
    const python = interpreterNamed('python3');
    if (python === null) throw new Error('no row');
    expect(findOperand(python, ['python3', null])).toEqual({ ok: false, problem: 'computed' });
    expect(findOperand(python, ['python3', '--', '-x'])).toEqual({ ok: false, problem: 'standard-input' });
    expect(shellUse('sh', ['sh', null])).toEqual({ kind: 'refused', problem: 'computed' });
    expect(carriedBy('sed', ['sed', null])).not.toBeNull();
    expect(carriedBy('rsync', ['rsync', null])).not.toBeNull();
    expect(carriedBy('xargs', ['xargs'], true)).not.toBeNull();
  });
  it.each([
    ['deno', ['deno', 'run', '--allow-read', 'x.ts'], true],
    ['deno', ['deno', 'run', '--allow-read=/x', 'x.ts'], true],
    ['deno', ['deno', 'run', '--seed', 'x', 'x.ts'], false],
    ['node', ['node', '--max-old-space-size', '12', 'x.js'], true],
    ['go', ['go', 'run', './dir'], false],
    ['go', ['go'], false],
  ] as const)('%s %j: %s', (name, args, ok) => {
    const row = interpreterNamed(name);
    expect(row !== null && findOperand(row, args).ok).toBe(ok);
  });
});

it('a pattern that is too long, or of the older form, is none', () => {
  expect(isValidArgPattern('a'.repeat(5000))).toBe(false);
  expect(isValidArgPattern('sha256:argv:x')).toBe(false);
});

it('a file that is too long to be shown keeps none of its bytes', async () => {
  const { segments, operands } = await judge(['./big'], { disk: there });
  expect([segments.length, operands[0]?.sizeBytes]).toEqual([1, 300_000]);
});

it('a reason cuts what it names', async () => {
  const { text } = await judge(['x'.repeat(300)]);
  expect(text).toContain(`${'x'.repeat(119)}…`);
});

it('on macOS a rule may name a program by /tmp', async () => {
  const linked = disk({ '/private/tmp/x': program, '/tmp': { link: 'private/tmp' } });
  expect(said(await judge(['/tmp/x'], { rules: ['/tmp/x'], disk: linked }))).toBe('run rule-matches');
});

it('an entry is read whole or not at all, and under no name that a record cannot hold', () => {
  expect(allowlistEntry({ pattern: '/x' })?.pattern).toBe('/x');
  expect(allowlistEntry({ pattern: 1 })).toBeNull();
  expect(entryKey({ id: '__proto__', pattern: '/x' })).toMatch(/^[0-9a-f]{32}$/);
});

it('a warning that nobody knows is worth a look', () => {
  expect(severityOf('from-the-future')).toBe('caution');
  expect(severityOf('runs-as-root')).toBe('high');
});

describe('a policy file', () => {
  const base: PolicyFile = { version: 1 };
  it('that says nothing is an allowlist that asks', () => {
    expect(effectivePolicy(base, 'main')).toMatchObject({ security: 'allowlist', ask: 'on-miss', rules: [] });
    expect(effectivePolicy({ ...base, defaults: { autoAllowSkills: true } }, null).rules).toEqual([]);
  });
  it('without agents is compared as one without entries', () => {
    expect(onlyTightens(base, base)).toBe(true);
    const odd = { version: 1, agents: { b: { x: 1 }, a: { y: 1 } } } as unknown as PolicyFile;
    const same = { version: 1, agents: { a: { y: 1 }, b: { x: 1 } } } as unknown as PolicyFile;
    expect(onlyTightens(odd, same)).toBe(true);
    expect(onlyTightens(odd, base)).toBe(false);
  });
  it('takes its first rule, and the same rule once', () => {
    const first = withAllowed(base, 'main', [{ pattern: '/x', argPattern: null }], 0);
    expect(first.agents?.['main']?.allowlist).toHaveLength(1);
    const again = withAllowed(first, 'main', [{ pattern: '/x', argPattern: null }], 0);
    expect(again.agents?.['main']?.allowlist).toHaveLength(1);
  });
});

describe('places', () => {
  it('without a directory a request runs at home', async () => {
    expect((await judge(['ls'], { cwd: null })).binding.cwd).toBe('/home/u');
  });
  it('where nothing on PATH is there, PATH stays what it was', async () => {
    expect((await judge(['/usr/bin/ls'], { path: '/nowhere:/nor/here' })).binding.path).toBe(
      '/nowhere:/nor/here',
    );
    expect((await judge(['/usr/bin/ls'], { path: '/nowhere:/usr/bin' })).binding.path).toBe('/usr/bin');
  });
  it('at the root nothing is outside', async () => {
    expect((await judge('rm -rf x', { cwd: '/' })).warnings).toEqual([]);
  });
  it('the word time needs no program', async () => {
    const bare = disk();
    bare.set('/usr/bin/time', null);
    expect(said(await judge('time ls', { rules: LISTED, disk: bare }))).toBe('run rule-matches');
    expect(said(await judge('time', { rules: LISTED, disk: bare }))).toBe('deny not-found');
    expect(said(await judge(['time', 'ls'], { rules: LISTED, disk: bare }))).toBe('deny not-found');
  });
  it('more paths than anybody could look at, by directories, ask', async () => {
    const words = Array.from({ length: 900 }, (_, at) => `f${at}`).join(' ');
    const asked = { security: 'full', ask: 'off' } as const;
    expect((await judge(`cd sub; cd ..; cd a; rm ${words}`, asked)).reason).toBe('own-files');
  });
});

it.each([[['./tool']], [['git', 'status']]])('%j: what cannot be read cannot be bound', async (argv) => {
  const world = disk();
  const read = () => Promise.resolve({ ok: false, problem: 'forbidden' } as const);
  const unreadable = { ...world, read, once: () => unreadable };
  expect(said(await judge(argv, { rules: ['*'], disk: unreadable }))).toBe('deny not-bindable');
});

it('nothing to cover is not covered', () => {
  expect(coverage([], { rules: [], cwd: '/', home: '/', hashes: new Map() })).toEqual({
    miss: { code: 'allowlist-miss' },
  });
  expect(alwaysPatterns([], '/')).toBeNull();
  expect(matchesArguments('sha256:argv:x', '/', [])).toBe(false);
  expect(matchesArguments('(', '/', ['('])).toBe(false);
});

it('what PATH leads to no longer, and what another way leads to, has changed', async () => {
  const world = disk();
  const { binding } = await judge(['git', 'status'], { disk: world });
  world.set(`${T}/bin/git`, null);
  expect(await checkBinding(binding, world)).toEqual([
    { path: `${T}/bin/git`, role: 'executable', what: 'shadowed' },
    { path: `${T}/bin/git`, role: 'executable', what: 'gone' },
  ]);
  world.set('/home/u/p/git', program);
  world.set(`${T}/bin/git`, { link: '../git' });
  expect((await checkBinding(binding, world)).map(({ what }) => what)).toContain('replaced');
});

it('a disk that breaks means no, whatever the rules say', async () => {
  const broken = disk();
  broken.once = () => {
    throw new Error('broken');
  };
  expect(said(await judge(['ls'], { disk: broken, rules: LISTED }))).toBe('deny internal-error');
});
