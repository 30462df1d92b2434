import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The bytes of tree-sitter-bash.wasm: beside the compiled program, or in the package when run from source. */
export async function readShellGrammar(): Promise<Uint8Array> {
  try {
    return await readFile(new URL('../shell/tree-sitter-bash.wasm', import.meta.url));
  } catch {
    return readFile(createRequire(import.meta.url).resolve('tree-sitter-bash/tree-sitter-bash.wasm'));
  }
}
