import { basename } from 'node:path/posix';

import type { Arg } from '../binding/find-operand.ts';

/** Endings by which a word names a script, in any position. */
const SCRIPT_ENDING =
  /\.(?:sh|bash|zsh|command|tool|py|pyw|js|mjs|cjs|ts|mts|rb|pl|php|lua|scpt|applescript|swift|jar|r|awk|sed)$/i;

/** A package manager or tool that is a file of JavaScript is called like its command: `npm.cjs`. */
export const withoutJsEnding = (name: string): string => name.replace(/\.[cm]?js$/, '');

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

/**
 * Whether the words of a program that nobody has modelled start a script: `spawner sh run.sh`. What is behind a long
 * option is its value, and a runtime alone may be what the program is about: `brew install node`.
 * @param args Null where the shell computes a word.
 */
export function startsScript(args: readonly Arg[], isRuntime: (baseName: string) => boolean): boolean {
  return args.some((arg, index) => {
    if (index === 0 || arg === null || !isRuntime(basename(arg))) return false;
    if (args[index - 1]?.startsWith('--') === true) return false;
    const next = args.slice(index + 1).find((word) => word?.startsWith('-') !== true);
    return next === null || (next !== undefined && (next.includes('/') || isScriptName(next)));
  });
}

/** More than a person reads. */
export const MOST_PIECES = 100;

/**
 * What could be a name or path of its own within a word: between the marks of a text, behind a letter for an option, and
 * from where something starts like a path.
 */
export function piecesOf(word: string): readonly string[] {
  const parts = word.split(/[\s=!"'(){}<>|;&,:@`$[\]\\]+/).flatMap((part) => {
    const path = part.search(/(?<![~.])[~.]*\//);
    return [part, part.replace(/^-[a-zA-Z]/, ''), path === -1 ? '' : part.slice(path)];
  });
  return [...new Set([word, ...parts])].filter((piece) => /^[^-]/.test(piece));
}
