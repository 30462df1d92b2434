import { describe, expect, it } from 'vitest';

import { proofLines, stopWords } from '../../main/app/stop-words.ts';
import { stopWords as windowWords } from '../../renderer/words/stop-words.ts';

describe('what was looked for after unpairing', () => {
  it.each([
    ['en', 'gone', 'Ways back in: none left'],
    ['en', 'left', 'Ways back in: still there'],
    ['ko', 'gone', '다시 들어올 길: 남은 것 없음'],
    ['ko', 'left', '다시 들어올 길: 남아 있음'],
  ] as const)(
    'says in %s, where the mark that keeps the gateway out shows it %s: %s',
    (language, state, line) => {
      const [said] = proofLines([{ what: 'mark', state, detail: null }], stopWords[language]).split('\n');
      expect(said).toBe(line);
    },
  );

  it.each(['en', 'ko'] as const)('is called the same in the windows and outside of them (%s)', (language) => {
    const { findings, states } = stopWords[language];
    expect(findings['mark']).toBe(windowWords.foundMark[language]);
    expect(states.gone).toBe(windowWords.foundGone[language]);
    expect(states.left).toBe(windowWords.foundLeft[language]);
  });
});
