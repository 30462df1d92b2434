import { describe, expect, it } from 'vitest';

import { disk, judge, LISTED, said, T } from './world.ts';

describe('C7.1: the text sent along', () => {
  it.each<[number, string[], string, boolean]>([
    [1, ['uname', '-a'], 'echo hi', false],
    [2, ['/bin/sh', '-c', 'echo hi'], 'echo hi', true],
    [2, ['/bin/sh', '-c', 'echo hi'], '/bin/sh -c "echo hi"', true],
    [3, ['/bin/sh', '-lc', '$0 "$1"', '/usr/bin/touch', '/tmp/m'], '$0 "$1"', false],
    [
      4,
      ['/bin/sh', '-lc', '$0 "$1"', '/usr/bin/touch', '/tmp/m'],
      '/bin/sh -lc "$0 \\"$1\\"" /usr/bin/touch /tmp/m',
      true,
    ],
    [5, ['/usr/bin/env', 'BASH_ENV=/tmp/p', 'bash', '-lc', 'echo hi'], 'echo hi', false],
    [6, ['/usr/bin/env', 'bash', '-lc', 'echo hi'], 'echo hi', false],
    [7, ['echo ', 'ok'], 'echo ok', false],
  ])('case %i: %j with %j', async (_, argv, rawCommand, fits) => {
    expect((await judge(argv, { rawCommand })).reason === 'raw-command-mismatch').toBe(!fits);
  });
});

describe('C7.3: shell texts, every program listed by exact path', () => {
  it.each<[number | string, string, string]>([
    [22, 'ls && echo ok', 'run'],
    [22, 'ls || echo ok', 'run'],
    [22, 'ls; echo ok', 'run'],
    [22, 'ls | head -n 1', 'run'],
    [22, 'echo ok\nls', 'run'],
    [24, 'echo "a && b"', 'run'],
    [24, "echo '$(id)'", 'run'],
    [24, 'echo "<(x)"', 'run'],
    [26, 'echo "output: \\$(whoami)"', 'run'],
    [28, 'echo $\\\n(id)', 'deny'],
    [28, 'echo ok \\\n ls', 'deny'],
    [30, '$CMD', 'deny'],
    [30, '${x:-ls}', 'deny'],
    [30, '"$0" x', 'deny'],
    [32, 'cat <<EOF\n$(id)\nEOF', 'prompt'],
    [32, "cat <<'EOF'\n$(id)\nEOF", 'prompt'],
    [32, 'cat <<< hi', 'deny'],
    [34, '(ls)', 'prompt'],
    [34, '{ ls; }', 'prompt'],
    [34, 'f(){ ls; }; f', 'deny'],
    [36, 'FOO=bar ls', 'prompt'],
    [36, 'export A=1 && ls', 'prompt'],
    [36, 'source x', 'deny'],
    [36, '. ./x', 'deny'],
    [36, 'eval "ls"', 'deny'],
    [36, 'alias x=ls', 'prompt'],
    [36, 'command -p ls', 'prompt'],
    [38, 'env FOO=1 ls', 'prompt'],
    [38, 'env -i ls', 'prompt'],
    [38, 'env -S "ls"', 'deny'],
    [38, 'sudo ls', 'prompt'],
    [38, 'xargs ls', 'prompt'],
    [38, 'find . -exec ls {} \\;', 'prompt'],
    ['39, C8.7', 'env - ls', 'prompt'],
    [40, 'sh -c ls', 'run'],
    [40, 'sh -c "ls && id"', 'run'],
    ['41b, C8.7', 'zsh -c ls', 'prompt'],
    ['41b, C8.7', 'fish -c ls', 'prompt'],
    ['41b', 'zsh -fc ls', 'run'],
    ['41b', 'fish --no-config -c ls', 'run'],
    ['41b', "zsh -fc 'ls *(e:id:)'", 'deny'],
    [42, 'sh -c \'$0 "$1"\' touch m', 'run'],
    [42, 'sh -c \'exec -- "$0" "$1"\' touch m', 'run'],
    ['42', 'sh -c \'"$0" "$@"\' touch m n', 'run'],
    ['42', "sh -c 'exec $0 $1' ls x", 'run'],
    ['42', 'sh -c \' "$@"\' x ls -l', 'run'],
    ['42, with nothing behind it', `sh -c '"$@"' x`, 'deny'],
    ['42, with more than is there', `sh -c '"$0" "$9"' ls`, 'deny'],
    ['42, joined by the shell', `sh -c '"$*"' x ls`, 'deny'],
    ['42, under another name', `sh -c 'exec -a x "$0"' ls`, 'deny'],
    ['42, in braces', `sh -c '"\${0}"' ls`, 'deny'],
    ['42, with a word of its own', "sh -c '$0 x' ls", 'deny'],
    ['42, redirected', `sh -c '"$0" > x' ls`, 'deny'],
    ['42, in a pipeline', `sh -c '"$0" | ls' ls`, 'deny'],
    ['42, a pattern for the shell', "sh -c '$0 $1' ls '*'", 'deny'],
    ['42, in a shell that counts otherwise', `fish -N -c '$0' ls`, 'deny'],
    ['42, a script', `sh -c 'exec -- "$0" "$1"' python3 run.py`, 'prompt'],
    ['42, a carrier', `sh -c 'exec -- "$0" "$1"' sudo ls`, 'prompt'],
    ['42, what evaluates', `sh -c '"$0" "$1"' eval ls`, 'deny'],
    ['42, in a chain', 'sh -c \'$0 "$1"; ls\' touch m', 'deny'],
    ['42, split by the shell', "sh -c '$0' 'touch m'", 'deny'],
    [44, 'ls # && payload', 'run'],
    [46, 'bash job.sh', 'prompt'],
    [46, 'bash -c ./job.sh', 'prompt'],
    [46, 'bash -s job.sh', 'deny'],
    [50, 'uniq in out', 'run'],
    ['51, C8.7: CR is a letter', 'ls\recho ok', 'deny'],
    ['51, C8.7: U+2028 is a letter', 'ls\u2028id', 'deny'],
    ['51: U+00A0 is a letter', 'echo\u00a0x', 'deny'],
    ['CR in an argument', 'echo a\rb', 'run'],
    ['braces', 'ls {a,b}', 'deny'],
  ])('case %s: %j: %s', async (_, text, verdict) => {
    expect((await judge(text, { rules: LISTED })).verdict).toBe(verdict);
  });

  it.each(['uniq in out', 'tail -f', 'tail -n 1', 'sort', 'grep -e x', 'wc -l'])(
    'case 50: %s without a rule is a miss',
    async (text) => {
      expect(said(await judge(text))).toBe('prompt allowlist-miss');
    },
  );

  it('case 46: a rule for the script covers the shell that runs it', async () => {
    expect(said(await judge('bash job.sh', { rules: [`${T}/job.sh`] }))).toBe('run rule-matches');
    expect(said(await judge('python3 run.py', { rules: [`${T}/run.py`] }))).toBe('prompt allowlist-miss');
  });

  it('case 48: a rule for everything covers what a shell runs, but no runtime', async () => {
    expect((await judge('sh -c ls', { rules: ['*'] })).verdict).toBe('run');
    expect((await judge('python3 run.py', { rules: ['*'] })).verdict).toBe('prompt');
  });
});

describe('C7.4: rules', () => {
  it.each([
    [52, 'rg', 'rg x', 'hit'],
    [52, 'r?', 'rg x', 'hit'],
    ['D33', 'rg', './bin/rg x', 'miss'],
    ['D33', 'rg', `${T}/bin/rg x`, 'miss'],
    [54, '/home/**/rg', 'rg x', 'hit'],
    [54, '/home/*/rg', 'rg x', 'miss'],
    [56, `${T}/**`, `${T}/bin/../../../../usr/bin/id`, 'miss'],
    [56, '/usr/bin/id', `${T}/bin/../../../../usr/bin/id`, 'hit'],
    ['tilde', '~/p/bin/rg', 'rg x', 'hit'],
    ['link', '/bin/ls', 'ls', 'miss'],
    ['link', '/usr/bin/ls', '/bin/ls', 'hit'],
    ['case', '/usr/bin/LS', 'ls', 'miss'],
  ])('case %s: %s for %s: %s', async (_, pattern, text, allowlist) => {
    expect((await judge(text, { rules: [pattern] })).allowlist).toBe(allowlist);
  });

  it.each([
    ['^\\0\\0$', [], 'hit'],
    ['^\\0\\0$'.replaceAll('\\0', '\0'), [], 'hit'],
    ['^\0\0$', ['x'], 'miss'],
    ['^hello world\0$', ['hello world'], 'hit'],
    ['^hello world\0$', ['hello', 'world'], 'miss'],
    ['^\\d$', ['١'], 'miss'],
    ['^safe$', ['safe\n'], 'miss'],
    ['^safe$', ['safe'], 'hit'],
    ['(', ['('], 'miss'],
    ['sha256:argv:abc', ['x'], 'miss'],
  ])('cases 60 and 62: argPattern %j for %j: %s', async (argPattern, args, allowlist) => {
    const rules = [{ pattern: '/usr/bin/ls', argPattern: argPattern.replace('\\0\\0', '\0\0') }];
    expect((await judge(['ls', ...args], { rules })).allowlist).toBe(allowlist);
  });

  it('case 64: a rule that says which arguments goes before one that does not', async () => {
    const rules = [
      { id: 'any', pattern: '/usr/bin/ls' },
      { id: 'bound', pattern: '/usr/bin/ls', argPattern: '^-l$' },
    ];
    expect((await judge('ls -l', { rules })).matched.map(({ key }) => key)).toEqual(['bound']);
    expect((await judge('ls -a', { rules })).matched.map(({ key }) => key)).toEqual(['any']);
  });

  it.each([
    ['git status', [`${T}/bin/git`]],
    ['git status && ls', [`${T}/bin/git`, '/usr/bin/ls']],
    ['env git status', [`${T}/bin/git`]],
    ['nice git status', [`${T}/bin/git`]],
    ['pnpm exec eslint x', [`${T}/bin/eslint`]],
    ['./run.sh a', [`${T}/run.sh`]],
    ['ls # && payload', ['/usr/bin/ls']],
  ])('case 66: "always" for %j stores %j', async (text, patterns) => {
    const { allowAlways, segments } = await judge(text);
    expect(allowAlways?.map(({ pattern }) => pattern)).toEqual(patterns);
    expect(allowAlways?.every(({ argPattern }) => argPattern?.startsWith('sha256:cwd-argv:v1:'))).toBe(true);
    const rules = allowAlways?.map((rule) => ({ ...rule, id: rule.pattern, source: 'allow-always' })) ?? [];
    const hashOf = (path: string) => segments.find(({ executable }) => executable === path)?.sha256 ?? null;
    const entries = Object.fromEntries(
      rules.map(({ id }) => [id, { hashes: hashOf(id) === null ? {} : { [id]: hashOf(id) } }]),
    );
    const stored = { rules, notes: { entries } };
    expect(said(await judge(text, stored))).toBe('run rule-matches');
    expect((await judge(`${text.replace(/ #.*/, '')} more`, stored)).verdict).toBe('prompt');
    expect((await judge(text, { ...stored, cwd: '/workspace' })).allowlist).toBe('miss');
  });

  it.each([
    'python3 run.py',
    'bash job.sh',
    'sudo ls',
    'find . -exec ls {} +',
    'env FOO=1 ls',
    'nice sh -c ls',
    'zsh -c ls',
    'ls $X',
    'ls > x',
    'ls && python3 run.py',
    'npm install',
    'pnpm dlx cowsay hello',
    'cd sub',
  ])('"always" is not offered for %s', async (text) => {
    expect((await judge(text)).allowAlways).toBeNull();
  });

  it.each(['a*b', 'a?b'])(
    '"always" is not offered for a file called %s, which a pattern cannot name',
    async (name) => {
      const strange = disk({ [`${T}/${name}`]: { file: 'x', runs: true } });
      expect((await judge([`./${name}`], { disk: strange })).allowAlways).toBeNull();
    },
  );

  it('case 68: awk', async () => {
    expect(said(await judge('awk \'BEGIN{system("id")}\'', { rules: LISTED }))).toBe('prompt carrier');
    expect(said(await judge(['awk', '--s=BEGIN{system("id")}'], { rules: LISTED }))).toBe('prompt carrier');
    expect(said(await judge("awk '{print $1}' data.txt", { rules: LISTED }))).toBe('run rule-matches');
  });

  it('case 70: with `always` it is not offered, and a stored rule does not spare the question', async () => {
    const rules = ['/usr/bin/ls'];
    const assessment = await judge('ls', { ask: 'always', rules });
    expect([said(assessment), assessment.allowAlways]).toEqual(['prompt always-ask', null]);
  });

  it.each([
    ['python3 run.py', { pattern: `${T}/bin/python3`, argPattern: '^run\\.py$' }, 'run'],
    ['python3 run.py', { pattern: `${T}/bin/python3` }, 'prompt'],
    ['python3 b.py', { pattern: `${T}/bin/python3`, argPattern: '^run\\.py$' }, 'prompt'],
    ['python3 -c 1', { pattern: `${T}/bin/python3`, argPattern: '.*' }, 'deny'],
    ['sudo ls', { pattern: '/usr/bin/sudo', argPattern: '^ls$' }, 'run'],
    ['nice ls', { pattern: '/usr/bin/nice' }, 'prompt'],
    ['nice ls', { pattern: '/usr/bin/nice', argPattern: '^ls$' }, 'run'],
    ['nice sh -c ls', { pattern: '/usr/bin/nice', argPattern: '.*' }, 'prompt'],
    ['ls', { pattern: '/usr/bin/sh', argPattern: '^-c ls$' }, 'run'],
    ['ls; id', { pattern: '/usr/bin/sh', argPattern: '^-c ls$' }, 'prompt'],
    ['ls $X', { pattern: '/usr/bin/sh', argPattern: '.*' }, 'prompt'],
    ['$X', { pattern: '/usr/bin/sh', argPattern: '.*' }, 'deny'],
    ['npm install', { pattern: `${T}/bin/npm` }, 'prompt'],
    ['npm install', { pattern: `${T}/bin/npm`, argPattern: '^install$' }, 'run'],
    ['jq sh -c ls', { pattern: `${T}/bin/jq` }, 'prompt'],
  ])('%s with %j: %s', async (text, rule, verdict) => {
    expect((await judge(text, { rules: [rule] })).verdict).toBe(verdict);
  });

  it('a rule made by "always" without the exact form counts for nothing', async () => {
    for (const argPattern of [undefined, '', '.*', '^-l\0$']) {
      const rules = [
        {
          pattern: '/usr/bin/ls',
          source: 'allow-always',
          ...(argPattern === undefined ? {} : { argPattern }),
        },
      ];
      expect((await judge('ls -l', { rules })).allowlist).toBe('miss');
    }
  });
});

describe('C7.6: the working directory', () => {
  const linked = disk({
    '/home/u/link': { link: 'p' },
    '/tmp': { link: '/private/tmp' },
    '/private/tmp/x': { folder: true },
  });
  it.each([
    [T, T],
    ['/home/u/link', T],
    ['/tmp/x', '/private/tmp/x'],
    [`${T}/../p/./`, T],
  ])('%s is %s', async (cwd, canonical) => {
    expect((await judge('ls', { cwd, disk: linked })).binding.cwd).toBe(canonical);
  });
  it.each(['/nope', `${T}/run.py`, 'p', '', '~', '/home/u\0'])('%j is refused', async (cwd) => {
    expect((await judge('ls', { cwd, disk: linked })).verdict).toBe('deny');
  });
});
