import { Language, type Node, Parser } from 'web-tree-sitter';

/** How often the grammar may report progress before it has had its share. A full 16 kB of ordinary commands needs 230. */
const MOST_REPORTS = 600;
/** It asks for the text in pieces. Where it looks ahead to the end again and again, a report may take it half a second. */
const PIECE = 512;
/** A full 16 kB of ordinary commands needs 80. */
const MOST_PIECES = 1000;

/** The second reader: the bash grammar. One instance serves one text at a time. */
export interface Grammar {
  /** Hands the tree to `use`, and frees it. Null: it gave up, for want of work budget or because it broke. */
  parse<T>(text: string, use: (root: Node) => T): T | null;
}

/** Started a second time it would be taken away from whoever has it. */
let engine: Promise<void> | undefined;

/** @param wasm The bytes of tree-sitter-bash.wasm. */
export async function loadGrammar(wasm: Uint8Array): Promise<Grammar> {
  await (engine ??= Parser.init());
  const language = await Language.load(wasm);
  const fresh = (): Parser => new Parser().setLanguage(language);
  let parser = fresh();
  return {
    parse(text, use) {
      let reports = 0;
      let pieces = 0;
      // Out of work, the text is over: what is left to do costs nothing.
      const piece = (at: number): string => (++pieces > MOST_PIECES ? '' : text.slice(at, at + PIECE));
      const isTooMuch = (): boolean => reports > MOST_REPORTS || pieces > MOST_PIECES;
      try {
        const tree = parser.parse(piece, null, {
          progressCallback: () => {
            reports++;
            return isTooMuch();
          },
        });
        if (tree === null) {
          parser.reset();
          return null;
        }
        try {
          return isTooMuch() ? null : use(tree.rootNode);
        } finally {
          tree.delete();
        }
      } catch {
        // An abort inside WebAssembly leaves the parser half done: every later text would fail with it.
        parser = fresh();
        return null;
      }
    },
  };
}
