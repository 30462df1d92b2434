import { createContext, Script } from 'node:vm';

import { sha256Hex } from '../request/digest.ts';

const EXACT = 'sha256:cwd-argv:v1:';
/** What a pattern of the older form looks like: it bound no directory, so it matches nothing. */
const OUTDATED = 'sha256:argv:';
const LONGEST_PATTERN = 4096;
const LONGEST_ARGUMENTS = 64 * 1024;
/** For all patterns of one judgement. Generous: on a busy machine an honest pattern waits for its turn, and a miss for that reason would be a lie. */
const WORK_MS = 500;

/** The argPattern that stands for exactly these arguments in exactly that directory. `args` without the program's name. */
export function exactArguments(cwd: string, args: readonly string[]): string {
  const sized = (text: string): string => `${Buffer.byteLength(text)}\0${text}\0`;
  return EXACT + sha256Hex(`${sized(cwd)}${args.length}\0${args.map(sized).join('')}`);
}

export function isExact(argPattern: string | null): boolean {
  return argPattern?.startsWith(EXACT) === true;
}

/**
 * Whether arguments satisfy an argPattern: the exact form, or a JavaScript regular expression over the arguments joined
 * by a space (by NUL, and ended by one, when the pattern holds NUL). Invalid, outdated, too long or too much work: no.
 */
export function matchesArguments(
  argPattern: string,
  cwd: string,
  args: readonly string[],
  work = new PatternWork(),
): boolean {
  if (isExact(argPattern)) return argPattern === exactArguments(cwd, args);
  if (argPattern.startsWith(OUTDATED) || argPattern.length > LONGEST_PATTERN) return false;
  const text = argPattern.includes('\0') ? `${args.length === 0 ? '\0' : args.join('\0')}\0` : args.join(' ');
  return text.length <= LONGEST_ARGUMENTS && work.test(argPattern, text);
}

/**
 * Whether a pattern can tell these arguments from others. Joined by a space, `deploy.py x` in one argument reads like two:
 * only a pattern with NUL, or the exact form, says where each ends.
 */
export function tellsApart(argPattern: string, args: readonly string[]): boolean {
  return isExact(argPattern) || argPattern.includes('\0') || !args.some((arg) => /\s/.test(arg));
}

export function isValidArgPattern(argPattern: string): boolean {
  if (isExact(argPattern)) return /^[0-9a-f]{64}$/.test(argPattern.slice(EXACT.length));
  if (argPattern.startsWith(OUTDATED) || argPattern.length > LONGEST_PATTERN) return false;
  try {
    new RegExp(argPattern);
    return true;
  } catch {
    return false;
  }
}

const room: { pattern: string; text: string } = { pattern: '', text: '' };
const script = new Script('new RegExp(pattern).test(text)');
let context: object | undefined;

/**
 * What one judgement may spend on patterns: a regular expression can take for ever, and only another context can be stopped
 * from outside. A pattern that was stopped is off for the rest of the judgement, and so are all when nothing is left.
 */
export class PatternWork {
  #leftMs = WORK_MS;
  readonly #off = new Set<string>();

  /** Whether the last answer for that pattern was no answer. */
  wasStopped(pattern: string): boolean {
    return this.#off.has(pattern);
  }

  test(pattern: string, text: string): boolean {
    if (this.#leftMs < 1) this.#off.add(pattern);
    if (this.#off.has(pattern)) return false;
    context ??= createContext(room, { codeGeneration: { strings: false, wasm: false } });
    room.pattern = pattern;
    room.text = text;
    const start = performance.now();
    try {
      return script.runInContext(context, { timeout: Math.floor(this.#leftMs) }) === true;
    } catch {
      if (performance.now() - start >= Math.floor(this.#leftMs)) this.#off.add(pattern);
      return false;
    } finally {
      this.#leftMs -= performance.now() - start;
    }
  }
}
