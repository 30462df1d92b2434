import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import type { ProcessRef } from './run-outcome.ts';

/** One living process (no zombie), as the system lists it. */
export interface ProcessEntry extends ProcessRef {
  readonly ppid: number;
  readonly pgid: number;
  /** Session id; null where the system does not tell (macOS). */
  readonly sid: number | null;
}

interface Snapshot {
  readonly startedAt: number;
  readonly entries: Promise<readonly ProcessEntry[]>;
}

let latest: Snapshot = { startedAt: Number.NEGATIVE_INFINITY, entries: Promise.resolve([]) };

/**
 * All processes of this system. Readings are shared: one that was begun at most `maxAgeMs` ago is good enough.
 * Rejects when the system does not list them.
 */
export function readProcessTable(maxAgeMs: number): Promise<readonly ProcessEntry[]> {
  const now = performance.now();
  if (now - latest.startedAt > maxAgeMs) {
    latest = { startedAt: now, entries: process.platform === 'linux' ? readProc() : readPs(['-A']) };
    // Whoever asked hears of it; a reading that failed is good for nobody else.
    latest.entries.catch(() => (latest = { ...latest, startedAt: Number.NEGATIVE_INFINITY }));
  }
  return latest.entries;
}

/** Tells a living process from every other one, also after the system was started anew. Null: there is none with this number. */
export async function readIdentity(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const stat = readStat(String(pid));
    if (stat === null) return null;
    // Ticks count from the system's start.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${stat.startId}`;
  }
  const entries = await readPs(['-p', String(pid)]).catch(() => []);
  return entries.find((entry) => entry.pid === pid)?.startId ?? null;
}

function readProc(): Promise<ProcessEntry[]> {
  // Synchronous: 3 ms for 300 processes, where the same through promises keeps all four file threads busy.
  const entries = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readStat);
  return Promise.resolve(entries.filter((entry) => entry !== null));
}

/** Null for a zombie and for a process that is gone. */
function readStat(pid: string): ProcessEntry | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

/** A line of `/proc/<pid>/stat`. The name in it is the process's own choice and may hold parentheses and spaces. */
export function parseStat(line: string): ProcessEntry | null {
  const pid = Number.parseInt(line, 10);
  const [state, ppid, pgid, sid, ...rest] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const startTicks = rest[15];
  if (startTicks === undefined || state === 'Z' || state === 'X') return null;
  return { pid, ppid: Number(ppid), pgid: Number(pgid), sid: Number(sid), startId: startTicks };
}

const PS_COLUMNS = 'pid=,ppid=,pgid=,stat=,lstart=';

async function readPs(which: readonly string[]): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('/bin/ps', [...which, '-o', PS_COLUMNS], {
    // Start times are compared as text: one language and one time zone, whatever this Mac's are set to meanwhile.
    env: { LC_ALL: 'C', TZ: 'UTC' },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 5_000,
  });
  return parsePs(stdout);
}

/** What `ps` prints for `PS_COLUMNS`. Start times have a resolution of one second. */
export function parsePs(output: string): ProcessEntry[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, ppid, pgid, state, start] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*)$/.exec(line.trimEnd()) ?? [];
    if (start === undefined || state?.startsWith('Z') === true) return [];
    return [{ pid: Number(pid), ppid: Number(ppid), pgid: Number(pgid), sid: null, startId: start }];
  });
}
