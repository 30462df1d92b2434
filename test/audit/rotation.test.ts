import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { AuditEntry } from '../../main/audit/audit-entry.ts';
import { Journal } from '../../main/audit/journal.ts';
import { readJournal } from '../../main/audit/journal-reader.ts';
import type { JournalLimits } from '../../main/audit/journal-rotation.ts';
import { readPastRequests } from '../../main/audit/past-requests.ts';
import { Incidents } from '../../main/incident/incidents.ts';
import { failNextSync } from '../state/failing-disk.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { end, linesOf, note, outlineOf, request, start } from './entries.ts';

const DAY = 24 * 60 * 60_000;
const small: JournalLimits = { fileBytes: 600, keptFiles: 3, keptMs: 0, mostFiles: 3 };
const unlimited: JournalLimits = { fileBytes: 600, keptFiles: 1000, keptMs: 0, mostFiles: 1000 };

const freshPath = async () => join(await temporaryFolder(), 'audit.jsonl');
const filesOf = (path: string) =>
  readdirSync(dirname(path))
    .filter((name) => name.startsWith('audit-'))
    .sort();
const last = (names: readonly string[]) => names.at(-1) ?? '';

interface Writing {
  readonly path?: string;
  readonly limits?: JournalLimits;
  readonly at?: (index: number) => number;
}
/** Notes 0, 1, 2…, one after the other, each of about 80 bytes; then closed. */
async function written(count: number, { path, limits = unlimited, at = () => 0 }: Writing = {}) {
  const place = path ?? (await freshPath());
  let now = at(0);
  const journal = await Journal.open(place, () => new Date(now), limits);
  for (let index = 0; index < count; index++) {
    now = at(index);
    await journal.append(note(`note ${index}`));
  }
  await journal.close();
  return place;
}

const entriesOf = async (path: string): Promise<AuditEntry[]> =>
  (await linesOf(path)).flatMap((line) => (line.kind === 'entry' ? [line.entry] : []));
const badOf = async (path: string) =>
  (await linesOf(path)).flatMap((line) => (line.kind === 'bad' ? [line.reason] : []));
const notes = async (path: string) => (await outlineOf(path)).filter((line) => line.startsWith('note '));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `note ${index}`);

describe('a file that is full', () => {
  it('is put aside, and the next one is written; reading goes through all of them', async () => {
    const path = await written(50);
    expect(filesOf(path).length).toBeGreaterThan(5);
    for (const name of [...filesOf(path), 'audit.jsonl'])
      expect(statSync(join(dirname(path), name)).mode & 0o777).toBe(0o600);
    expect(statSync(path).size).toBeLessThan(800);
    const entries = await entriesOf(path);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
    expect(await notes(path)).toEqual(numbered(50));
    expect(await badOf(path)).toEqual([]);
  });

  it('is named by its last entry, and the next one begins with its hash', async () => {
    const path = await written(20);
    const followers = (await entriesOf(path)).flatMap((entry) => (entry.kind === 'continued' ? [entry] : []));
    expect(followers.map(({ file }) => file)).toEqual(filesOf(path));
    for (const { file, sha256, seq } of followers) {
      const bytes = readFileSync(join(dirname(path), file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(Number(/\d+/.exec(file)?.[0])).toBe(seq - 1);
    }
  });

  it('is one that was opened full as well', async () => {
    const path = await written(30, { limits: { ...unlimited, fileBytes: 1e6 } });
    expect(filesOf(path)).toEqual([]);
    await written(1, { path });
    expect(filesOf(path)).toHaveLength(1);
    expect(await notes(path)).toEqual([...numbered(30), 'note 0']);
  });

  it.each(['changed', 'replaced by another one'])('and %s afterwards is noticed', async (how) => {
    const path = await written(20);
    const [first = '', second = ''] = filesOf(path);
    if (how === 'changed') appendFileSync(join(dirname(path), first), '\n');
    else appendFileSync(join(dirname(path), second), readFileSync(join(dirname(path), first)));
    expect(await badOf(path)).toContain('changed');
  });

  it('is written on where the next one cannot be begun, and nothing is lost', async () => {
    const path = await freshPath();
    const journal = await Journal.open(path, () => new Date(0), unlimited);
    onTestFinished(() => journal.close());
    for (let index = 0; index < 9; index++) await journal.append(note(`note ${index}`));
    expect(filesOf(path)).toEqual([]);
    await failNextSync(path, 'datasync');
    expect(await journal.append(note('note 9'))).toMatchObject({ seq: 10 });
    expect(filesOf(path)).toEqual([]);
    expect(await journal.append(note('note 10'))).toMatchObject({ seq: 12 });
    expect(filesOf(path)).toEqual(['audit-000000000010.jsonl']);
    expect(await notes(path)).toEqual(numbered(11));
    expect(await badOf(path)).toEqual([]);
  });

  it('never takes the place of another file', async () => {
    const path = await written(9);
    const taken = join(dirname(path), 'audit-000000000009.jsonl');
    mkdirSync(taken);
    const journal = await Journal.open(path, () => new Date(0), unlimited);
    onTestFinished(() => journal.close());
    await journal.append(note('note 9'));
    expect(statSync(taken).isDirectory()).toBe(true);
    rmSync(taken, { recursive: true });
    expect(await notes(path)).toEqual(numbered(10));
  });

  it('can be read while it becomes full: what was written before is there, each once', async () => {
    const path = await freshPath();
    const journal = await Journal.open(path, () => new Date(0), unlimited);
    onTestFinished(() => journal.close());
    let acknowledged = 0;
    const state = { isDone: false };
    const writing = (async () => {
      for (let index = 0; index < 400; index++) acknowledged = (await journal.append(note('x'))).seq;
      state.isDone = true;
    })();
    while (!state.isDone) {
      const before = acknowledged;
      const seqs = (await entriesOf(path)).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      expect(seqs.length).toBeGreaterThanOrEqual(before);
    }
    await writing;
  });
});

describe('the oldest files', () => {
  it('go, and the record says which, before they do', async () => {
    const path = await written(60, { limits: small });
    expect(filesOf(path)).toHaveLength(3);
    const dropped = (await entriesOf(path)).flatMap((entry) => (entry.kind === 'dropped' ? [entry] : []));
    expect(dropped.at(-1)?.throughSeq).toBe(((await entriesOf(path))[0]?.seq ?? 0) - 1);
    expect(await badOf(path)).toEqual([]);
  });

  it('that are gone without a word are missed', async () => {
    const path = await written(20);
    const [first = ''] = filesOf(path);
    rmSync(join(dirname(path), first));
    expect(await linesOf(path)).toContainEqual({ kind: 'bad', file: first, offset: 0, reason: 'missing' });
  });

  it('stay while they are new, up to a limit: a flood washes nothing away', async () => {
    const limits = { ...small, keptMs: 30 * DAY, mostFiles: 6 };
    const slow = await written(60, { limits, at: (index) => index * 10 * DAY });
    expect(filesOf(slow).length).toBeLessThan(6);
    const flood = await written(60, { limits });
    expect(filesOf(flood)).toHaveLength(6);
  });

  it('whose drop cannot be said stay', async () => {
    const path = await written(60);
    const before = filesOf(path);
    const journal = await Journal.open(path, () => new Date(0), { ...small, fileBytes: 1e6 });
    appendFileSync(path, 'somebody else\n');
    await journal.close();
    expect(filesOf(path)).toEqual(before);
  });
});

describe('what is made of the record', () => {
  async function record(limits: JournalLimits) {
    const path = await freshPath();
    let now = 0;
    const journal = await Journal.open(path, () => new Date(now), limits);
    for (let index = 0; index < 12; index++) {
      now = index * DAY;
      await journal.append(request(`r${index}`, ['/bin/echo', `number ${index}`]));
      await journal.append(start(`r${index}`));
      await journal.append(end(`r${index}`));
    }
    await journal.close();
    return path;
  }

  it('is the same, in how many files it may be', async () => {
    const [one, many] = [await record({ ...unlimited, fileBytes: 1e6 }), await record(unlimited)];
    expect(filesOf(one)).toEqual([]);
    expect(filesOf(many).length).toBeGreaterThan(5);
    for (const period of ['hour', 'day', 'week', 'all'] as const) {
      const reports = [one, many].map((path) => new Incidents(path, () => ['d']).report(period));
      const [first, second] = await Promise.all(reports);
      expect(second).toBe(first);
    }
    expect(await readPastRequests(many, new Date(0))).toMatchObject(
      (await readPastRequests(one, new Date(0))).map(({ request: { requestId } }) => ({
        request: { requestId },
      })),
    );
  });

  it('says in the report what was dropped', async () => {
    const path = await record({ ...small, keptFiles: 2, mostFiles: 2 });
    const report = await new Incidents(path, () => []).report('all');
    expect(report).toMatch(
      /\d+ older entries, up to 1970-01-\S+Z, were dropped from the record to save room\./,
    );
    expect(report).not.toContain('could not be read');
  });

  it('does not read files that end before what is asked for', async () => {
    const path = await record(unlimited);
    const [first = ''] = filesOf(path);
    const place = join(dirname(path), first);
    const lines = readFileSync(place, 'utf8').trim().split('\n');
    rmSync(place);
    appendFileSync(place, `nonsense\n${last(lines)}\n`, { mode: 0o600 });
    expect(existsSync(place)).toBe(true);
    const reasons: string[] = [];
    for await (const line of readJournal(path, new Date(6 * DAY)))
      if (line.kind === 'bad') reasons.push(line.reason);
    expect(reasons).toEqual([]);
    expect(await readPastRequests(path, new Date(6 * DAY))).toHaveLength(6);
  });
});
