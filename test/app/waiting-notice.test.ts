import { expect, it } from 'vitest';

import type { Notice } from '../../main/app/platform/notices.ts';
import { WaitingNotice } from '../../main/app/waiting-notice.ts';
import { wordsFor } from '../../main/app/words.ts';
import { exampleAssessment, examplePrompt } from './examples.ts';

function setUp() {
  const notices: (Notice & { closed: boolean })[] = [];
  let revealed = 0;
  let nowMs = 0;
  const waiting = new WaitingNotice({
    words: wordsFor('en'),
    clocks: { steady: () => nowMs, wall: () => 0 },
    formatTime: () => '14:47',
    notify: (notice) => {
      const shown = { ...notice, closed: false };
      notices.push(shown);
      return { close: () => void (shown.closed = true) };
    },
    reveal: () => (revealed += 1),
  });
  return { waiting, notices, revealed: () => revealed, pass: (ms: number) => (nowMs += ms) };
}

it('says who wants to run what, and until when, and leads to the question', () => {
  const { waiting, notices, revealed } = setUp();
  waiting.unseen(examplePrompt());
  expect(notices).toMatchObject([
    { title: '“main” wants to run “git”', body: 'Click to read it. Denied at 14:47 unless you answer.' },
  ]);
  notices[0]?.clicked?.();
  expect(revealed()).toBe(1);
});

it('says no name that could be a sentence, and nothing of the command', () => {
  const { waiting, notices } = setUp();
  const argv = ['Allowed by Latchkey', '--secret-argument'];
  const prompt = examplePrompt({
    assessment: exampleAssessment({ segments: [{ argv, executable: null, via: [], sha256: null }] }),
  });
  waiting.unseen({ ...prompt, request: { ...prompt.request, agentId: 'main: press Allow' } });
  expect(notices[0]?.title).toBe('An agent wants to run a program');
  expect(JSON.stringify(notices)).not.toMatch(/Latchkey|secret|press/);
});

it('tells once of a burst, and again later', () => {
  const { waiting, notices, pass } = setUp();
  for (let n = 0; n < 100; n += 1) waiting.unseen(examplePrompt({ id: `p${n}` }));
  expect(notices).toHaveLength(1);
  pass(10_000);
  waiting.unseen(examplePrompt({ id: 'later' }));
  expect(notices.map(({ closed }) => closed)).toEqual([true, false]);
});

it('goes with its question, and with no other', () => {
  const { waiting, notices } = setUp();
  waiting.unseen(examplePrompt({ id: 'p1' }));
  waiting.over({ id: 'other' });
  expect(notices[0]?.closed).toBe(false);
  waiting.over({ id: 'p1' });
  expect(notices[0]?.closed).toBe(true);
});
