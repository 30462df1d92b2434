import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Ids of the users whose programs take connections at a port of this machine; empty where that cannot be found out. */
export type FindListeners = (port: number) => Promise<readonly number[]>;

/** Who may take them, besides this user and root: a user by id, or whoever is there when nobody can say who. */
export type ListenerConsent = number | 'unknown' | 'anybody' | null;

/** `unknown`: nobody could be found; that is for the person to decide. */
export type ListenerVerdict =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'stranger'; readonly uid: number }
  | { readonly kind: 'unknown' };

/**
 * Loopback is this machine, and not this user: any user of it can listen where the gateway does while that is away, and
 * would be handed the token.
 */
export function judgeListeners(
  listeners: readonly number[],
  { own, consent }: { readonly own: number; readonly consent: ListenerConsent },
): ListenerVerdict {
  if (consent === 'anybody') return { kind: 'trusted' };
  const stranger = listeners.find((uid) => uid !== own && uid !== 0 && uid !== consent);
  if (stranger !== undefined) return { kind: 'stranger', uid: stranger };
  return listeners.length > 0 || consent === 'unknown' ? { kind: 'trusted' } : { kind: 'unknown' };
}

/** Never rejects. Looks once: whoever comes after it has to be looked for again. */
export const findListeners: FindListeners = async (port) => {
  try {
    return process.platform === 'linux' ? await fromKernelTables(port) : await fromLsof(port);
  } catch {
    return [];
  }
};

async function fromKernelTables(port: number): Promise<number[]> {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => ''));
  return (await Promise.all(tables)).flatMap((table) => listenersInTable(table, port));
}

const LISTENING = '0A';

/** Rows of `/proc/net/tcp` and `tcp6`: number, local address, remote address, state, three more, user id. */
export function listenersInTable(table: string, port: number): number[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , uid = ''] = line.trim().split(/\s+/);
    const [address = '', hexPort = ''] = local.split(':');
    const isThere = state === LISTENING && Number.parseInt(hexPort, 16) === port && takesLoopback(address);
    return isThere && /^\d+$/.test(uid) ? [Number(uid)] : [];
  });
}

/** Every byte order is the kernel's: four bytes each, last first. */
function takesLoopback(address: string): boolean {
  const ipv4 = /^(?:0{16}F{4}0{4}|0{16}0{4}F{4}|)([0-9A-F]{8})$/.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4 === '00000000' || ipv4.endsWith('7F');
  return /^0{32}$|^0{24}01000000$/.test(address);
}

/** An ordinary user's `lsof` on macOS sees this user's programs only: another user's listener is not found. */
async function fromLsof(port: number): Promise<number[]> {
  const argv = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pu'];
  const { stdout } = await promisify(execFile)('/usr/sbin/lsof', argv, { timeout: 5000, env: {} });
  return listenersInLsof(stdout);
}

/** Field output: a line for each fact, its first letter saying which. */
export function listenersInLsof(output: string): number[] {
  return output.split('\n').flatMap((line) => (/^u\d+$/.test(line) ? [Number(line.slice(1))] : []));
}
