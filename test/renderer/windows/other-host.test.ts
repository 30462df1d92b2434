import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { promptStates } from '../../gallery/prompt-states.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

describe('a question for another computer', () => {
  it.each([
    ['en', 'on another computer', 'Runs on another computer', 'your Mac'],
    ['ko', '다른 컴퓨터에서 실행하려는', '다른 컴퓨터에서 실행됩니다', '이 Mac에서'],
  ] as const)(
    'says in %s where it would run, and never that it is this Mac',
    async (language, title, warning, not) => {
      const prompt = await stage.show('prompt', { ...promptStates['other-host'], language });
      const said = await prompt.page.locator('body').innerText();
      await prompt.close();
      for (const part of [title, warning, 'build-server (3f9a51c07be2)']) expect(said).toContain(part);
      expect(said).not.toContain(not);
      expect(prompt.complaints).toEqual([]);
    },
  );
});
