import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * The variable that every run carries. What a run starts inherits it, so what left its parent, its group and its session
 * is still found by it, also by the next start of this program. Not found is what emptied its own environment and, on
 * macOS, a program of the system's own, whose environment the system shows to nobody.
 */
export const RUN_MARKER = 'LATCHKEY_RUN';

/** The same for all runs of one pairing. It names the pairing to nobody else. */
export const pairingMarker = (gatewayId: string): string =>
  createHash('sha256').update(`runs of ${gatewayId}`).digest('hex').slice(0, 16);

/** Of one run. */
export const newRunMarker = (gatewayId: string): string => `${pairingMarker(gatewayId)}-${randomUUID()}`;

/**
 * Numbers of the living processes that carry a marker which starts like this; never our own. Rejects when the system does
 * not say.
 */
export async function findMarked(start: string): Promise<ReadonlySet<number>> {
  const marked = process.platform === 'linux' ? fromProc(start) : fromPs(await allEnvironments(), start);
  return new Set(marked.filter((pid) => pid !== process.pid));
}

function fromProc(start: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && carries(name, start))
    .map(Number);
}

/** False for what is gone, a zombie, or another user's. */
function carries(pid: string, start: string): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    return `\0${environment}`.includes(`\0${RUN_MARKER}=${start}`);
  } catch {
    return false;
  }
}

async function allEnvironments(): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/ps', ['-A', '-E', '-ww', '-o', 'pid=,stat=,command='], {
    env: { LC_ALL: 'C' },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 5_000,
  });
  return stdout;
}

/** What `ps -E` prints: the environment stands behind the command, in the same line. */
export function fromPs(output: string, start: string): number[] {
  return output.split('\n').flatMap((line) => {
    const [, pid, state] = /^\s*(\d+)\s+(\S+)\s/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith('Z') === true) return [];
    return line.includes(` ${RUN_MARKER}=${start}`) ? [Number(pid)] : [];
  });
}
