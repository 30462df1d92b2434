import type { ShellReader } from '../shell/reading.ts';
import { openShellReader } from '../shell/shell-reader.ts';
import { diskFacts } from './disk-facts.ts';
import type { FileFacts } from './file-facts.ts';
import { readShellGrammar } from './shell-grammar.ts';

/** What a judgement asks outside itself: the disk, and how a shell would read a text. */
export interface Machine {
  readonly files: FileFacts;
  readonly shell: ShellReader;
}

/** The real ones, of this machine. Loads the grammar: once per process. */
export async function openMachine(): Promise<Machine> {
  return { files: diskFacts(), shell: await openShellReader(await readShellGrammar()) };
}
