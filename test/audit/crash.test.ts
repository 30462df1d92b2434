import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { Journal } from '../../main/audit/journal.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { linesOf } from './entries.ts';

/** One of the programs beside this file, which append to a journal and print what is said to be written. */
async function appender(folder: string, name = 'append-and-report.ts'): Promise<string> {
  const program = join(folder, 'append.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, name)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return program;
}

const seqsIn = async (path: string) =>
  (await linesOf(path)).map((line) => (line.kind === 'entry' ? line.entry.seq : line.reason));

it('no room in the middle of appends: what was refused is not there, what was taken is', async () => {
  const folder = await temporaryFolder();
  const program = await appender(folder);
  const path = join(folder, 'audit.jsonl');
  // A file may become 32 kB; ignored, the signal for that becomes an error of the write.
  const limit = 'trap "" XFSZ; ulimit -f 64; exec "$@"';
  const { stdout, stderr } = await promisify(execFile)('/bin/sh', [
    '-c',
    limit,
    'sh',
    process.execPath,
    program,
    path,
  ]).catch((error: unknown) => z.object({ stdout: z.string(), stderr: z.string() }).parse(error));
  expect(stderr).toMatch(/cannot be written \(EFBIG\), and without it nothing runs/);
  expect(await seqsIn(path)).toEqual(stdout.trim().split('\n').map(Number));
});

it('kill -9 in the middle of appends loses nothing that was said to be written', async () => {
  const folder = await temporaryFolder();
  const program = await appender(folder);
  const path = join(folder, 'audit.jsonl');
  let sizeBefore = 0;
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child.stdout, 'data');
    await delay(Math.random() * 40);
    child.kill('SIGKILL');
    await once(child, 'close');

    const acknowledged = said.split('\n').slice(0, -1).map(Number);
    const written = new Set(await seqsIn(path));
    expect(acknowledged.filter((seq) => !written.has(seq))).toEqual([]);
    const size = (await stat(path)).size;
    expect(size).toBeGreaterThan(sizeBefore);
    sizeBefore = size;
  }
  const journal = await Journal.open(path);
  const last = await journal.append({ kind: 'note', text: 'alive' });
  await journal.close();
  const lines = await linesOf(path);
  expect(lines.filter(({ kind }) => kind === 'bad')).toEqual([]);
  expect(last.seq).toBe(lines.length);
});

describe('killed while a full file makes room for the next', () => {
  it.each([
    'before it is put aside',
    'after it was put aside',
    'after the next was made',
    'in its first line',
    'after its first line',
    'after its first sync',
    'before the oldest goes',
    'after the oldest went',
  ])('%s: nothing is lost, and it goes on', async (dieAt) => {
    const folder = await temporaryFolder();
    const program = await appender(folder, 'rotate-and-die.ts');
    const path = join(folder, 'audit.jsonl');
    const child = spawn(process.execPath, [program, path, dieAt], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');

    const before = await linesOf(path);
    expect(before.filter((line) => line.kind === 'bad' && line.reason !== 'unfinished')).toEqual([]);
    const limits = { fileBytes: 600, keptFiles: 100, keptMs: 0, mostFiles: 100 };
    const journal = await Journal.open(path, () => new Date(0), limits);
    for (let index = 0; index < 20; index++) await journal.append({ kind: 'note', text: 'alive' });
    await journal.close();

    const lines = await linesOf(path);
    const entries = lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
    expect(entries).toHaveLength(lines.length);
    const first = entries[0]?.seq ?? 0;
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => first + index));
    // What is not there any more was said to go, and that stands there.
    const dropped = entries.map((entry) => (entry.kind === 'dropped' ? entry.throughSeq : 0));
    expect(first - 1).toBeLessThanOrEqual(Math.max(0, ...dropped));
    const kept = new Set(entries.map(({ seq }) => seq));
    const acknowledged = said.split('\n').slice(0, -1).map(Number);
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(acknowledged.filter((seq) => seq >= first && !kept.has(seq))).toEqual([]);
  });
});
