import fc from 'fast-check';

/** Programs of the tests: they note how they were called, and those with an `f` in front fail. */
export const PROGRAMS = ['ca', 'cb', 'cc', 'fa', 'fb'];

type Text = fc.Arbitrary<string>;
const of = (...parts: readonly string[]): Text => fc.constantFrom(...parts);
const joined = (...texts: readonly Text[]): Text => fc.tuple(...texts).map((all) => all.join(''));
const many = (text: Text, maxLength: number, by = ''): Text =>
  fc.array(text, { maxLength }).map((all) => all.join(by));
/** The first most of the time, and now and then one of the others. */
const mostly = (usual: Text, ...others: readonly Text[]): Text =>
  fc.oneof({ weight: 8, arbitrary: usual }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })));

const program = of(...PROGRAMS);
/** No slash: what these texts write stays in the folder that they run in. */
const letters = [
  ...'a b 1 - = # ! % @ + , . ^ : { } [ ] * ? $ \\ " \' ` ( ) ; & | < > ~ \u00e9 \u00a0 \u2028'.split(' '),
  ' ',
  '\t',
  '\r',
  '\n',
];
const letter = of(...letters);
const escaped = of(...letters.filter((each) => each !== '\n')).map((each) => `\\${each}`);
const inSingle = of(...letters.filter((each) => each !== "'"));
const inDouble = letter.map((each) => ('"`$\\'.includes(each) ? `\\${each}` : each));
const nothing = fc.constant('');
const pause = mostly(of('; ', ';', '\n'), of(' # c\n'));

const plainWord = mostly(
  fc.oneof(
    of(...'a b -x E if then in esac done } { ! 1 A=1 [ ] {} -- a#b % = do case for'.split(' ')),
    many(inSingle, 4).map((text) => `'${text}'`),
    joined(of('"'), many(inDouble, 4), of('', '', '$', "'", '#', '$x', '$(ca)', '`cb`'), of('"')),
    escaped,
  ),
  of('$x', '${x}', '"$@"', '$*', '$?', '*', '?', '~', '[a]', 'b=~', '`cb`', '"$$("'),
  many(letter, 3),
);
const redirect = fc.oneof(
  joined(of('>', '>>', '2>', '>|', '1>', '> '), of('o', 'p', "'q r'", '"o"')),
  of('2>&1', '>&2', '2>&-', '<o', '<&0', '>&1x', '10>o'),
  joined(
    of('<<E\n', "<<'E'\n", '<<-E\n'),
    many(of('x\n', "it's\n", '$(cb)\n', ')\n', '\tE \n'), 2),
    of('E\n'),
  ),
);

const { list } = fc.letrec<Record<'list' | 'command' | 'simple' | 'word', string>>((tie) => {
  const inner = tie('list');
  return {
    word: mostly(
      plainWord,
      joined(plainWord, plainWord),
      joined(of('$('), tie('command'), of(')', ' )', '\n)')),
    ),
    simple: joined(
      mostly(nothing, of('A=1 ', "A='b c' ", 'A=$(cb) ', 'A= ')),
      mostly(program, of('exec ca', 'command cb', ':', 'export', 'test')),
      many(
        mostly(tie('word'), redirect).map((text) => ` ${text}`),
        3,
      ),
    ),
    command: fc.oneof(
      { maxDepth: 2 },
      { weight: 12, arbitrary: tie('simple') },
      { weight: 1, arbitrary: joined(of('(', '( '), inner, of(')', '\n)')) },
      { weight: 1, arbitrary: joined(of('{ '), inner, of('; }', '\n}'), mostly(nothing, redirect)) },
      { weight: 1, arbitrary: joined(of('if '), inner, pause, of('then '), inner, pause, of('fi')) },
      { weight: 1, arbitrary: joined(of('while fa'), pause, of('do '), inner, pause, of('done')) },
      {
        weight: 1,
        arbitrary: joined(of('for i in '), plainWord, pause, of('do '), inner, pause, of('done')),
      },
      {
        weight: 1,
        arbitrary: joined(
          of('case '),
          plainWord,
          of(' in a) ', ' in (a|b) ', ' in *) '),
          inner,
          of(';; esac'),
        ),
      },
      { weight: 1, arbitrary: joined(of('! '), tie('simple')) },
    ),
    list: joined(
      tie('command'),
      many(
        joined(
          of(' && ', '&&', ' || ', '; ', ';', ' | ', '|', '\n', ' & ', ' #c\n', ' &&\n'),
          tie('command'),
        ),
        2,
      ),
    ),
  };
});

/** Texts by the grammar of shells, some of them with a letter too many. */
export const shellText: Text = mostly(
  list,
  fc.tuple(list, fc.nat(), letter).map(([text, place, more]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + more + text.slice(at);
  }),
);
