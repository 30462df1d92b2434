import { expect, it } from 'vitest';

import { failure } from '../../main/app/envelopes.ts';
import { skillHandlers } from '../../main/app/skill-handlers.ts';

it('to tick a skill’s command takes the person’s finger, to untick it does not', async () => {
  const done: string[] = [];
  const { tickSkill } = skillHandlers(
    {
      ...{ wanted: true, list: [] },
      tick: (name) => Promise.resolve(void done.push(`tick ${name}`)),
      untick: (name) => Promise.resolve(void done.push(`untick ${name}`)),
    },
    () => Promise.resolve(failure('not-proven', 'Touch ID did not confirm it.')),
  );
  const skill = { name: 'gh', path: '/opt/gh' };
  expect(await tickSkill({ ...skill, ticked: true })).toMatchObject({ ok: false, code: 'not-proven' });
  expect(await tickSkill({ ...skill, ticked: false })).toMatchObject({ ok: true });
  expect(done).toEqual(['untick gh']);
});
