/** One piece of one source file, by its path in this folder, and what to put in its place. */
export interface Replacement {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}
export function buildStandin(outDir: string, replacement?: Replacement): Promise<void>;
