import { spawnSync } from 'node:child_process';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readShellGrammar } from '../../main/facts/shell-grammar.ts';
import { openShellReader } from '../../main/shell/shell-reader.ts';

const reader = await openShellReader(await readShellGrammar());

const summary = (text: string): string => {
  const reading = reader.read(text);
  if (reading.kind === 'opaque') return reading.cause;
  return reading.commands
    .map(({ operator, words, features, fed, assignments }) =>
      [
        operator === null ? '' : `${operator} `,
        JSON.stringify(words.map(({ literal }) => literal)),
        ...assignments.map(({ name }) => ` ${name}=`),
        ...[...features].map((feature) => ` ${feature}`),
        fed ? ' fed' : '',
      ].join(''),
    )
    .join(' / ');
};

describe('a text that both readers understand', () => {
  it.each([
    ['ls -l', '["ls","-l"]'],
    ['a && b || c; d | e\nf', '["a"] / && ["b"] / || ["c"] / ; ["d"] / | ["e"] fed / newline ["f"]'],
    ['a & b', '["a"] background / & ["b"]'],
    ['a && b &', '["a"] background / && ["b"] background'],
    [`a 'b  c' "d \\"e" f\\ g 'h'"i"j`, '["a","b  c","d \\"e","f g","hij"]'],
    ['a "\\x\\$y"', '["a","\\\\x$y"]'],
    ['a # b\nc', '["a"] / newline ["c"]'],
    ['a\rb c', '["a\\rb","c"]'],
    ['a\u00a0b\u2028c d', '["a\u00a0b\u2028c","d"]'],
    ['é ü', '["é","ü"]'],
    ['a $x ${y} "$z"', '["a",null,null,null] expansion'],
    ['a *.c [x] ? ~ b=~', '["a",null,null,null,null,null] glob tilde'],
    [
      'a $(b | c) `d`',
      '["a",null,null] substitution / ["b"] in-substitution / | ["c"] in-substitution fed / ["d"] in-substitution',
    ],
    ['A=1 b', '["b"] A= assignment'],
    ['A=$(b)', '[] A= substitution assignment / ["b"] in-substitution'],
    ['a > b < c', '["a"] redirection fed'],
    ['a 2>&1 | b', '["a"] redirection / | ["b"] fed'],
    ['a && b > c', '["a"] / && ["b"] redirection'],
    ['a | b < c', '["a"] / | ["b"] fed redirection'.replace(' fed redirection', ' redirection fed')],
    ['a > b c', '["a","c"] redirection'],
    [
      'a 2>&1;b >&2&&c <&-|d 2>&-',
      '["a"] redirection / ; ["b"] redirection / && ["c"] redirection / | ["d"] redirection fed',
    ],
    ['case a in b) c;; esac; g "$$" # h', '["c"] control-flow / ; ["g",null] expansion'],
    [
      'a <<E\n$(b) c\nE\nd',
      '["a"] redirection here-document fed / ["b"] redirection here-document in-substitution / newline ["d"]',
    ],
    ["a <<'E'\n$(b)\nE", '["a"] redirection here-document fed'],
    ['a || ! b', '["a"] / || ["b"] control-flow'],
    ['(a; b)', '["a"] subshell / ; ["b"] subshell'],
    ['{ a; } > b', '["a"] group redirection'],
    ['if a; then b; fi', '["a"] control-flow / ; ["b"] control-flow'],
    ['[ -f a -a "$b" ] && c', '["[","-f","a","-a",null,"]"] expansion / && ["c"]'],
    ['export A=1 B', '["export","A=1","B"] A= assignment'],
    ['a {} {b }', '["a","{}","{b","}"]'],
    ["a {b','c} '{d,e}' {f\\,g}", '["a","{b,c}","{d,e}","{f,g}"]'],
    ['a\t!b "$\'c\'"', '["a","!b","$\'c\'"]'],
    ['a ~+ b:~ c#d', '["a",null,"b:~","c#d"] tilde'],
  ])('%j: %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });
});

describe('a text that is opaque', () => {
  it.each([
    ['', 'empty'],
    [' \n\t', 'empty'],
    ['# a', 'empty'],
    ['a\0b', 'control-character'],
    ['a\u001b[0m', 'control-character'],
    ['a\u0085b', 'control-character'],
    ['a\ud800', 'control-character'],
    ['a \\\n b', 'line-continuation'],
    ['a "b\\\nc"', 'line-continuation'],
    ["a 'b", 'unfinished'],
    ['a "b', 'unfinished'],
    ['a $(b', 'unfinished'],
    ['a \\', 'unfinished'],
    ['cat <<E\nx', 'unfinished'],
    ['a |& b', 'shells-differ'],
    ['a &> b', 'shells-differ'],
    ['a >& b', 'shells-differ'],
    ["a $'b'", 'shells-differ'],
    ['a $"b"', 'shells-differ'],
    ['a {b,c}', 'shells-differ'],
    ['a {1..3}', 'shells-differ'],
    ['a 10> b', 'shells-differ'],
    ['a <(b)', 'shells-differ'],
    ['a >(b)', 'shells-differ'],
    ['a <<< b', 'shells-differ'],
    ['[[ a ]]', 'shells-differ'],
    ['((a))', 'shells-differ'],
    ['a $((1))', 'shells-differ'],
    ['a $[1]', 'shells-differ'],
    ['a ${b:-c}', 'shells-differ'],
    ['a ${b@P}', 'shells-differ'],
    ['a[0]=b', 'shells-differ'],
    ['a+=b', 'shells-differ'],
    ['a=(b c)', 'shells-differ'],
    ['a !(b)', 'shells-differ'],
    ['a() { b; }', 'shells-differ'],
    ['function a { b; }', 'shells-differ'],
    ['coproc a', 'shells-differ'],
    ['select a in b; do c; done', 'shells-differ'],
    ['case a in b) c;;& esac', 'shells-differ'],
    ['a `b "c"`', 'shells-differ'],
    // What bash 3.2 ends elsewhere than its successors.
    ['a "$(case x in y) b "; c; b ";; esac)"', 'shells-differ'],
    ['a $(case x in (y) b;; esac)', 'shells-differ'],
    ['a "$(b # it\'s\n)" "; c; \'"', 'shells-differ'],
    ['a $(b; #c\n)', 'shells-differ'],
    ['a $(b <<E\n)\nE\n)', 'shells-differ'],
    ['a $( ( b `c <<E` ) )', 'shells-differ'],
    ['a "$$( \' " \' )" ; c; b " \' # "', 'shells-differ'],
    ['a "$${"', 'shells-differ'],
    ['a $$[1]', 'shells-differ'],
    // A descriptor to dash, a file to bash.
    ['a >&1b', 'shells-differ'],
    ['a 2>&1"b"', 'shells-differ'],
    ['a <&1\rb', 'shells-differ'],
    ['a >&-b', 'shells-differ'],
    ["a 2>&-'b'", 'shells-differ'],
    ['a ;; b', 'syntax'],
    ['a )', 'syntax'],
    ['a &&', 'syntax'],
    ['| a', 'syntax'],
    ['{fd}>a b', 'shells-differ'],
    ['ls {PATH}>f', 'shells-differ'],
    [': {PATH}<f; ls', 'shells-differ'],
    ['ê=bin/tool id', 'shells-differ'],
    ['a > > b', 'syntax'],
    // The grammar skips the backquotes, and takes the newline for a blank.
    ['cat <<E > f\n$(a) b `c`\nE', 'readers-disagree'],
    ['[ a\n]', 'readers-disagree'],
    // The grammar ends the `case` at the argument.
    ["{ if a; then b; fi && case '' in *) c && d esac;; esac; }", 'readers-disagree'],
    ['a\u0001', 'control-character'],
    ['a\u000b', 'control-character'],
    ['a\u001f', 'control-character'],
    ['a\u007f', 'control-character'],
    ['a\u009f', 'control-character'],
    ['a &>> b', 'shells-differ'],
    ['a ${b//c/d}', 'shells-differ'],
    ['a ${!b}', 'shells-differ'],
    ['a ${#b}', 'shells-differ'],
    ['for ((a = 0; a < 1; a++)); do b; done', 'shells-differ'],
    ['a @(b)', 'shells-differ'],
    ['case a in b) c;& d) e;; esac', 'shells-differ'],
    [`${'$('.repeat(20)}a${')'.repeat(20)}`, 'too-deep'],
  ])('%j: %s', (text, cause) => {
    expect(summary(text)).toBe(cause);
  });
});

describe('a long text', () => {
  it.each([
    ['as long as may be', `a${' '.repeat(16_383)}`, '["a"]'],
    ['longer by one', `a${' '.repeat(16_384)}`, 'too-long'],
    ['longer in bytes', 'é'.repeat(9000), 'too-long'],
    ['with too many words', 'a '.repeat(5000), 'too-much-work'],
    ['that takes the grammar many steps', '$a'.repeat(8000), 'too-much-work'],
    ['in which the grammar looks ahead again and again', 'a?'.repeat(8000), 'too-much-work'],
  ])('%s', (_what, text, expected) => {
    expect(summary(text)).toBe(expected);
  });
});

describe('a text made to hurt the reader', () => {
  it.each(
    [
      '<',
      '< ',
      '<<a ',
      'a|',
      'a| ',
      '((',
      '$(',
      '"$(',
      '`',
      '` ',
      '{',
      '{ ',
      'if ',
      'a ',
      'a;',
      'a=',
      '! ',
      '[ ',
      "'",
      '"',
      '\\',
      '#\n',
      'a&',
      'a\n',
      '(',
      '( ',
      'case a in ',
      '<<E\n',
      '$a',
      '${a}',
      '>a ',
      '~',
      '*',
      'a?',
      '@a',
      '[a] ',
      '$%',
      'a@+',
    ].map((unit) => [unit]),
  )('%j over and over is answered soon, and the next text is read as ever', (unit) => {
    const started = performance.now();
    for (const size of [100, 2000, 16_000, 60_000])
      reader.read(unit.repeat(Math.ceil(size / unit.length)).slice(0, size));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(summary('ls | wc')).toBe('["ls"] / | ["wc"] fed');
  });
});

describe('what the shell itself makes of a text', () => {
  const letter = fc.constantFrom(
    'a',
    'b',
    ' ',
    '  ',
    "'",
    '"',
    '\\',
    '$',
    '\\$',
    '#',
    '=',
    '~',
    '{',
    '}',
    ',',
    '.',
    '-',
    '\t',
    '\r',
    'é',
    '\u00a0',
    '%',
    '@',
    '!',
    '^',
    ':',
    '/',
    '\u2028',
  );
  const text = fc
    .array(letter, { minLength: 1, maxLength: 14 })
    .map((letters) => `printf '<%s>' ${letters.join('')}`);

  it.each(['sh', 'bash'])(
    '%s gives the words that were read, wherever they are literal',
    { timeout: 60_000 },
    (shell) => {
      fc.assert(
        fc.property(text, (source) => {
          const reading = reader.read(source);
          if (reading.kind === 'opaque') return;
          const [command, ...more] = reading.commands;
          if (command === undefined || more.length > 0 || command.features.size > 0) return;
          const words = command.words.slice(2).map(({ literal }) => literal ?? '');
          const { stdout } = spawnSync(shell, ['-c', source], {
            encoding: 'utf8',
            env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
          });
          expect(stdout).toBe(words.length === 0 ? '<>' : words.map((word) => `<${word}>`).join(''));
        }),
        { numRuns: Number(process.env['LATCHKEY_PROPERTY_RUNS'] ?? 250) },
      );
    },
  );
});
