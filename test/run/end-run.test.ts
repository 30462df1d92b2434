import { setTimeout as delay } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { until, withMarker } from './processes.ts';
import { finished, shell, start } from './temporary-run.ts';

const isLinux = process.platform === 'linux';
let number = 0;

/** A run that carries a marker in its environment, by which `left` counts what is alive of it. */
function marked(text: string, timeoutMs = 20_000) {
  const name = `LATCHKEY_TEST_${process.pid}_${(number += 1)}`;
  const handle = start(shell(text, { env: { PATH: '/usr/bin:/bin', [name]: '1' }, timeoutMs }));
  return {
    handle,
    left: () => withMarker(`${name}=1`),
    alive: (count: number) => until(() => withMarker(`${name}=1`).length === count),
  };
}

const IGNORE = "trap '' TERM INT HUP;";

/** Shapes of trees, with the number of processes once they stand. */
const TREES: [name: string, text: string, processes: number][] = [
  ['one process', 'exec sleep 60', 1],
  ['one that ignores SIGTERM', `${IGNORE} while :; do sleep 60; done`, 2],
  ['a pipeline', 'sleep 60 | sleep 60 | sleep 60', 4],
  ['children in the background', 'sleep 60 & sleep 60 & sleep 60 & wait', 4],
  ['a child in a session of its own', 'setsid sleep 60 & wait', 2],
  [
    'one in a session of its own that ignores SIGTERM',
    `setsid sh -c "${IGNORE} while :; do sleep 60; done" & wait`,
    3,
  ],
  ['sessions in sessions', 'setsid sh -c "setsid sh -c \'setsid sleep 60 & wait\' & wait" & wait', 4],
  ['a stopped child', 'sleep 60 & kill -STOP $!; wait', 2],
  [
    'one that starts others when told to end',
    "trap 'setsid sleep 60 & setsid sleep 60 &' TERM; sleep 60 & while :; do wait; done",
    2,
  ],
];

describe.runIf(isLinux)('ending a run ends', () => {
  it.each(TREES)('%s', async (_name, text, processes) => {
    const { handle, left, alive } = marked(text);
    await alive(processes);
    // Long enough for one look while it ran: sessions are followed from there.
    await delay(120);
    expect(await handle.end('cancelled')).toEqual([]);
    expect(left()).toEqual([]);
    expect(finished(await handle.outcome)).toMatchObject({
      endedBy: 'cancelled',
      success: false,
      timedOut: false,
      survivors: [],
    });
  });

  it.each(TREES)('%s, when its time is over', async (_name, text) => {
    const { handle, left } = marked(text, 400);
    expect(finished(await handle.outcome)).toMatchObject({
      timedOut: true,
      endedBy: 'timeout',
      success: false,
      survivors: [],
    });
    expect(left()).toEqual([]);
  });

  it('a daemon that left its parent, its group and its session while it was looked at', async () => {
    const { handle, left, alive } = marked(
      'setsid sh -c "sleep 0.3; setsid sleep 60 & sleep 3; :" & sleep 60; :',
    );
    await alive(5);
    await alive(3);
    await handle.end('cancelled');
    expect(left()).toEqual([]);
  });

  it('a tree that keeps forking', async () => {
    const { handle, left } = marked('i=0; while [ $i -lt 300 ]; do sleep 60 & i=$((i+1)); done; wait');
    await until(() => left().length > 50);
    expect(await handle.end('cancelled')).toEqual([]);
    expect(left()).toEqual([]);
  });

  it('what a command left behind when it ended by itself', async () => {
    const { handle, left } = marked('setsid sleep 60 >/dev/null 2>&1 & sleep 1.5');
    expect(finished(await handle.outcome)).toMatchObject({ success: true, endedBy: null, pipesHeld: false });
    expect(left()).toHaveLength(1);
    expect((await handle.leftovers()).map(({ pid }) => pid)).toEqual(left());
    expect(await handle.end('unpaired')).toEqual([]);
    expect(left()).toEqual([]);
  });
});

describe('ending', () => {
  it('lets a command end in its own way first', async () => {
    const { handle, alive } = marked("trap 'echo bye; exit 0' TERM; sleep 60 & wait");
    if (isLinux) await alive(2);
    await handle.end('cancelled');
    expect(finished(await handle.outcome)).toMatchObject({
      stdout: 'bye\n',
      exitCode: 0,
      success: false,
      endedBy: 'cancelled',
    });
  });

  it('right after the start', async () => {
    const { handle, left } = marked('sleep 60 & sleep 60');
    expect(await handle.end('cancelled')).toEqual([]);
    expect(finished(await handle.outcome)).toMatchObject({ success: false, endedBy: 'cancelled' });
    if (isLinux) expect(left()).toEqual([]);
  });

  it.each([0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89])(
    '%i ms into a short command, for whatever it had come to',
    async (ms) => {
      const { handle, left } = marked('true; sleep 0.02; sleep 0.02 & true');
      await delay(ms);
      await handle.end('cancelled');
      const { endedBy, success, exitCode } = finished(await handle.outcome);
      expect(success).toBe(endedBy === null && exitCode === 0);
      if (isLinux) expect(left()).toEqual([]);
    },
  );

  it('twice and for several reasons: the first one counts', async () => {
    const { handle } = marked('exec sleep 60');
    await Promise.all([handle.end('disconnected'), handle.end('cancelled'), handle.end('quit')]);
    expect(finished(await handle.outcome)).toMatchObject({ endedBy: 'disconnected' });
  });

  it('after the end changes nothing of the outcome', async () => {
    const { handle } = marked('exit 0');
    await handle.outcome;
    expect(await handle.end('cancelled')).toEqual([]);
    expect(finished(await handle.outcome)).toMatchObject({ success: true, endedBy: null });
  });

  it('all of 20 at once', async () => {
    const runs = Array.from({ length: 20 }, () => marked('sleep 60 | sleep 60'));
    await Promise.all(runs.map(({ alive }) => (isLinux ? alive(3) : delay(100))));
    const survivors = await Promise.all(runs.map(({ handle }) => handle.end('unpaired')));
    expect(survivors.flat()).toEqual([]);
    if (isLinux) expect(runs.flatMap(({ left }) => left())).toEqual([]);
  });
});
