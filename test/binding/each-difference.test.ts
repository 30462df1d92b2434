import { describe, expect, it } from 'vitest';

import { checkBinding, stopsRun } from '../../main/binding/check-binding.ts';
import type { FileFacts, FoundPath } from '../../main/facts/file-facts.ts';
import type { Binding, Component } from '../../main/request/assessment.ts';

const folder: Component = {
  path: '/w',
  kind: 'folder',
  dev: '1',
  ino: '2',
  size: '3',
  changedNs: '4',
  bornNs: '5',
};
const link: Component = { ...folder, path: '/w/l', kind: 'link' };
const file: Component = { ...folder, path: '/w/run.sh', kind: 'file' };

const bound: Binding = {
  argv: ['sh', '/w/l'],
  program: '/bin/sh',
  cwd: '/',
  env: {},
  path: '',
  lookups: [],
  files: [
    {
      role: 'operand',
      given: '/w/l',
      realPath: '/w/run.sh',
      sha256: 'ab',
      components: [folder, link, file],
    },
  ],
};

/** The disk as it is now: as it was bound, but for what is said. */
const now = (
  components: readonly Component[],
  { realPath = '/w/run.sh', sha256 = 'ab' }: { realPath?: string; sha256?: string | null } = {},
): FileFacts => {
  const found: FoundPath = {
    found: true,
    realPath,
    kind: 'file',
    executable: false,
    replaceable: true,
    shared: false,
    sizeBytes: 3,
    modifiedAtMs: 0,
    components,
  };
  const facts: FileFacts = {
    once: () => facts,
    trace: () => Promise.resolve(found),
    read: () =>
      Promise.resolve(
        sha256 === null
          ? { ok: false, problem: 'forbidden' }
          : { ok: true, sha256, head: new Uint8Array(), sizeBytes: 3 },
      ),
    peek: () => Promise.resolve(null),
  };
  return facts;
};

const drift = async (facts: FileFacts) =>
  (await checkBinding(bound, facts)).map(({ path, what }) => `${path} ${what}`);

describe('one difference is enough, everything else being as it was bound', () => {
  it.each<[string, FileFacts, string]>([
    ['the bytes alone', now([folder, link, file], { sha256: 'cd' }), '/w/l changed'],
    ['bytes that cannot be read', now([folder, link, file], { sha256: null }), '/w/l changed'],
    ['where it leads', now([folder, link, file], { realPath: '/w/x.sh' }), '/w/l replaced'],
    ['a link less', now([folder, file]), '/w/l replaced'],
    ['a link more', now([folder, link, link, file]), '/w/l replaced'],
    ['the device of the file', now([folder, link, { ...file, dev: '9' }]), '/w/run.sh replaced'],
    ['the inode of the file', now([folder, link, { ...file, ino: '9' }]), '/w/run.sh replaced'],
    ['the size of the file', now([folder, link, { ...file, size: '9' }]), '/w/run.sh changed'],
    ['the change time of the file', now([folder, link, { ...file, changedNs: '9' }]), '/w/run.sh changed'],
    ['the device of a link', now([folder, { ...link, dev: '9' }, file]), '/w/l replaced'],
    ['the inode of a link', now([folder, { ...link, ino: '9' }, file]), '/w/l replaced'],
    ['the change time of a link', now([folder, { ...link, changedNs: '9' }, file]), '/w/l replaced'],
    ['a file for a link', now([folder, { ...link, kind: 'file' }, file]), '/w/l replaced'],
    ['another name', now([folder, { ...link, path: '/w/m' }, file]), '/w/l replaced'],
    ['the device of a folder', now([{ ...folder, dev: '9' }, link, file]), '/w replaced'],
    ['the inode of a folder', now([{ ...folder, ino: '9' }, link, file]), '/w replaced'],
    ['the birth of a folder', now([{ ...folder, bornNs: '9' }, link, file]), '/w replaced'],
  ])('%s', async (_, facts, expected) => {
    expect(await drift(facts)).toEqual([expected]);
    expect(stopsRun(await checkBinding(bound, facts))).toBe(true);
  });

  it.each<[string, FileFacts, string[]]>([
    ['nothing', now([folder, link, file]), []],
    ['the size of a folder', now([{ ...folder, size: '9' }, link, file]), ['/w touched']],
    ['the change time of a folder', now([{ ...folder, changedNs: '9' }, link, file]), ['/w touched']],
  ])('%s is not enough', async (_, facts, expected) => {
    expect(await drift(facts)).toEqual(expected);
    expect(stopsRun(await checkBinding(bound, facts))).toBe(false);
  });
});
