import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

/** A TCP connection of this process, by the ports of its two ends. */
export interface OwnSocket {
  readonly localPort: number;
  readonly remotePort: number;
}

/**
 * The TCP connections that this process has, as the system lists them, whatever our own objects believe. Rejects when the
 * system does not say.
 */
export function ownSockets(): Promise<readonly OwnSocket[]> {
  return process.platform === 'linux' ? Promise.resolve().then(fromProc) : fromLsof();
}

function fromProc(): OwnSocket[] {
  const inodes = new Set(
    readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  const tables = ['tcp', 'tcp6'].map((name) => readFileSync(`/proc/self/net/${name}`, 'latin1'));
  return tables.flatMap((table) => socketsIn(table, inodes));
}

/** Of a table as `/proc/net/tcp` has it: the connected ones of the sockets with these inodes. */
function socketsIn(table: string, inodes: ReadonlySet<string>): OwnSocket[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/);
    const [localPort, remotePort] = [hexPort(local), hexPort(remote)];
    return inodes.has(inode) && remotePort > 0 ? [{ localPort, remotePort }] : [];
  });
}

const hexPort = (end: string): number => Number.parseInt(end.split(':')[1] ?? '', 16);

async function fromLsof(): Promise<OwnSocket[]> {
  const args = ['-nP', '-a', '-p', String(process.pid), '-iTCP', '-Fn'];
  try {
    const { stdout } = await promisify(execFile)('/usr/sbin/lsof', args, { timeout: 5_000 });
    return socketsFromLsof(stdout);
  } catch (error) {
    // It ends with 1 and without a word when there is nothing to list.
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 1 && stdout === '' && stderr === '') return [];
    throw error;
  }
}

/** What `lsof -Fn` prints: `n10.0.0.2:50312->100.64.0.7:18789`. */
export function socketsFromLsof(output: string): OwnSocket[] {
  return output.split('\n').flatMap((line) => {
    const [, localPort, remotePort] = /^n\S+:(\d+)->\S+:(\d+)$/.exec(line) ?? [];
    return remotePort === undefined ? [] : [{ localPort: Number(localPort), remotePort: Number(remotePort) }];
  });
}
