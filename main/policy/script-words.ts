/** Endings by which a word names a script, in any position. */
const SCRIPT_ENDING =
  /\.(?:sh|bash|zsh|command|tool|py|pyw|js|mjs|cjs|ts|mts|rb|pl|php|lua|scpt|applescript|swift|jar|r|awk|sed)$/i;

export const isScriptName = (word: string): boolean => SCRIPT_ENDING.test(word);

/** Whether a word under a carrier that was not taken apart looks like a script or the start of one. */
export function looksLikeScript(word: string, isRuntime: (baseName: string) => boolean): boolean {
  return word
    .split(/[\s;|&()"']+/)
    .filter((part) => part !== '')
    .some(
      (part) =>
        SCRIPT_ENDING.test(part) ||
        /^\.{1,2}\//.test(part) ||
        isRuntime(part.slice(part.lastIndexOf('/') + 1)),
    );
}
