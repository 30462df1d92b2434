import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * The ports of other ends that this process has a TCP connection to, as the system lists them, whatever our own objects
 * believe. Rejects when the system does not say.
 */
export function connectedPorts(): Promise<readonly number[]> {
  return process.platform === 'linux' ? Promise.resolve().then(fromProc) : fromLsof();
}

function fromProc(): number[] {
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
  return tables.flatMap((table) => portsIn(table, inodes));
}

/** Of a table as `/proc/net/tcp` has it: the remote ports of the sockets with these inodes. */
function portsIn(table: string, inodes: ReadonlySet<string>): number[] {
  return table.split('\n').flatMap((line) => {
    const [, , remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/);
    const port = Number.parseInt(remote.split(':')[1] ?? '', 16);
    return inodes.has(inode) && port > 0 ? [port] : [];
  });
}

async function fromLsof(): Promise<number[]> {
  const args = ['-nP', '-a', '-p', String(process.pid), '-iTCP', '-Fn'];
  try {
    const { stdout } = await promisify(execFile)('/usr/sbin/lsof', args, { timeout: 5_000 });
    return portsFromLsof(stdout);
  } catch (error) {
    // It ends with 1 and without a word when there is nothing to list.
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 1 && stdout === '' && stderr === '') return [];
    throw error;
  }
}

/** What `lsof -Fn` prints: `n10.0.0.2:50312->100.64.0.7:18789`. */
export function portsFromLsof(output: string): number[] {
  return output.split('\n').flatMap((line) => {
    const port = /^n\S+->\S+:(\d+)$/.exec(line)?.[1];
    return port === undefined ? [] : [Number(port)];
  });
}
