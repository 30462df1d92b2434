import type { Machine } from '../policy/assess.ts';
import { openShellReader } from '../shell/shell-reader.ts';
import { diskFacts } from './disk-facts.ts';
import { readShellGrammar } from './shell-grammar.ts';

/** Everything that a judgement asks outside itself, on this machine. Loads the grammar: once per process. */
export async function openMachine(): Promise<Machine> {
  return { files: diskFacts(), shell: await openShellReader(await readShellGrammar()) };
}
