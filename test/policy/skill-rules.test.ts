import { expect, it } from 'vitest';

import { effectivePolicy } from '../../main/policy/effective-policy.ts';
import { NO_RULES } from '../../main/policy/rules-file.ts';
import { skillRules } from '../../main/policy/skill-rules.ts';

it.each([
  ['that others than root can write, bound to what it was', 'ab', { '/opt/tool': 'ab' }],
  ['that only root can write, by its place alone', null, {}],
])('a ticked command counts for a program %s', (_, sha256, hashes) => {
  expect(skillRules([{ name: 'tool', path: '/opt/tool', sha256 }])).toMatchObject([
    { pattern: '/opt/tool', byName: 'tool', hashes },
  ]);
});

it.each([
  ['nobody says so', {}, {}, 0],
  ['the defaults say so', { autoAllowSkills: true }, {}, 1],
  ['the agent says so', {}, { autoAllowSkills: true }, 1],
  ['the defaults say so, and the agent does not', { autoAllowSkills: true }, { autoAllowSkills: false }, 0],
])('where %s: %j %j, %i ticked command counts', (_, defaults, main, expected) => {
  const notes = { ...NO_RULES, skills: [{ name: 'tool', path: '/opt/tool', sha256: null }] };
  const { rules } = effectivePolicy({ version: 1, defaults, agents: { main } }, 'main', notes);
  expect(rules).toHaveLength(expected);
});
