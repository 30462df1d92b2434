import type { FileFacts } from './file-facts.ts';
import { peekFile, readBounded } from './read-bounded.ts';
import { type Look, lookAt, tracePath, type Who } from './trace-path.ts';
import { withinTime } from './within-time.ts';

/** A path is looked at many times, and each look waits for its turn; a read counts from when its turn came. */
const BUDGET = { traceMs: 20_000, readMs: 10_000 };
/** On macOS members of `admin` may become root; Homebrew's folders are theirs. */
const MACOS_ADMIN = 80;

/** The facts of this machine's disk, as this process's user sees it. */
export function diskFacts(budget = BUDGET): FileFacts {
  const who: Who = {
    uid: process.getuid?.() ?? 0,
    rootGroups: process.platform === 'darwin' ? [0, MACOS_ADMIN] : [0],
  };
  return factsThrough(who, (trace) => trace, lookAt, budget);
}

type Remember = <Args extends unknown[], T>(
  look: (...args: Args) => Promise<T>,
) => (...args: Args) => Promise<T>;

function factsThrough(who: Who, remember: Remember, look: Look, budget: typeof BUDGET): FileFacts {
  return {
    once: () => factsThrough(who, remembering, remembering(lookAt), budget),
    trace: remember((path) =>
      withinTime(budget.traceMs, { found: false, problem: 'too-slow' }, tracePath(path, who, look)),
    ),
    read: remember((path, bounds) => readBounded(path, bounds, budget.readMs)),
    peek: remember((path, bytes) => peekFile(path, bytes, budget.readMs)),
  };
}

/** Asks once, whoever wants to know; what was asked is told by its words and numbers. */
function remembering<Args extends unknown[], T>(
  look: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.length === 1 && typeof args[0] === 'string' ? args[0] : JSON.stringify(args);
    const answer = known.get(key) ?? look(...args);
    known.set(key, answer);
    return answer;
  };
}
