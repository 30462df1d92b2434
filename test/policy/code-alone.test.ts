import { describe, expect, it } from 'vitest';

import { ANYTHING, judge, said } from './world.ts';

/** What surrounds a command, with `K` in its place. */
const AROUND = [
  ...[
    'K $X',
    'K "$X"',
    'K *',
    'K ~/x',
    'K `id`',
    'K > out',
    'K >> out',
    'K 2>&1',
    'K < data.txt',
    'ls | K | ls $X',
  ],
  ...[
    'K &',
    'K & ls',
    '(K)',
    '{ K; }',
    '! K',
    'A=1 K',
    'if ls; then K; fi',
    'for i in a; do K; done',
    'while ls; do K; done',
  ],
  ...[
    'case x in x) K;; esac',
    'echo $(K)',
    'echo "`K`"',
    'cat <<E\n$(K)\nE',
    'K <<E\nx\nE',
    'cd sub && K',
    'cd $X; K',
  ],
  ...[
    'pushd sub; K',
    '(ls); K',
    '(cd sub); K',
    '{ ls; }; K',
    'export A=1; K',
    'A=1; K',
    'unset A; K',
    'set -e; K',
    'umask 0; K',
  ],
  ...['read A; K', 'exec < data.txt; K', 'echo x > y; K', 'ls | tee x > y; K'],
];

describe('code and carriers stand alone', () => {
  it.each(AROUND)('%j', async (shape) => {
    for (const code of [
      'python3 run.py',
      'sh run.sh',
      './run.sh',
      'nice node run.js',
      "sh -c 'ls'",
      'sudo ls',
      'find . -exec ls {} +',
    ]) {
      const text = shape.replace('K', code);
      for (const asked of [{}, { rules: ANYTHING }, { granted: () => true }]) {
        expect([text, (await judge(text, asked)).verdict]).toEqual([text, 'deny']);
      }
    }
    expect(said(await judge(shape.replace('K', 'ls'), { rules: ANYTHING }))).toBe('prompt unknown-parts');
  });
});
