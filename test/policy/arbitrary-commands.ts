import fc from 'fast-check';

/** Pieces of shell that mean something, glued in every way. */
export const piece = fc.constantFrom(
  ...[
    'ls',
    'echo',
    'git',
    'python3',
    'run.py',
    './run.sh',
    'sh',
    'bash',
    '-c',
    '-l',
    'env',
    'nice',
    'timeout 5',
    'sudo',
    'xargs',
    'npx',
    'make',
    'awk',
    'find . -exec',
    '&&',
    '||',
    ';',
    '|',
    '&',
    '\n',
    '(',
    ')',
    '{',
    '}',
    '<',
    '>',
    '>>',
    '<<E',
    '\nE\n',
    '2>&1',
    '$X',
    '${X}',
    '$(',
    '`',
    '"',
    "'",
    '\\',
    '*',
    '?',
    '[',
    ']',
    '~',
    'if',
    'then',
    'fi',
    'for i in',
    'do',
    'done',
    'case x in',
    'esac',
    '!',
    'cd sub',
    'export A=1',
    'A=1',
    'PATH=x',
    'eval',
    '. x',
    '#',
    '\r',
    '\u00a0',
    '\u2028',
    '\t',
    '$0',
    '"$@"',
    '{}',
    '{a,b}',
    '|&',
    '&>',
    "$'a'",
    '[[',
    '<(',
    '\ud800',
    '\0',
    'é',
    '--',
    '-',
    '=',
  ],
);
const shellText = fc
  .array(fc.tuple(piece, fc.constantFrom('', ' ', ' ')), { maxLength: 14 })
  .map((pieces) => pieces.map(([text, gap]) => text + gap).join(''));

/** Names with what stands behind them: of programs, runtimes, shells, carriers, wrappers and builtins. */
const start = fc.constantFrom(
  ...'ls,echo,id,git status,python3,python3 run.py,python3 -c,./run.sh,node run.js,sh,sh -c ls,bash run.sh,sudo,xargs,nice,env,env A=1,timeout 5,find . -exec,awk,make,npm test,npx,cd,cd sub,export A=1,eval,.,command,set -e,trap,read X,rm,tee run.sh,cp x run.sh,nope'.split(
    ',',
  ),
);
const usually = (often: string, rarely: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...often.split('|')) },
    { weight: 1, arbitrary: fc.constantFrom(...rarely.split('|')) },
  );
// Rarely: what shells read in different ways, which makes a whole text opaque.
const plainWord = usually(
  'ls|run.py|-c|-l|x|a=b|2|$X|"$X"|"a b"|\'a b\'|a\\ b|"x$(id)y"|`id`|*.c|[a-z]|~/x|~u|"$@"|$0|--|{}|\\;|é',
  "{a,b}|$'a'|<(ls)|!(x)|${X:-a}|${#X}|$((1+1))",
);
const redirect = usually(
  "> out|>> out|< data.txt|2>&1|2>/dev/null|>&-|> run.py|> $X|<<E\n$(id)\nE|<<'E'\nx\nE",
  '<<< x|&> out',
);
const assignment = usually('A=1 |PATH=x |A=$(id) |A=$X B=2 ', 'A=(1 2) |A+=1 ');
const some = (part: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: part });

/** Texts that follow the grammar, with every kind of statement in every other. */
export const { grammarText } = fc.letrec<Record<'grammarText' | 'word' | 'simple', string>>((tie) => {
  const text = tie('grammarText');
  const two = fc.tuple(text, text);
  const around = (before: string, after: string): fc.Arbitrary<string> =>
    text.map((inner) => before + inner + after);
  return {
    word: fc.oneof({ maxDepth: 2, withCrossShrink: true }, plainWord, around('$(', ')'), around('"$(', ')"')),
    simple: fc
      .tuple(some(assignment), start, fc.array(tie('word'), { maxLength: 3 }), some(redirect))
      .map(([set, name, words, to]) => `${set}${[name, ...words].join(' ')} ${to}`.trim()),
    grammarText: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 6, arbitrary: tie('simple') },
      {
        weight: 2,
        arbitrary: fc
          .tuple(two, fc.constantFrom(' && ', ' || ', '; ', ' | ', '\n', ' & '))
          .map(([both, mark]) => both.join(mark)),
      },
      around('(', '\n)'),
      around('{ ', '\n}'),
      around('! ', ''),
      around('', ' &'),
      around('{ ', '\n} > out'),
      around('for i in a b; do ', '\ndone'),
      around('case x in a|b) ', '\n;; esac'),
      around('', ' # and more'),
      two.map(([test, then]) => `if ${test}\nthen ${then}\nfi`),
      two.map(([test, then]) => `if ${test}\nthen ${then}\nelif ls; then id; else ls; fi`),
      two.map(([test, then]) => `while ${test}\ndo ${then}\ndone`),
      two.map(([test, then]) => `until ${test}\ndo ${then}\ndone`),
    ),
  };
});
/** Bytes, as they come when somebody takes them for text. */
const bytes = fc
  .tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('utf8', 'latin1', 'utf16le'))
  .map(([raw, encoding]) => Buffer.from(raw).toString(encoding as BufferEncoding));
/** What the grammar has, and no reader of ours takes. */
const unread = fc
  .tuple(
    grammarText,
    fc.constantFrom(
      ...'f() { @\n}%[[ a == b ]] && @%(( 1 )); @%@ |& ls%select i in a; do @\ndone%coproc @'.split('%'),
    ),
  )
  .map(([text, outer]) => outer.replace('@', () => text));
export const anyText = fc.oneof(
  { weight: 3, arbitrary: shellText },
  { weight: 3, arbitrary: grammarText },
  { weight: 1, arbitrary: unread },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: bytes },
);
export const command = fc.constantFrom(
  'ls',
  'ls -l',
  'id',
  'git status',
  'python3 run.py',
  'python3 -c x',
  './run.sh',
  'sudo ls',
  'nope',
  'ls $X',
  'cd sub',
  'sh -c ls',
  'eval ls',
  'git status -sb',
  'git -c core.pager=x status',
  'node --import=x run.js',
  'awk -f x',
  'npm test',
  'rm -rf x',
  'ls > out',
  'A=1 ls',
);

/** Code in the middle of whatever else: fed, redirected, grouped, computed, or after a change of the shell. */
export const disturbedCode = fc
  .tuple(
    fc.constantFrom(
      'python3 run.py',
      './run.sh',
      'node run.js',
      'sh run.sh',
      'sudo ls',
      'sh -c ls',
      'perl safe.pl',
    ),
    fc.constantFrom(
      ...'ls | @%@ > out%@ < data.txt%(@)%{ @; }%@ &%! @%A=1 @%cd sub && @%(cd sub); @%export A=1; @%echo x > run.py; @%if ls; then @; fi%for i in a; do @; done%echo $(@)%ls "`@`"%@ $X%@ *'.split(
        '%',
      ),
    ),
    fc.constantFrom('@', 'ls; @', '@; ls', 'ls && @ || id', 'git status\n@'),
  )
  .map(([code, around, chain]) => chain.replace('@', () => around.replace('@', () => code)));

/** Any text behind a shell behind a wrapper. */
export const shellBehindWrapper = fc
  .tuple(
    fc.constantFrom('nice', 'nohup', 'env', 'timeout 5', 'stdbuf -oL', 'env nice', 'time'),
    fc.constantFrom('sh', 'bash', '/bin/sh', 'bash -e'),
    fc.oneof(command, grammarText),
  )
  .map(([wrapper, shell, text]) => `${wrapper} ${shell} -c '${text.replaceAll("'", "'\\''")}'`);

const wrapper = fc.constantFrom(
  'env',
  'nice',
  'nohup',
  'timeout 5',
  'stdbuf -oL',
  'env A=1',
  'sudo',
  'sh -c',
  'bash -lc',
  'xargs',
  'env -i',
);
const around = (outer: string, text: string): string =>
  / -[elf]?c$/.test(outer) ? `${outer} '${text.replaceAll("'", "'\\''")}'` : `${outer} ${text}`;
/** A command behind up to four wrappers, or any text behind a shell; and the same without. */
export const wrapped = fc.oneof(
  fc.tuple(fc.array(wrapper, { minLength: 1, maxLength: 4 }), command).map(([wrappers, inner]) => ({
    inner,
    text: wrappers.reduceRight<string>((text, outer) => around(outer, text), inner),
  })),
  fc
    .tuple(fc.constantFrom('sh -c', 'bash -lc', 'nice sh -c', 'env sh -ec'), grammarText)
    .map(([outer, inner]) => ({ inner, text: around(outer, inner) })),
);
