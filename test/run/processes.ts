import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { readProcessTable } from '../../main/run/process-table.ts';

/** Numbers of the living processes whose environment holds this marker: an independent witness of what a run left. Linux only. */
export function withMarker(marker: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const state = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.[0];
        return state !== 'Z' && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(marker);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Resolves once the condition holds; the test's time limit bounds it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(5);
}

/** Whether a process is alive and no zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await readProcessTable(0)).some((entry) => entry.pid === pid);
}
