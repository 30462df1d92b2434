import { expect, it } from 'vitest';

import { readShellGrammar } from '../../main/facts/shell-grammar.ts';
import { openShellReader } from '../../main/shell/shell-reader.ts';

// In a file of its own: once one reader is open, the next ones find everything in place.
it('readers that are opened at the same time do not disturb each other', async () => {
  const wasm = await readShellGrammar();
  const readers = await Promise.all([openShellReader(wasm), openShellReader(wasm), openShellReader(wasm)]);
  expect(readers.map((each) => each.read('ls | wc').kind)).toEqual(['read', 'read', 'read']);
});
