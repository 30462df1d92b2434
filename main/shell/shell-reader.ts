import { type Grammar, loadGrammar } from './parser.ts';
import type { Reading, ShellReader } from './reading.ts';
import { scan } from './scanner.ts';
import type { OpaqueCause } from './token.ts';
import { Disagreement } from './token-book.ts';
import { Walk } from './walk.ts';

/** @param wasm The bytes of tree-sitter-bash.wasm. */
export async function openShellReader(wasm: Uint8Array): Promise<ShellReader> {
  const grammar = await loadGrammar(wasm);
  return { read: (text) => read(text, grammar) };
}

function read(text: string, grammar: Grammar): Reading {
  const scanned = scan(text);
  if (!scanned.ok) return opaque(scanned.cause);
  // The grammar takes CR and some Unicode spaces for blanks. A comma is a plain letter to both readers; offsets stay.
  const masked = text.replace(/[\r\u0080-\uffff]/g, ',');
  const reading = grammar.parse(masked, (root): Reading => {
    if (root.hasError) return opaque('syntax');
    try {
      return new Walk(masked, scanned.tokens).program(root);
    } catch (error) {
      if (error instanceof Disagreement) return opaque(error.why);
      throw error;
    }
  });
  return reading ?? opaque('too-much-work');
}

const opaque = (cause: OpaqueCause): Reading => ({ kind: 'opaque', cause });
