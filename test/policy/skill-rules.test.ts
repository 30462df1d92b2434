import { expect, it } from 'vitest';

import { skillRules } from '../../main/policy/skill-rules.ts';

it.each([
  ['that others than root can write, bound to what it was', 'ab', { '/opt/tool': 'ab' }],
  ['that only root can write, by its place alone', null, {}],
])('a ticked command counts for a program %s', (_, sha256, hashes) => {
  expect(skillRules([{ name: 'tool', path: '/opt/tool', sha256 }])).toMatchObject([
    { pattern: '/opt/tool', byName: 'tool', hashes },
  ]);
});
