import { describe, expect, it } from 'vitest';

import { touchId } from '../../main/app/platform/touch-id.ts';
import { proofByTouchId } from '../../main/app/proof-of-person.ts';
import type { Prompt } from '../../main/prompt/prompt.ts';
import type { TouchIdLevel } from '../../main/state/touch-id-level.ts';
import { exampleAssessment, examplePrompt } from './examples.ts';

const grave = examplePrompt({
  assessment: exampleAssessment({ warnings: [{ code: 'sends-files', text: '' }] }),
});
const usual = examplePrompt();

function setUp(sensor: 'absent' | 'accepts' | 'refuses', level: TouchIdLevel = 'high') {
  const reasons: string[] = [];
  const proof = proofByTouchId(
    touchId({
      canPromptTouchID: () => sensor !== 'absent',
      promptTouchID: (reason) => {
        reasons.push(reason);
        return sensor === 'accepts' ? Promise.resolve() : Promise.reject(new Error('Canceled by user.'));
      },
    }),
    () => level,
    { usual: 'allow it', grave: 'allow what is grave' },
  );
  return { prove: (prompt: Prompt) => proof.given(prompt), proof, reasons };
}

describe('Touch ID', () => {
  it.each([
    ['accepts', true],
    ['refuses', false],
  ] as const)('%s: a command with a high warning is proven: %s', async (sensor, proven) => {
    const { prove, reasons } = setUp(sensor);
    expect(await prove(grave)).toBe(proven);
    expect(reasons).toEqual(['allow what is grave']);
  });

  it('is not asked for a usual command', async () => {
    const { prove, reasons } = setUp('refuses');
    expect(await prove(usual)).toBe(true);
    expect(reasons).toEqual([]);
  });

  it('set to always, is asked for every command', async () => {
    const { prove, reasons } = setUp('refuses', 'always');
    expect(await prove(usual)).toBe(false);
    expect(reasons).toEqual(['allow it']);
  });

  it('set to never, is asked for none', async () => {
    const { prove, reasons } = setUp('refuses', 'never');
    expect(await prove(grave)).toBe(true);
    expect(reasons).toEqual([]);
  });

  it('is not asked for where there is none', async () => {
    const { prove, reasons } = setUp('absent');
    expect(await prove(grave)).toBe(true);
    expect(reasons).toEqual([]);
  });
});

describe('the hint that Touch ID will be asked for', () => {
  it.each<['absent' | 'accepts', TouchIdLevel, boolean, boolean]>([
    ['absent', 'always', false, false],
    ['accepts', 'never', false, false],
    ['accepts', 'high', true, false],
    ['accepts', 'always', true, true],
  ])(
    'with a sensor that is %s, set to %s: %s for a grave command, %s for a usual one',
    (sensor, level, ofGrave, ofUsual) => {
      const { proof, reasons } = setUp(sensor, level);
      expect([proof.needed(grave), proof.needed(usual)]).toEqual([ofGrave, ofUsual]);
      expect(reasons).toEqual([]);
    },
  );
});
