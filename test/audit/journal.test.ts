import { execFileSync } from 'node:child_process';
import {
  appendFile,
  chmod,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { Journal } from '../../main/audit/journal.ts';
import { failNextSync } from '../state/failing-disk.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { end, linesOf, note, outlineOf, request, SHA } from './entries.ts';

const now = () => new Date('2026-11-22T10:00:00Z');

async function freshPath(): Promise<string> {
  return join(await temporaryFolder(), 'audit.jsonl');
}

async function openJournal(path: string): Promise<Journal> {
  const journal = await Journal.open(path, now);
  onTestFinished(() => journal.close());
  return journal;
}

describe('an appended entry', () => {
  it('is on the disk, numbered and timed, before it is said to be', async () => {
    const journal = await openJournal(await freshPath());
    const entry = await journal.append(note('first'));
    expect(entry).toEqual({ seq: 1, at: '2026-11-22T10:00:00.000Z', kind: 'note', text: 'first' });
    expect(await readFile(journal.path, 'utf8')).toBe(`${JSON.stringify(entry)}\n`);
    expect((await stat(journal.path)).mode & 0o777).toBe(0o600);
  });

  it('has its secrets masked, in every text it holds', async () => {
    const journal = await openJournal(await freshPath());
    await journal.append(request('r', ['curl', '-u', 'me:hunter2', 'https://a:hunter2@b/', 'TOKEN=hunter2']));
    await journal.append({ ...end('r', 'API_KEY=hunter2'), error: 'password: hunter2' });
    await journal.append({
      kind: 'policy-edit',
      by: 'gateway',
      gatewayId: 'g',
      result: 'refused',
      beforeHash: SHA,
      afterHash: null,
      before: { a: ['TOKEN=hunter2'] },
      after: { password: 'hunter2' },
    });
    await journal.append({
      kind: 'drift',
      requestId: 'r',
      when: 'after',
      differences: ['--password hunter2'],
    });
    expect(await readFile(journal.path, 'utf8')).not.toContain('hunter2');
  });

  it.each([
    ['an unknown kind', { kind: 'x' }],
    ['an environment by value', { ...request('r'), env: { A: 'plain' } }],
    ['a hash that is none', { ...request('r'), parametersHash: 'x' }],
    ['a megabyte', note('x'.repeat(1024 * 1024))],
  ])('with %s is refused, and leaves no gap', async (_name, facts) => {
    const journal = await openJournal(await freshPath());
    await expect(journal.append(facts as never)).rejects.toThrow(
      /^The record (does not take this|takes no) entry/,
    );
    expect(await journal.append(note('next'))).toMatchObject({ seq: 1 });
  });

  it('is one line, whatever it holds', async () => {
    const journal = await openJournal(await freshPath());
    await journal.append(note('a\nb\r\u2028\0\ud800"\\'));
    await journal.append(note('next'));
    expect((await readFile(journal.path, 'utf8')).split('\n')).toHaveLength(3);
    expect(await outlineOf(journal.path)).toHaveLength(2);
  });

  it('in a crowd keeps its place', async () => {
    const journal = await openJournal(await freshPath());
    const texts = Array.from({ length: 500 }, (_, n) => `entry ${n}`);
    const entries = await Promise.all(texts.map((text) => journal.append(note(text))));
    expect(entries.map(({ seq }) => seq)).toEqual(texts.map((_, n) => n + 1));
    expect(await outlineOf(journal.path)).toEqual(texts);
  });
});

describe('opening', () => {
  it('goes on where the last one ended', async () => {
    const path = await freshPath();
    const first = await Journal.open(path, now);
    await first.append(note('one'));
    await first.close();
    await (await openJournal(path)).append(note('two'));
    expect(await linesOf(path)).toMatchObject([{ entry: { seq: 1 } }, { entry: { seq: 2 } }]);
  });

  it.each([
    ['half a line', (text: string) => text.slice(0, -10)],
    ['a line without its end', (text: string) => text.slice(0, -1)],
    ['zeros', (text: string) => `${text}${'\0'.repeat(100)}`],
    ['nothing but half a line', (text: string) => text.slice(0, 5)],
  ])('after a crash that left %s keeps that apart and says so', async (_name, tear) => {
    const path = await freshPath();
    const first = await Journal.open(path, now);
    await first.append(note('one'));
    await first.append(note('two'));
    await first.close();
    const torn = tear(await readFile(path, 'utf8'));
    await writeFile(path, torn);
    await (await openJournal(path)).append(note('after'));
    const lines = await linesOf(path);
    expect(lines.every(({ kind }) => kind === 'entry')).toBe(true);
    expect(lines.at(-1)).toMatchObject({ entry: { text: 'after', seq: lines.length } });
    const recovered = lines.flatMap((line) =>
      line.kind === 'entry' && line.entry.kind === 'recovered' ? [line.entry] : [],
    );
    const kept = await readFile(recovered[0]?.keptIn ?? '', 'utf8');
    const whole = (await readFile(path, 'utf8'))
      .split('\n')
      .filter((line) => torn.includes(line))
      .map((line) => `${line}\n`)
      .join('')
      .trimEnd();
    expect(recovered).toHaveLength(1);
    expect(torn.endsWith(kept)).toBe(true);
    expect(kept).not.toContain('\n');
    expect(torn.length - kept.length).toBe(whole === '' ? 0 : whole.length + 1);
  });

  it('after a bad last line gives no number twice', async () => {
    const path = await freshPath();
    const first = await Journal.open(path, now);
    for (const text of ['one', 'two', 'three']) await first.append(note(text));
    await first.close();
    await appendFile(path, 'garbage\n');
    expect(await (await openJournal(path)).append(note('four'))).toMatchObject({ seq: 4 });
    expect(await outlineOf(path)).toEqual(['one', 'two', 'three', '(not-an-entry)', 'four']);
  });

  it('refuses a link, a folder, and a file that others can write', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'open'), '', { mode: 0o600 });
    await chmod(join(folder, 'open'), 0o666);
    await symlink(join(folder, 'elsewhere'), join(folder, 'link'));
    await expect(Journal.open(join(folder, 'open'))).rejects.toThrow(/Other users can write/);
    await expect(Journal.open(join(folder, 'link'))).rejects.toThrow(/cannot be opened \(ELOOP\)/);
    await expect(Journal.open(folder)).rejects.toThrow(/cannot be opened \(EISDIR\)/);
    expect(await readdir(folder)).toEqual(['link', 'open']);
  });
});

describe('a record that was touched from outside takes nothing more', () => {
  it.each([
    ['moved', (path: string) => rename(path, `${path}.old`), /moved or removed/],
    ['removed', (path: string) => rm(path), /moved or removed/],
    [
      'replaced',
      (path: string) => rename(path, `${path}.old`).then(() => writeFile(path, '')),
      /moved or removed/,
    ],
    ['cut', (path: string) => truncate(path, 10), /changed from outside/],
    ['added to', (path: string) => appendFile(path, '{}\n'), /changed from outside/],
  ])('%s', async (_name, touch, why) => {
    const journal = await openJournal(await freshPath());
    await journal.append(note('one'));
    await touch(journal.path);
    await expect(journal.append(note('two'))).rejects.toThrow(why);
    await expect(journal.append(note('three'))).rejects.toThrow(why);
  });
});

it('takes nothing after it was closed, and closes once all is written', async () => {
  const journal = await Journal.open(await freshPath(), now);
  const last = journal.append(note('last'));
  await journal.close();
  await journal.close();
  expect(await last).toMatchObject({ text: 'last' });
  await expect(journal.append(note('late'))).rejects.toThrow(/closed/);
});

it('a disk that cannot keep what was written ends the record: nobody knows what is on it', async () => {
  const journal = await openJournal(await freshPath());
  await journal.append(note('one'));
  await failNextSync(journal.path, 'datasync');
  await expect(journal.append(note('two'))).rejects.toThrow(/EIO/);
  await expect(journal.append(note('three'))).rejects.toThrow(/EIO/);
});

it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'a full disk refuses entries whole, and takes them again once there is room',
  async () => {
    const folder = await temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    const journal = await Journal.open(join(folder, 'audit.jsonl'), now);
    await journal.append(note('one'));
    await writeFile(join(folder, 'filler'), Buffer.alloc(52 * 1024));
    const large = journal.append(note('x'.repeat(20_000)));
    // By now that one is being written; these follow on it.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    const refused = [large, journal.append(note('y')), journal.append(note('z'))];
    for (const append of refused) await expect(append).rejects.toThrow(/ENOSPC.*nothing runs.*Make room/);
    expect(await outlineOf(journal.path)).toEqual(['one']);
    await rm(join(folder, 'filler'));
    expect(await journal.append(note('two'))).toMatchObject({ seq: 2 });
    expect(await outlineOf(journal.path)).toEqual(['one', 'two']);
    await journal.close();
  },
);
