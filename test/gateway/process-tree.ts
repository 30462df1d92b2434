import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** Ends a child and everything below it: asks first, with patience above zero, and then ends by force whatever is left. */
export async function endTree(child: ChildProcess, patienceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined || hasEnded(child)) return;
  // Listened for first: it may end by itself while the others are looked for.
  const ended = once(child, 'exit');
  const below = await descendants(pid);
  child.kill(patienceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(timer);
  for (const orphan of below) kill(orphan);
}

/** Whatever becomes of the test process: the child does not outlive it. */
export function tieToThisProcess(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function descendants(root: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    processes.flatMap(([pid, above]) => (above === parent && pid !== undefined ? [pid, ...below(pid)] : []));
  return below(root);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with its parent, as it should.
  }
}
