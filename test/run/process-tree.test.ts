import { execFileSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import {
  parsePs,
  parseStat,
  type ProcessEntry,
  readIdentity,
  readProcessTable,
} from '../../main/run/process-table.ts';
import { ProcessTree } from '../../main/run/process-tree.ts';

/** A row: its number, its parent, its group, its session, and when it started. */
const row = (
  pid: number,
  ppid: number,
  pgid = 100,
  sid: number | null = 100,
  startId = `t${pid}`,
): ProcessEntry => ({ pid, ppid, pgid, sid, startId });
const numbers = (tree: ProcessTree) => tree.members.map(({ pid }) => pid).sort((a, b) => a - b);

const LEADER = row(100, 1);
const OTHERS = [row(1, 0, 1, 1), row(50, 1, 50, 50), row(51, 50, 50, 50)];

/** Looks at one table after the other; the last one says whether the first process was waited for. */
function look(...tables: (readonly [entries: ProcessEntry[], held: boolean])[]): ProcessTree {
  const tree = new ProcessTree(100);
  for (const [entries, held] of tables) tree.observe([...OTHERS, ...entries], held);
  return tree;
}

describe('a tree is', () => {
  const running = [LEADER, row(101, 100), row(102, 101)];
  it.each<[string, (readonly [ProcessEntry[], boolean])[], number[]]>([
    ['everything that descends', [[running, true]], [100, 101, 102]],
    [
      'also where the table is not in order',
      [[[row(102, 101, 9, 9), row(101, 100, 9, 9), LEADER], true]],
      [100, 101, 102],
    ],
    ['everything in its group after its parents are gone', [[[row(103, 1)], false]], [103]],
    ['everything in its session', [[[row(103, 1, 103, 100)], false]], [103]],
    [
      'what made a session of its own, once it was seen',
      [
        [[LEADER, row(101, 100, 101, 101)], true],
        [[row(101, 1, 101, 101)], false],
      ],
      [101],
    ],
    [
      'what is in the session of one that was seen and is gone',
      [
        [[LEADER, row(101, 100, 101, 101)], true],
        [[row(102, 1, 101, 101)], false],
      ],
      [102],
    ],
    [
      'not what left parent, group and session unseen',
      [
        [[LEADER], true],
        [[row(102, 1, 102, 102)], false],
      ],
      [],
    ],
    [
      'nothing once all of it is gone',
      [
        [running, true],
        [[], false],
        [running, false],
      ],
      [],
    ],
    [
      'not another process with the number of one that is gone',
      [
        [running, true],
        [[row(101, 50, 50, 50, 'later')], false],
      ],
      [],
    ],
    [
      'not the group of another process with the number of the first',
      [
        [[LEADER], true],
        [[row(100, 1, 100, 100, 'later'), row(200, 100)], false],
      ],
      [],
    ],
    [
      'the same where it was never seen alive',
      [[[row(100, 1, 100, 100, 'later'), row(200, 100)], false]],
      [],
    ],
    ['the first process while its number is held', [[[LEADER], true]], [100]],
    [
      'where the system tells no sessions, groups and parents',
      [
        [
          [row(100, 1, 100, null), row(101, 100, 101, null), row(102, 1, 101, null), row(9, 1, 9, null)],
          true,
        ],
      ],
      [100, 101, 102],
    ],
    ['never this process itself', [[[LEADER, row(process.pid, 100)], true]], [100]],
  ])('%s', (_name, tables, expected) => {
    expect(numbers(look(...tables))).toEqual(expected);
  });

  it('forgotten but for its own group when nobody can look', () => {
    const tree = look([running, true]);
    tree.forget();
    expect(tree.members).toEqual([]);
    expect(tree.groups).toEqual([]);
    tree.observe([row(103, 1)], true);
    expect(numbers(tree)).toEqual([103]);
  });
});

describe('the process table', () => {
  it.each([
    ['12 (sh) S 1 12 12 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4242 0 0', row(12, 1, 12, 12, '4242')],
    ['12 (a) Z 1 1 1 (b) S 7 8 9 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4242 0 0', row(12, 7, 8, 9, '4242')],
    ['12 (sh) Z 1 12 12 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4242 0 0', null],
    ['12 (sh) S 1', null],
    ['', null],
  ])('reads %j', (line, entry) => {
    expect(parseStat(line)).toEqual(entry);
  });

  it('reads what ps prints on macOS', () => {
    const output = [
      '    1     0     1 Ss   Mon Nov 16 08:00:01 2026    ',
      '  502     1   502 S+   Sun Nov 22 15:37:00 2026    ',
      '  503   502   502 Z+   Sun Nov 22 15:37:01 2026    ',
      'nonsense',
      '',
    ].join('\n');
    expect(parsePs(output)).toEqual([
      row(1, 0, 1, null, 'Mon Nov 16 08:00:01 2026'),
      row(502, 1, 502, null, 'Sun Nov 22 15:37:00 2026'),
    ]);
  });

  it('and what this system’s ps prints is what the table says', async () => {
    const output = execFileSync('/bin/ps', ['-p', `${process.pid}`, '-o', 'pid=,ppid=,pgid=,stat=,lstart='], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
    const [own] = parsePs(output);
    const listed = (await readProcessTable(0)).find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ pid: process.pid, ppid: process.ppid, pgid: listed?.pgid });
    expect(new Date(`${own?.startId ?? ''} UTC`).getTime()).toBeGreaterThan(0);
  });

  it('tells one process by more than its number, and none where there is none', async () => {
    expect(await readIdentity(process.pid)).toBe(await readIdentity(process.pid));
    expect(await readIdentity(process.pid)).not.toBe(await readIdentity(process.ppid));
    expect(await readIdentity(2 ** 30)).toBeNull();
  });

  it('is read once for all who ask at about the same time', async () => {
    const [first, second] = [readProcessTable(0), readProcessTable(10_000)];
    expect(first).toBe(second);
    await first;
  });
});
