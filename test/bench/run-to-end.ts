import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A spawn with pipes, and nothing else. */
export async function runToEnd(program: string, args: readonly string[] = []) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await once(child, 'close');
  return { exitCode: child.exitCode, stdout, stderr };
}
