import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { GuardedDocument } from '../../main/state/guarded-document.ts';
import { JsonDocument } from '../../main/state/json-document.ts';
import { failNextSync } from './failing-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

const schema = z.strictObject({ version: z.literal(1), text: z.string() });
const value = (text: string) => ({ version: 1 as const, text });

async function document(content?: string | Buffer) {
  const path = join(await temporaryFolder(), 'document.json');
  if (content !== undefined) await writeFile(path, content, { mode: 0o600 });
  return new JsonDocument(path, schema);
}

describe('a document', () => {
  it('is missing until it is written, then has its value and the hash that the write told', async () => {
    const it = await document();
    expect(await it.read()).toEqual({ kind: 'missing' });
    const hash = await it.write(value('ä'));
    expect((await stat(it.path)).mode & 0o777).toBe(0o600);
    expect(await it.read()).toEqual({ kind: 'value', value: value('ä'), hash });
  });

  it.each([
    ['an empty file', '', /not valid JSON/],
    ['half a document', '{"version":1,"te', /not valid JSON/],
    ['a byte order mark', '\uFEFF{"version":1,"text":"x"}', /not valid JSON/],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /not valid JSON/],
    ['another version', '{"version":2,"text":"x"}', /not understood.*version/s],
    ['a field too many', '{"version":1,"text":"x","y":1}', /not understood.*y/s],
    ['5 MB', Buffer.alloc(5 * 1024 * 1024, 0x20), /larger than/],
  ])('with %s is bad, and says why', async (_name, content, reason) => {
    const read = await (await document(content)).read();
    expect(read).toMatchObject({ kind: 'bad', reason: expect.stringMatching(reason) as string });
  });

  it('is bad when others can write it, and closed when they can only read it', async () => {
    const open = await document('{"version":1,"text":"x"}');
    await chmod(open.path, 0o620);
    expect(await open.read()).toMatchObject({
      kind: 'bad',
      reason: expect.stringMatching(/chmod 600/) as string,
    });
    await chmod(open.path, 0o644);
    expect(await open.read()).toMatchObject({ kind: 'value' });
    expect((await stat(open.path)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a link', (path: string, good: string) => symlink(good, path), /is a link/],
    ['a second name of a file', (path: string, good: string) => link(good, path), /hard link/],
    ['a folder', (path: string) => mkdir(path), /not a regular file/],
    [
      'a pipe',
      (path: string) => Promise.resolve(void execFileSync('mkfifo', ['-m', '600', path])),
      /not a regular file/,
    ],
  ])('is bad where there is %s', async (_name, put, reason) => {
    const it = await document();
    const good = `${it.path}.good`;
    await writeFile(good, '{"version":1,"text":"x"}', { mode: 0o600 });
    await put(it.path, good);
    expect(await it.read()).toMatchObject({ kind: 'bad', reason: expect.stringMatching(reason) as string });
  });

  it('replaces a link and leaves what it led to', async () => {
    const it = await document();
    await writeFile(`${it.path}.other`, 'untouched');
    await symlink(`${it.path}.other`, it.path);
    await it.write(value('x'));
    expect(await readFile(`${it.path}.other`, 'utf8')).toBe('untouched');
    expect(await it.read()).toMatchObject({ kind: 'value' });
  });

  it('refuses to write what it could not read back', async () => {
    const it = await document('{"version":1,"text":"old"}');
    await expect(it.write({ version: 2, text: 'x' } as never)).rejects.toThrow(/was not changed.*version/s);
    expect(await it.read()).toMatchObject({ value: value('old') });
  });
});

it('a disk that cannot keep what was written leaves the old content and no litter', async () => {
  const it = await document('{"version":1,"text":"old"}');
  await failNextSync(it.path, 'sync');
  await expect(it.write(value('new'))).rejects.toThrow(/cannot be written \(EIO\)\. It is as it was/);
  expect(await it.read()).toMatchObject({ value: value('old') });
  expect(await readdir(dirname(it.path))).toEqual(['document.json']);
});

it.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'a disk that fills up in the middle of a write leaves the old content and no litter',
  async () => {
    const folder = await temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    const it = new JsonDocument(join(folder, 'document.json'), schema);
    await it.write(value('old'));
    await writeFile(join(folder, 'filler'), Buffer.alloc(40 * 1024));
    await expect(it.write(value('x'.repeat(30_000)))).rejects.toThrow(/cannot be written \(ENOSPC\)/);
    expect(await it.read()).toMatchObject({ value: value('old') });
    expect(await readdir(folder)).toEqual(['document.json', 'filler']);
  },
);

describe('a guarded document', () => {
  it('writes what it is given where there is nothing', async () => {
    const it = await document();
    const guarded = await GuardedDocument.open(it, value('initial'));
    expect(await guarded.current()).toMatchObject({ value: value('initial'), degraded: null });
    expect(await it.read()).toMatchObject({ value: value('initial') });
  });

  it("keeps what is there: it is the user's own", async () => {
    const it = await document('{"version":1,"text":"mine"}');
    const guarded = await GuardedDocument.open(it, value('initial'));
    expect(await guarded.current()).toMatchObject({ value: value('mine'), degraded: null });
  });

  it('has no value, and says why, when what is there was never good', async () => {
    const it = await document('{');
    const guarded = await GuardedDocument.open(it, value('initial'));
    expect(await guarded.current()).toMatchObject({
      value: null,
      degraded: expect.stringMatching(/not valid JSON/) as string,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(await readFile(it.path, 'utf8')).toBe('{');
  });

  it.each([
    ['broken', (path: string) => writeFile(path, '{'), /not valid JSON/],
    ['taken away', (path: string) => rename(path, `${path}.away`), /is gone/],
    ['opened to others', (path: string) => chmod(path, 0o666), /Other users can write/],
    [
      'replaced by a link to a good one',
      async (path: string) => {
        await writeFile(`${path}.good`, '{"version":1,"text":"evil"}', { mode: 0o600 });
        await rename(path, `${path}.away`);
        await symlink(`${path}.good`, path);
      },
      /is a link/,
    ],
  ])(
    'keeps the last good value, marked as such, when the file is %s, and takes the next good one',
    async (_name, spoil, why) => {
      const it = await document('{"version":1,"text":"good"}');
      const guarded = await GuardedDocument.open(it, value('initial'));
      await spoil(it.path);
      expect(await guarded.current()).toMatchObject({
        value: value('good'),
        degraded: expect.stringMatching(why) as string,
      });
      await it.write(value('repaired'));
      expect(await guarded.current()).toMatchObject({ value: value('repaired'), degraded: null });
    },
  );

  it('sees a change that has the same size and the same time stamp, made right after the last look', async () => {
    const it = await document('{"version":1,"text":"aaa"}');
    const guarded = await GuardedDocument.open(it, value('initial'));
    for (let n = 100; n < 200; n++) {
      await writeFile(it.path, `{"version":1,"text":"${n}"}`);
      await utimes(it.path, 1, 1);
      expect((await guarded.current()).value).toEqual(value(String(n)));
    }
  });

  it('applies an edit only to the content it was made for', async () => {
    const guarded = await GuardedDocument.open(await document(), value('one'));
    const { hash } = await guarded.current();
    const first = await guarded.edit(hash, value('two'));
    expect(first).toMatchObject({ kind: 'applied', before: { value: value('one') } });
    expect(await guarded.edit(hash, value('three'))).toMatchObject({ kind: 'changed' });
    expect((await guarded.current()).value).toEqual(value('two'));
  });

  it('lets one of many edits made for the same content win', async () => {
    const guarded = await GuardedDocument.open(await document(), value('one'));
    const { hash } = await guarded.current();
    const edits = await Promise.all(
      Array.from({ length: 20 }, (_, n) => guarded.edit(hash, value(`edit ${n}`))),
    );
    expect(edits.filter(({ kind }) => kind === 'applied')).toHaveLength(1);
  });

  it('refuses an edit after somebody else wrote the file, also when they only broke it', async () => {
    const it = await document();
    const guarded = await GuardedDocument.open(it, value('one'));
    const { hash } = await guarded.current();
    await writeFile(it.path, '{');
    expect(await guarded.edit(hash, value('two'))).toMatchObject({ kind: 'changed' });
    expect(await readFile(it.path, 'utf8')).toBe('{');
  });
});
