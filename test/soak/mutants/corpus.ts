import fc, { type Arbitrary } from 'fast-check';

import { anyText, command, piece, wrapped } from '../../policy/arbitrary-commands.ts';
import { type Asked, LISTED, type Question, questions } from '../../policy/world.ts';

const SEED = 4;
/** Of each kind of made-up command. */
const MADE_UP = 150;

/** Ways to ask that leave nothing but the shape of a command between it and the answer. */
const WAYS: readonly Asked[] = [
  { rules: ['*', ...LISTED] },
  { security: 'full', ask: 'off', askFallback: 'full' },
  { granted: () => true },
];

/**
 * What every mutant is asked besides the assertions: each command of the tests, as its test asked it, listed, with
 * everything open, with a grant, inside the gateway's shell and without; and made-up ones, the same in every run.
 */
export function corpus(): { asTested: Question[]; varied: Question[] } {
  const asTested = [...questions];
  const known = new Map<string, Question>();
  for (const { what, asked } of asTested) {
    const texts = typeof what === 'string' ? [what, ...plainWords(what)] : [what, ...asText(what)];
    for (const one of texts) {
      // On the disk of its test, and where it was asked; what else was said of it is varied.
      const { disk, cwd, path, own } = asked;
      const place = {
        ...(disk && { disk }),
        ...(cwd !== undefined && { cwd }),
        ...(path !== undefined && { path }),
        ...(own && { own }),
      };
      known.set(JSON.stringify([one, cwd, path, own]) + (disk === undefined ? '' : 'other disk'), {
        what: one,
        asked: place,
      });
    }
  }
  const chain = fc
    .tuple(command, fc.constantFrom(' && ', '; ', ' | ', '\n', ' & '), command)
    .map((parts) => parts.join(''));
  const argv = fc.array(fc.oneof(piece, command), { minLength: 1, maxLength: 6 });
  const madeUp = [
    ...sample(anyText),
    ...sample(chain),
    ...sample(wrapped.map(({ text }) => text)),
    ...sample(argv),
  ].map((what): Question => ({ what, asked: {} }));
  const varied = [...known.values(), ...madeUp].flatMap(({ what, asked }) =>
    WAYS.map((way): Question => ({ what, asked: { ...asked, ...way } })),
  );
  return { asTested, varied };
}

const sample = <T>(arbitrary: Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: MADE_UP, seed: SEED });
const plainWords = (text: string): string[][] => (/^[\w ./:=@%+,-]+$/.test(text) ? [text.split(/ +/)] : []);
const asText = (words: readonly string[]): string[] =>
  words.every((word) => /^[\w./:=@%+,-]+$/.test(word)) ? [words.join(' ')] : [];
