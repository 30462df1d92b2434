import { describe, expect, it } from 'vitest';

import { disk, judge, LISTED, said, T } from './world.ts';

const program = { file: '\u007fELF', runs: true } as const;
const carriers = disk(
  Object.fromEntries(
    ['ionice', 'chronic', 'unbuffer', 'strace', 'spawner', 'which'].map((name) => [
      `/usr/bin/${name}`,
      program,
    ]),
  ),
);

/** What each shape comes to with every program listed, and with no rule at all. */
type Row = readonly [text: string, listed: string, unlisted: string];

/** Every program by its path, and every one with any arguments. */
const ANYTHING = [...LISTED, '*', { pattern: '/**', argPattern: '[^]*' }];

const ONCE = ['prompt unknown-parts', 'prompt unknown-parts'] as const;
const no = (reason: string) => [`deny ${reason}`, `deny ${reason}`] as const;
const RUNS = ['run rule-matches', 'prompt allowlist-miss'] as const;

const rows: Record<string, readonly Row[]> = {
  'literal commands in plain chains': [
    ['ls', ...RUNS],
    ['ls -la /etc', ...RUNS],
    ['ls && id', ...RUNS],
    ['ls || id', ...RUNS],
    ['ls; id', ...RUNS],
    ['ls | wc -l', ...RUNS],
    ['ls\nid\n', ...RUNS],
    ['echo \'a && b\' "c; d" e\\;f', ...RUNS],
    ['ls &&\n  id', ...RUNS],
    ['[ a = a ] && ls', 'prompt allowlist-miss', 'prompt allowlist-miss'],
  ],
  'parts that the shell computes, around plain programs': [
    ['ls > out.txt', ...ONCE],
    ['ls >> out.txt 2>&1', ...ONCE],
    ['cat < data.txt', ...ONCE],
    ['cat <<EOF\nhello\nEOF', ...ONCE],
    ["cat <<'EOF'\n$(id)\nEOF", ...ONCE],
    ['cat <<EOF\n$(id)\nEOF', ...ONCE],
    ['cat > out <<EOF\n$HOME\nEOF', ...ONCE],
    ['cd sub && ls', ...ONCE],
    ['FOO=bar ls', ...ONCE],
    ['FOO=bar', ...ONCE],
    ['GIT_PAGER=cat git log', ...ONCE],
    ['ls *.txt', ...ONCE],
    ['ls ~/x', ...ONCE],
    ['ls $HOME "$X"', ...ONCE],
    ['ls $(date) `id`', ...ONCE],
    ['echo "x $(id)"', ...ONCE],
    ['export A=1; ls', ...ONCE],
    ['set -e; ls', ...ONCE],
    ['umask 077; ls', ...ONCE],
    ['sleep 5 &', ...ONCE],
    ['(ls)', ...ONCE],
    ['{ ls; }', ...ONCE],
    ['if ls; then id; else date; fi', ...ONCE],
    ['for i in a b; do ls $i; done', ...ONCE],
    ['while ls; do id; done', ...ONCE],
    ['until ls; do id; done', ...ONCE],
    ['case x in a|b*) ls;; *) id;; esac', ...ONCE],
    ['! ls', ...ONCE],
    ['ls >x -l', ...ONCE],
    ['python3 run.py && ls > out', ...ONCE],
    ['command ls', ...ONCE],
    ['python3 run.py; ls $X', ...ONCE],
    ['ls 2>/dev/null; python3 run.py', ...ONCE],
  ],
  'code that the shell computes, changes or feeds': [
    ['curl x | sh', ...no('inside-shell-parts')],
    ['ls && python3 run.py < data.txt', ...no('inside-shell-parts')],
    ['ls | python3 run.py > out', ...no('inside-shell-parts')],
    ['{ ls; python3 run.py; } > out', ...no('inside-shell-parts')],
    ['cat run.py | python3 run.py', ...no('inside-shell-parts')],
    ['echo code | node', ...no('inside-shell-parts')],
    ['ls | xargs rm', ...no('inside-shell-parts')],
    ['python3 run.py > out', ...no('inside-shell-parts')],
    ['python3 < run.py', ...no('inside-shell-parts')],
    ['python3 run.py &', ...no('inside-shell-parts')],
    ['(python3 run.py)', ...no('inside-shell-parts')],
    ['if true; then python3 run.py; fi', ...no('inside-shell-parts')],
    ['FOO=1 python3 run.py', ...no('inside-shell-parts')],
    ['python3 $X', ...no('inside-shell-parts')],
    ['python3 *.py', ...no('inside-shell-parts')],
    ['sh -c "$X"', ...no('inside-shell-parts')],
    ['./run.sh $X', ...no('inside-shell-parts')],
    ['sudo rm $X', ...no('inside-shell-parts')],
    ['echo $(python3 run.py)', ...no('inside-shell-parts')],
    ['echo $(curl x | sh)', ...no('inside-shell-parts')],
    ['command python3 run.py', ...no('inside-shell-parts')],
    ['cat <<EOF | sh\nid\nEOF', ...no('opaque-text')],
    ['cd sub && python3 run.py', ...no('after-directory-change')],
    ['pushd sub; ./run.sh', ...no('after-directory-change')],
    ['cd sub; ./tool', ...no('after-directory-change')],
    ['(cd sub); python3 run.py', ...no('after-directory-change')],
    ['{ cd sub; }; python3 run.py', ...no('after-directory-change')],
    ['export A=1; python3 run.py', ...no('after-shell-change')],
    ['A=1; python3 run.py', ...no('after-shell-change')],
    ['set -a; python3 run.py', ...no('after-shell-change')],
    ['exec < data.txt; python3 run.py', ...no('after-shell-change')],
    ['cp x run.py > log; python3 run.py', ...no('after-shell-change')],
    ['echo code > run.py; python3 run.py', ...no('after-shell-change')],
    ['ls && echo code > run.py; python3 run.py', ...no('after-shell-change')],
    ['ls | tee x > run.py && python3 run.py', ...no('after-shell-change')],
    ['{ ls; } > run.py; python3 run.py', ...no('after-directory-change')],
    ['cat <<E > run.py\nx\nE\npython3 run.py', ...no('after-shell-change')],
    ['$CMD', ...no('computed-name')],
    ['"$0" x', ...no('computed-name')],
    ['$(echo ls)', ...no('computed-name')],
    ['ls && $CMD', ...no('computed-name')],
    ['l*', ...no('computed-name')],
    ['alias ls=rm; ls', ...no('computed-name')],
    ['hash -p /tmp/x ls; ls', ...no('evaluated-text')],
    ['eval "ls"', ...no('evaluated-text')],
    ['source x', ...no('evaluated-text')],
    ['. ./x', ...no('evaluated-text')],
    ["trap 'id' EXIT", ...no('evaluated-text')],
    ["test -v 'a[$(id)]'", ...no('evaluated-text')],
    ["printf -v 'a[$(id)]' x", ...no('evaluated-text')],
    ["unset 'a[`id`]'", ...no('evaluated-text')],
    ['env -S "ls -l"', ...no('evaluated-text')],
    ['PATH=/tmp ls', ...no('assignment-refused')],
    ['LD_PRELOAD=x ls', ...no('assignment-refused')],
    ['export PATH=/tmp; ls', ...no('assignment-refused')],
    ['read PATH; ls', ...no('assignment-refused')],
    ['for PATH in /tmp; do ls; done', ...no('assignment-refused')],
    ['unset PATH; ls', ...no('assignment-refused')],
    ['env PATH=/tmp ls', ...no('assignment-refused')],
    ['', ...no('opaque-text')],
    ['# only a comment', ...no('opaque-text')],
    ['ls &&', ...no('opaque-text')],
    ['echo "x', ...no('opaque-text')],
    ['f() { ls; }; f', ...no('opaque-text')],
    ['nope', ...no('not-found')],
    ['/usr/bin/nope', ...no('not-found')],
    ['make all', ...no('task-runner')],
  ],
};

describe.each(Object.entries(rows))('%s', (_, table) => {
  it.each(table)('%j: %s with rules, %s without', async (text, listed, unlisted) => {
    expect([said(await judge(text, { rules: LISTED })), said(await judge(text))]).toEqual([listed, unlisted]);
  });

  it.each(table)(
    '%j: what %s runs with a rule, a grant runs, and nothing else',
    async (text, listed, unlisted) => {
      const literal = unlisted === 'prompt allowlist-miss';
      const granted = await judge(text, { granted: () => true });
      expect(said(granted)).toBe(literal ? 'run granted' : unlisted);
      const { verdict, onceOnly, allowAlways } = await judge(text, { rules: ANYTHING });
      expect(verdict).toBe(literal && listed.startsWith('run') ? 'run' : unlisted.split(' ')[0]);
      if (verdict === 'prompt' && !literal) expect([onceOnly, allowAlways]).toEqual([true, null]);
    },
  );
});

/** What surrounds a command, with `K` in its place. */
const AROUND = [
  ...[
    'K $X',
    'K "$X"',
    'K *',
    'K ~/x',
    'K `id`',
    'K > out',
    'K >> out',
    'K 2>&1',
    'K < data.txt',
    'ls | K | ls $X',
  ],
  ...[
    'K &',
    'K & ls',
    '(K)',
    '{ K; }',
    '! K',
    'A=1 K',
    'if ls; then K; fi',
    'for i in a; do K; done',
    'while ls; do K; done',
  ],
  ...[
    'case x in x) K;; esac',
    'echo $(K)',
    'echo "`K`"',
    'cat <<E\n$(K)\nE',
    'K <<E\nx\nE',
    'cd sub && K',
    'cd $X; K',
  ],
  ...[
    'pushd sub; K',
    '(ls); K',
    '(cd sub); K',
    '{ ls; }; K',
    'export A=1; K',
    'A=1; K',
    'unset A; K',
    'set -e; K',
    'umask 0; K',
  ],
  ...['read A; K', 'exec < data.txt; K', 'echo x > y; K', 'ls | tee x > y; K'],
];

describe('code and carriers stand alone', () => {
  it.each(AROUND)('%j', async (shape) => {
    for (const code of [
      'python3 run.py',
      'sh run.sh',
      './run.sh',
      'nice node run.js',
      "sh -c 'ls'",
      'sudo ls',
      'find . -exec ls {} +',
    ]) {
      const text = shape.replace('K', code);
      for (const asked of [{}, { rules: ANYTHING }, { granted: () => true }]) {
        expect([text, (await judge(text, asked)).verdict]).toEqual([text, 'deny']);
      }
    }
    expect(said(await judge(shape.replace('K', 'ls'), { rules: ANYTHING }))).toBe('prompt unknown-parts');
  });
});

describe('a wrapper is looked through, and a shell behind it is asked about whatever the rules say', () => {
  it.each<[wrapper: string, plain?: string]>([
    ['env'],
    ['env --'],
    ['env A=1', 'prompt environment-wrapper'],
    ['nice'],
    ['nice -n 5'],
    ['nice -5'],
    ['nice --adjustment=5'],
    ['nohup'],
    ['timeout 5'],
    ['timeout -s KILL 5'],
    ['timeout --signal=KILL 5'],
    ['timeout -k5 --foreground 5'],
    ['time'],
    ['time -p'],
    ['stdbuf -oL'],
    ['stdbuf -i 0 --output=L'],
    ['caffeinate'],
    ['caffeinate -dims'],
    ['caffeinate -t 5'],
    ['arch -arm64'],
    ['arch -arch x86_64'],
    ['xcrun', 'prompt fetched-program'],
    ['npm exec', 'prompt fetched-program'],
    ['npm exec --', 'prompt fetched-program'],
    ['npx', 'prompt fetched-program'],
    ['npx --yes', 'prompt fetched-program'],
    ['pnpm exec'],
    ['pnpm --reporter silent exec --'],
    ['pnpm dlx', 'prompt fetched-program'],
    ['yarn exec'],
    ['yarn dlx', 'prompt fetched-program'],
    ['bunx', 'prompt fetched-program'],
    ['nice nohup'],
  ])('%s', async (wrapper, plain = 'run rule-matches') => {
    const ls = await judge(`${wrapper} ls`, { rules: ANYTHING });
    const shell = await judge(`${wrapper} bash job.sh`, { rules: ANYTHING, granted: () => true });
    const files = shell.operands.map(({ path }) => path);
    expect([said(ls), ls.segments.map(({ argv }) => argv)]).toEqual([plain, [['ls']]]);
    expect([said(shell).split(' ')[0], shell.allowAlways, files]).toEqual(['prompt', null, [`${T}/job.sh`]]);
    expect(shell.onceOnly).toBe(true);
  });

  it('pnpm node', async () => {
    const { operands } = await judge('pnpm node run.js');
    expect(operands.map(({ path }) => path)).toEqual([`${T}/run.js`]);
    expect((await judge('pnpm node -e 1')).verdict).toBe('deny');
  });

  it.each([
    'setsid',
    'ionice -c 3',
    'chronic',
    'unbuffer',
    'watch',
    'strace',
    'env -i',
    'env -u A',
    'time -o x',
  ])('%s is none: what it runs is not looked into, and a script under it is refused', async (prefix) => {
    expect(said(await judge(`${prefix} ls`, { rules: LISTED, disk: carriers }))).toBe('prompt carrier');
    expect((await judge(`${prefix} sh job.sh`, { rules: ANYTHING, disk: carriers })).verdict).toBe('deny');
  });

  it.each([
    ['nice nice nice ls', 'run rule-matches'],
    ['nice nice nice nice ls', 'deny too-deep'],
    ['sudo env env ls', 'prompt carrier'],
    ['sudo env env env ls', 'deny too-deep'],
    ['sudo sudo sudo sudo ls', 'deny too-deep'],
    ['nice nice nice sudo ls', 'deny too-deep'],
    ["nice nice nice sh -c 'ls'", 'deny too-deep'],
    ["sh -c 'nice nice nice ls'", 'deny too-deep'],
  ])('at four layers the answer is no: %s', async (text, expected) => {
    expect(said(await judge(text, { rules: LISTED }))).toBe(expected);
  });

  it.each([
    'env PATH=/tmp ls',
    'env -i PATH=/tmp ls',
    'env -u A LD_PRELOAD=x ls',
    'env -P /x LD_PRELOAD=x ls',
    'sudo env LD_PRELOAD=x ls',
    'sudo env -i LD_PRELOAD=x ls',
    'xargs nice env LD_PRELOAD=x ls',
  ])('a variable that decides what runs is refused there as well: %s', async (text) => {
    expect(said(await judge(text, { rules: LISTED }))).toBe('deny assignment-refused');
  });
});

describe('a carrier', () => {
  it.each<[plain: string, carries: string, script: string]>([
    ['sudo', 'sudo ls', 'sudo sh run.sh'],
    ['sudo', 'sudo -u root ls', 'sudo ./run.sh'],
    ['doas', 'doas ls', 'doas python3 run.py'],
    ['xargs', 'xargs -n 1 ls', 'xargs -I % sh -c %'],
    ['xargs', 'xargs rm', 'xargs ./run.sh'],
    ['find . -name x', 'find . -exec ls {} \\;', 'find . -exec sh run.sh \\;'],
    ['find . -type f', 'find . -execdir ls {} +', 'find . -exec ./run.sh {} +'],
    ['find .', 'find . -ok rm {} \\;', 'find . -okdir python3 run.py \\;'],
    ['find .', 'find . -delete', 'find . -delete -exec node run.js \\;'],
    ['parallel', 'parallel ls', 'parallel ./run.sh'],
    ["awk '{print}' x", `awk 'BEGIN{system("id")}'`, `awk 'BEGIN{system("sh run.sh")}'`],
    ['sed s/a/b/ x', 'sed s/a/b/e x', 'sed -f x.sed y'],
    ['sed -n p x', "sed 'w out' x", "sed '1e sh run.sh' x"],
    ['ssh', 'ssh host ls', 'ssh host sh run.sh'],
    ['git status', 'git -c core.pager=x status', 'git -c core.pager=./run.sh log'],
    ['git log', 'git --exec-path=x status', 'git rebase --exec ./run.sh'],
    [
      'tar cf x y',
      'tar --checkpoint-action=exec=id -cf x y',
      'tar --checkpoint-action=exec=./run.sh -cf x y',
    ],
    ['busybox', 'busybox ls', 'busybox sh run.sh'],
    ['toybox', 'toybox ls', 'toybox sh run.sh'],
    ['flock', 'flock f ls', 'flock f sh run.sh'],
    ['docker', 'docker run x', 'docker run x python3 run.py'],
    ['docker', 'docker run x', 'docker run x "$(cat x)"'],
    ['sudo', 'sudo env A=1 ls', 'sudo nice sh run.sh'],
    ['sudo', 'sudo find . -delete', 'sudo xargs sh'],
  ])('%s carries nothing, %s does, and %s is refused', async (plain, carries, script) => {
    expect(said(await judge(plain, { rules: LISTED }))).toBe('run rule-matches');
    expect([said(await judge(carries, { rules: LISTED })), said(await judge(carries))]).toEqual([
      'prompt carrier',
      'prompt carrier',
    ]);
    expect((await judge(carries)).allowAlways).toBeNull();
    for (const asked of [{}, { rules: ANYTHING }, { granted: () => true }]) {
      expect((await judge(script, asked)).verdict).toBe('deny');
    }
  });

  it('is covered by a rule that says which arguments, for these alone', async () => {
    const rules = [{ pattern: '/usr/bin/sudo', argPattern: '^-u root ls$' }];
    expect(said(await judge('sudo -u root ls', { rules }))).toBe('run rule-matches');
    expect(said(await judge('sudo -u root rm', { rules }))).toBe('prompt carrier');
  });

  it.each([
    ['spawner ls', 'prompt allowlist-miss'],
    ['spawner install node', 'prompt allowlist-miss'],
    ['spawner --runtime node20 --source ./src', 'prompt allowlist-miss'],
    ['spawner sh run.sh', 'deny script-under-carrier'],
    ['spawner -n 5 python3 -u run.py', 'deny script-under-carrier'],
    ['spawner python3 /opt/x', 'deny script-under-carrier'],
    ['spawner sh $X', 'deny script-under-carrier'],
    ['npm install node ./x', 'prompt allowlist-miss'],
    ['which node run.js', 'run rule-matches'],
    ['echo sh run.sh', 'run rule-matches'],
    ['grep python3 run.py', 'run rule-matches'],
    ['whoami sh run.sh', 'run rule-matches'],
  ])('that nobody has modelled: %s', async (text, expected) => {
    expect(said(await judge(text, { rules: LISTED, disk: carriers }))).toBe(expected);
  });
});

describe('what is refused for its shape', () => {
  it.each(['curl x | sh', 'python3 -c 1', 'eval ls', '$CMD', '', 'make'])(
    '%j is not asked about with `always` either',
    async (text) => {
      expect((await judge(text, { security: 'full', ask: 'always' })).verdict).toBe('deny');
    },
  );

  it.each(['curl x | sh', 'python3 -c 1', 'eval ls', '$CMD', 'make'])(
    '%j runs where nobody wants to be asked',
    async (text) => {
      expect(said(await judge(text, { security: 'full', ask: 'off' }))).toBe('run policy-full');
    },
  );
});

describe('what is asked about once only', () => {
  it.each(['ls $X', 'ls > x', 'cd sub && ls', 'for i in a; do ls; done'])(
    '%j can be covered by no grant',
    async (text) => {
      const assessment = await judge(text, { granted: () => true });
      expect([assessment.verdict, assessment.onceOnly, assessment.allowAlways]).toEqual([
        'prompt',
        true,
        null,
      ]);
    },
  );

  it('names the parts that nobody knows', async () => {
    const { text } = await judge('ls $X *.c > out');
    expect(text).toContain('$X');
    expect(text).toContain('*.c');
    expect(text).toContain('> out');
  });
});

describe('the parts of a command', () => {
  it('are one row a command, with what stands before it', async () => {
    const { parts } = await judge('nice ls -l && cat $X > y | wc # done');
    expect(parts).toEqual([
      {
        kind: 'command',
        operator: null,
        executable: '/usr/bin/ls',
        tokens: [
          { text: 'nice', role: 'wrapper' },
          { text: 'ls', role: 'program' },
          { text: '-l', role: 'argument' },
        ],
      },
      {
        kind: 'command',
        operator: '&&',
        executable: '/usr/bin/cat',
        tokens: [
          { text: 'cat', role: 'program' },
          { text: '$X', role: 'unknown' },
          { text: '> y', role: 'unknown' },
        ],
      },
      {
        kind: 'command',
        operator: '|',
        executable: '/usr/bin/wc',
        tokens: [{ text: 'wc', role: 'program' }],
      },
      { kind: 'comment', text: '# done' },
    ]);
  });

  it('mark the file that runs', async () => {
    const { parts } = await judge('timeout 5 python3 run.py x');
    expect(parts[0]).toMatchObject({
      tokens: [
        { role: 'wrapper' },
        { role: 'wrapper' },
        { text: 'python3', role: 'program' },
        { text: 'run.py', role: 'operand' },
        { role: 'argument' },
      ],
    });
  });

  it('are the text itself where it is no plain sequence', async () => {
    expect((await judge('if ls\nthen id\nfi')).parts).toEqual([
      { kind: 'text', operator: null, lines: ['if ls', 'then id', 'fi'] },
    ]);
  });

  it('are the whole argv where it is not the plain transport', async () => {
    const { parts } = await judge(['/bin/sh', '-lc', '$0 "$1"', '/usr/bin/touch', '/tmp/m']);
    expect(parts[0]).toMatchObject({
      tokens: [
        { text: '/bin/sh' },
        { text: '-lc' },
        { text: `'$0 "$1"'` },
        { text: '/usr/bin/touch' },
        { text: '/tmp/m' },
      ],
    });
  });
});
