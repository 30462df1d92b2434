import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

import { electronFuses, fuseProblems, FUSES } from '../../build/fuses.ts';
import { dummyElectron, SHIPPED_FUSES, WANTED_FUSES } from './dummy-electron.ts';

test('every fuse has its state, in the order of the wire', () => {
  expect(Object.entries(FUSES)).toEqual([
    ['runAsNode', false],
    ['enableCookieEncryption', true],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['loadBrowserProcessSpecificV8Snapshot', false],
    ['grantFileProtocolExtraPrivileges', false],
    ['wasmTrapHandlers', true],
  ]);
});

test('electron-builder is told every fuse that it has a name for', () => {
  expect(Object.keys(electronFuses)).toEqual(
    Object.keys(FUSES).filter((name) => name !== 'wasmTrapHandlers'),
  );
});

describe('a bundle is held against the table', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'latchkey-fuses-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const problemsOf = (fuses: string): Promise<string[]> =>
    fuseProblems(join(dummyElectron(join(folder, fuses), fuses), 'Electron.app'));

  it('and passes with exactly its states', async () => {
    expect(await problemsOf(WANTED_FUSES)).toEqual([]);
  });

  it.each(Object.keys(FUSES).map((name, index) => [name, index] as const))(
    'and fails with %s the other way round, taken out, or left to Electron',
    async (name, index) => {
      const other = WANTED_FUSES[index] === '1' ? '0' : '1';
      for (const state of [other, 'r', '\x90']) {
        const wire = WANTED_FUSES.slice(0, index) + state + WANTED_FUSES.slice(index + 1);
        expect(await problemsOf(wire)).toEqual([expect.stringContaining(`fuse ${name} is not`)]);
      }
    },
  );

  it.each([
    ['as Electron ships it', SHIPPED_FUSES],
    ['with a fuse that the table does not know', `${WANTED_FUSES}1`],
    ['with a fuse less', WANTED_FUSES.slice(0, -1)],
  ])('and fails %s', async (_what, wire) => {
    expect(await problemsOf(wire)).not.toEqual([]);
  });
});
