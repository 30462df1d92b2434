import { describe, expect, it } from 'vitest';

import { ANYTHING, judge, LISTED, said } from './world.ts';

/** What each shape comes to with every program listed, and with no rule at all. */
type Row = readonly [text: string, listed: string, unlisted: string];

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
    ['A=1 ls; python3 run.py', ...ONCE],
    ['A=1 :; ls', ...ONCE],
    ['> out.txt', ...ONCE],
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
    ['command cd sub; python3 run.py', ...no('after-directory-change')],
    ['command -- cd sub; python3 run.py', ...no('after-directory-change')],
    ['command -p -- cd sub && ./tool', ...no('after-directory-change')],
    ['builtin -- pushd sub; sh run.sh', ...no('after-directory-change')],
    ['command -- printf -v A b; python3 run.py', ...no('after-shell-change')],
    ['command -- hash -r; ls', ...no('computed-name')],
    ['command command cd sub; python3 run.py', ...no('after-directory-change')],
    ["command 'cd' sub; python3 run.py", ...no('after-directory-change')],
    ['export A=1; python3 run.py', ...no('after-shell-change')],
    ['A=1; python3 run.py', ...no('after-shell-change')],
    ['A=1 :; python3 run.py', ...no('after-shell-change')],
    ['< data.txt; python3 run.py', ...no('after-shell-change')],
    ['> run.py; python3 run.py', ...no('after-shell-change')],
    ['A=1 times; ./run.sh', ...no('after-shell-change')],
    ['A=1 eval; sudo ls', ...no('evaluated-text')],
    ['set -a; python3 run.py', ...no('after-shell-change')],
    ['exec < data.txt; python3 run.py', ...no('inside-shell-parts')],
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
    ['export A=1 run.py; ls', ...no('evaluated-text')],
    ["declare 'X=($(id))'; ls", ...no('evaluated-text')],
    ["declare 'DIRSTACK=x'; ls", ...no('assignment-refused')],
    ['for LC_ALL in zh_CN.GBK; do ls; done', ...no('assignment-refused')],
    ['for GIT_PAGER in ./x; do ls; done', ...no('assignment-refused')],
    ['command -v ./tool > run.sh; sh run.sh', ...no('after-shell-change')],
    ['command -V ./tool >> run.py; python3 run.py', ...no('after-shell-change')],
    ['(command -v ./tool) > run.sh; sh run.sh', ...no('after-directory-change')],
    ['for i in 1 2; do ./tool; cd sub; done', ...no('after-directory-change')],
    ['until ls; do id; alias ls=id; done', ...no('computed-name')],
    ['command exec cd sub; ./tool', ...no('after-directory-change')],
    ['builtin command cd sub; ./tool', ...no('after-directory-change')],
    ['command command alias ls=id; ls', ...no('computed-name')],
    ['exec < data.txt; sudo', ...no('inside-shell-parts')],
    ['exec < data.txt; ls; xargs', ...no('inside-shell-parts')],
    ['time -p -p ls', ...no('opaque-text')],
    ['time A=sub/x ls', ...no('opaque-text')],
    [`${'ls;'.repeat(256)} ls`, ...no('opaque-text')],
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
