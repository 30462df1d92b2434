import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { CodeSignatures } from '../../main/app/platform/code-signatures.ts';
import { hideWindowButtons } from '../../main/app/platform/window-buttons.ts';
import { unsignedPrograms } from '../../main/app/unsigned-programs.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { exampleAssessment } from './examples.ts';

/** A `codesign` that keeps a list of what it was asked, and ends as told. */
async function setUp(end: string) {
  const folder = await temporaryFolder();
  const asked = join(folder, 'asked');
  const codesign = join(folder, 'codesign');
  const tool = join(folder, 'tool');
  writeFileSync(codesign, `#!/bin/sh\necho "$@" >> ${asked}\n${end}\n`, { mode: 0o755 });
  writeFileSync(tool, 'x');
  return {
    tool,
    signatures: new CodeSignatures(codesign),
    asked: () => (existsSync(asked) ? readFileSync(asked, 'utf8').trim().split('\n') : []),
  };
}

describe('the signature of a program', () => {
  it.each([
    ['exit 0', 'valid'],
    ['echo "code object is not signed at all" >&2; exit 1', 'none'],
    ['exit 2', 'unknown'],
    ['kill -9 $$', 'unknown'],
  ])('where codesign says %j is %s', async (end, signature) => {
    const { signatures, tool, asked } = await setUp(end);
    expect(await signatures.of(tool)).toBe(signature);
    expect(asked()).toEqual([`--verify ${tool}`]);
  });

  it('is asked for once, until the file is another one', async () => {
    const { signatures, tool, asked } = await setUp('exit 0');
    await Promise.all([signatures.of(tool), signatures.of(tool)]);
    await signatures.of(tool);
    expect(asked()).toHaveLength(1);
    appendFileSync(tool, 'y');
    await signatures.of(tool);
    expect(asked()).toHaveLength(2);
  });

  it('that was unknown is asked for again', async () => {
    const { signatures, tool, asked } = await setUp('exit 2');
    await signatures.of(tool);
    await signatures.of(tool);
    expect(asked()).toHaveLength(2);
  });

  it('is unknown without codesign, and of what is no file', async () => {
    const { tool } = await setUp('exit 0');
    expect(await new CodeSignatures('/nowhere/codesign').of(tool)).toBe('unknown');
    expect(await new CodeSignatures('/nowhere/codesign').of('/')).toBe('unknown');
    expect(await new CodeSignatures(join(tool, 'codesign')).of(tool)).toBe('unknown');
  });

  it('warns of programs, not of scripts that are shown', async () => {
    const unsigned = { of: () => Promise.resolve('none' as const) };
    const segments = [{ argv: ['x'], executable: '/x', via: [], sha256: null }];
    const operand = { path: '/x', sha256: '', sizeBytes: 0, modifiedAtMs: 0 };
    const codes = async (operands: (typeof operand)[]) => {
      const assessment = exampleAssessment({ segments, operands });
      return (await unsignedPrograms({ assessment }, unsigned)).map(({ code }) => code);
    };
    expect(await codes([])).toEqual(['not-signed']);
    expect(await codes([operand])).toEqual([]);
  });
});

it.each<[NodeJS.Platform, number]>([
  ['darwin', 1],
  ['linux', 0],
])('a prompt has no traffic lights: %s', (platform, times) => {
  const setWindowButtonVisibility = vi.fn();
  hideWindowButtons({ setWindowButtonVisibility }, platform);
  expect(setWindowButtonVisibility.mock.calls).toEqual(Array.from({ length: times }, () => [false]));
});
