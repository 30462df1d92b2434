import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { REASONS } from '../../main/policy/reasons.ts';
import { WARNINGS } from '../../main/policy/warnings.ts';
import { WARNING_TITLES } from '../../renderer/prompt/warning-titles.ts';
import { speak } from '../../renderer/shared/voice.ts';
import { catalogue } from '../../renderer/words/catalogue.ts';
import { reasonWords } from '../../renderer/words/reason-words.ts';

const partNames = readdirSync('renderer/words').filter((name) => name.endsWith('-words.ts'));
const parts = await Promise.all(
  partNames.map(async (name) => {
    const words = (await import(`../../renderer/words/${name}`)) as Readonly<Record<string, object>>;
    return Object.assign({}, ...Object.values(words)) as object;
  }),
);
const sentences = Object.entries(catalogue);
const holesOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole).toSorted();

describe('the catalogue', () => {
  it('has no key in two places, where one would silence the other', () => {
    const keys = parts.flatMap((part) => Object.keys(part));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  const failing = (ok: (words: { readonly en: string; readonly ko: string }) => boolean) =>
    sentences.filter(([, words]) => !ok(words)).map(([key]) => key);

  it('says every sentence in both languages', () => {
    const hangul = /\p{Script=Hangul}/u;
    expect(failing(({ en, ko }) => /[A-Za-z]/.test(en) && !hangul.test(en) && hangul.test(ko))).toEqual([]);
  });

  it('has the same holes in both languages', () => {
    expect(failing(({ en, ko }) => holesOf(en).join() === holesOf(ko).join())).toEqual([]);
  });

  it('shouts at nobody', () => {
    expect(failing(({ en, ko }) => !/!|danger|위험/i.test(en + ko))).toEqual([]);
  });

  it('lets no Korean particle depend on what fills a hole', () => {
    // A quoted name is followed by a noun of ours: which particle is right would depend on the name's last sound.
    expect(failing(({ ko }) => !/\}(?:을|를|이|가|은|는|과|와|으로|로)(?:\s|$|[.,])/.test(ko))).toEqual([]);
  });

  it('holds nothing that no window says', () => {
    const source = ['prompt', 'pairing', 'settings', 'incident', 'shared']
      .flatMap((folder) =>
        readdirSync(`renderer/${folder}`)
          .filter((name) => name.endsWith('.ts'))
          .map((name) => readFileSync(`renderer/${folder}/${name}`, 'utf8')),
      )
      .join('\n');
    const said = Object.keys(catalogue).filter((key) => !(key in reasonWords));
    expect(said.filter((key) => !source.includes(`'${key}'`))).toEqual([]);
  });

  it('has words for every reason that main can give, and for no other', () => {
    expect(Object.keys(reasonWords).toSorted()).toEqual(
      Object.keys(REASONS)
        .map((code) => `why-${code}`)
        .toSorted(),
    );
  });

  it('has words for every warning', () => {
    expect(Object.keys(WARNINGS).filter((code) => WARNING_TITLES[code] === undefined)).toEqual([]);
  });
});

describe('a voice', () => {
  const voice = speak('en', ['ko-KR', 'en-NZ', 'en-US']);

  it('speaks the variant of its language that the person prefers', () => {
    expect(voice.locale).toBe('en-NZ');
    expect(speak('ko', ['en-US']).locale).toBe('ko');
  });

  it('puts each value into its hole and nothing into a value', () => {
    const pieces = voice.say('onlyAgent', { agent: '{gateway}', gateway: 7 });
    expect(pieces).toEqual(['only ', '{gateway}', ' on ', 7]);
  });

  it('leaves a hole in sight rather than saying undefined', () => {
    const none = {} as { folder: string };
    expect(voice.say('inFolder', none)).toEqual(['In ', '{folder}']);
  });
});
