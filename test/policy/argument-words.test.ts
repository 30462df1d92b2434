import { expect, it } from 'vitest';

import { disk, judge, said, T } from './world.ts';

const python = (argPattern: string) => [{ pattern: `${T}/bin/python3`, argPattern }];

it.each<[string, readonly string[], string]>([
  ['^run\\.py( |$)', ['python3', 'run.py', 'x'], 'run rule-matches'],
  ['^run\\.py( |$)', ['python3', 'run.py x/evil.py'], 'deny not-bindable'],
  ['^a\\.py( |$)', ['python3', 'a.py b.py'], 'prompt allowlist-miss'],
  ['^a\\.py( |$)', ['python3', 'a.py\tb.py'], 'prompt allowlist-miss'],
  ['^run\\.py( |$)', ['python3', 'run.py', 'two words'], 'prompt allowlist-miss'],
  ['^run\\.py\0two words\0$', ['python3', 'run.py', 'two words'], 'run rule-matches'],
])('a rule for what runs others, %j, for %j: %s', async (argPattern, argv, expected) => {
  const files = { 'a.py b.py': 'x', 'a.py\tb.py': 'x' };
  const world = disk(
    Object.fromEntries(Object.entries(files).map(([name, file]) => [`${T}/${name}`, { file }])),
  );
  expect(said(await judge(argv, { rules: python(argPattern), disk: world }))).toBe(expected);
});

it('a program that runs nothing may be told texts', async () => {
  const rules = [{ pattern: `${T}/bin/git`, argPattern: '^commit -m ' }];
  expect(said(await judge(['git', 'commit', '-m', 'two words'], { rules }))).toBe('run rule-matches');
});
