import type { Arg } from '../binding/find-operand.ts';
import { withoutJsEnding } from './script-words.ts';

/** A program that runs the command behind it unchanged. The list is complete: what is not here is not looked through. */
interface Wrapper {
  readonly flags?: RegExp;
  /** Options whose value is the next word. */
  readonly values?: readonly string[];
  /** Words of its own between the options and the command: the duration of `timeout`. */
  readonly own?: number;
}

const WRAPPERS = new Map<string, Wrapper>(
  Object.entries({
    nice: { flags: /^(?:-n-?\d{1,3}|--?\d{1,3}|--adjustment=-?\d{1,3})$/, values: ['-n', '--adjustment'] },
    nohup: {},
    timeout: {
      flags:
        /^(?:-v|--verbose|--foreground|--preserve-status|-[ks][A-Za-z0-9.]+|--(?:signal|kill-after)=[A-Za-z0-9.]+)$/,
      values: ['-s', '--signal', '-k', '--kill-after'],
      own: 1,
    },
    gtimeout: {
      flags:
        /^(?:-v|--verbose|--foreground|--preserve-status|-[ks][A-Za-z0-9.]+|--(?:signal|kill-after)=[A-Za-z0-9.]+)$/,
      values: ['-s', '--signal', '-k', '--kill-after'],
      own: 1,
    },
    time: { flags: /^-[plvh]+$/ },
    stdbuf: {
      flags: /^(?:-[ioe][A-Za-z0-9]+|--(?:input|output|error)=[A-Za-z0-9]+)$/,
      values: ['-i', '-o', '-e'],
    },
    caffeinate: { flags: /^-[dimsu]+$/, values: ['-t', '-w'] },
    arch: { flags: /^-(?:arm64e?|x86_64h?|i386|32|64)$/, values: ['-arch'] },
    xcrun: { flags: /^(?:-v|--verbose|-l|--log|-n|--no-cache)$/ },
  }),
);

/** Programs that fetch or find a package's command and run it. Their command is not looked up on PATH alone. */
interface Runner {
  /** Words that make it one, behind options of the program itself; empty: it always is. */
  readonly verbs: readonly string[];
  readonly flags: RegExp;
  readonly values: readonly string[];
  /** `local`: folders of the project. `path`: PATH too. `fetched`: always from elsewhere. */
  readonly finds: 'local' | 'path' | 'fetched';
}

type Options = Pick<Runner, 'flags' | 'values'>;

/** An option that takes a value in one of them and none in another would make a value the command. */
const NPM: Options = {
  flags: /^(?:-y|--yes|--no-install|-q|--quiet|--silent|-s|--package=.+)$/,
  values: ['--package', '-p', '--loglevel'],
};
const PNPM: Options = {
  flags: /^(?:--silent|-s|--package=.+)$/,
  values: ['--package', '--reporter', '--loglevel'],
};
const YARN: Options = { flags: /^(?:-q|--quiet|--package=.+)$/, values: ['--package'] };
const BUN: Options = { flags: /^(?:--bun|--silent|--verbose|--package=.+)$/, values: ['--package', '-p'] };

const RUNNERS = new Map<string, readonly Runner[]>(
  Object.entries({
    npx: [{ ...NPM, verbs: [], finds: 'local' }],
    bunx: [{ ...BUN, verbs: [], finds: 'local' }],
    npm: [{ ...NPM, verbs: ['exec', 'x'], finds: 'local' }],
    pnpm: [
      { ...PNPM, verbs: ['exec'], finds: 'path' },
      { ...PNPM, verbs: ['dlx'], finds: 'fetched' },
    ],
    yarn: [
      { ...YARN, verbs: ['exec'], finds: 'path' },
      { ...YARN, verbs: ['dlx'], finds: 'fetched' },
    ],
    bun: [{ ...BUN, verbs: ['x'], finds: 'local' }],
  } satisfies Record<string, readonly Runner[]>),
);

export type Unwrapped =
  /** No wrapper, or one that runs nothing. */
  | { readonly kind: 'none' }
  /** It runs the words from `index` on. */
  | { readonly kind: 'through'; readonly index: number; readonly finds: 'path-only' | Runner['finds'] }
  /** `env NAME=value command`: looked through to bind files, never to allow. */
  | { readonly kind: 'assigning'; readonly index: number; readonly assignments: readonly string[] }
  /** It runs something, in a way that is not looked through: it is a carrier, of the words from `index` on if that is known. */
  | { readonly kind: 'carrier'; readonly index: number | null; readonly assignments: readonly string[] }
  /** The command it runs is in a text, or the shell computes it. */
  | { readonly kind: 'evaluated' };

/** Looks one layer behind a wrapper. @param args The whole command; null where the shell computes a word. */
export function unwrap(name: string, args: readonly Arg[]): Unwrapped {
  if (name === 'env') return unwrapEnv(args);
  const wrapper = WRAPPERS.get(name);
  if (wrapper !== undefined) {
    const index = commandIndex(args, 1, wrapper.flags, wrapper.values ?? []);
    if (index === null) return { kind: 'carrier', index, assignments: [] };
    const at = index + (wrapper.own ?? 0);
    return at >= args.length ? { kind: 'none' } : { kind: 'through', index: at, finds: 'path-only' };
  }
  return unwrapRunner(withoutJsEnding(name), args);
}

function unwrapRunner(name: string, args: readonly Arg[]): Unwrapped {
  // `pnpm node x.js` runs Node on the file, as `node x.js` does.
  if (name === 'pnpm' && args[1] === 'node') return { kind: 'through', index: 1, finds: 'path' };
  for (const runner of RUNNERS.get(name) ?? []) {
    let start = 1;
    if (runner.verbs.length > 0) {
      const verb = commandIndex(args, 1, runner.flags, runner.values);
      const word = verb === null ? undefined : args[verb];
      if (verb === null || typeof word !== 'string' || !runner.verbs.includes(word)) continue;
      start = verb + 1;
    }
    if (args.slice(start).some(isEvaluating)) return { kind: 'evaluated' };
    const index = commandIndex(args, start, runner.flags, runner.values);
    if (index === null || (name === 'npm' && readsOptionsBehind(args, index)))
      return { kind: 'carrier', index: null, assignments: [] };
    // To newer ones it is a text for their own shell.
    if (name === 'yarn' && !/^[\w./@+-]*$/.test(args[index] ?? '')) return { kind: 'evaluated' };
    // A package that is named apart brings the command along, whatever is called alike here.
    const fetched = args
      .slice(1, index)
      .some((arg) => arg !== null && /^(?:-p|--package(?:=.*)?)$/.test(arg));
    const finds = fetched ? 'fetched' : runner.finds;
    return index >= args.length ? { kind: 'none' } : { kind: 'through', index, finds };
  }
  return { kind: 'none' };
}

/** npm takes options for its own wherever they stand, unless `--` is before the command. */
const readsOptionsBehind = (args: readonly Arg[], index: number): boolean =>
  args[index - 1] !== '--' && args.slice(index + 1).some((arg) => arg === null || arg.startsWith('-'));

const isEvaluating = (arg: Arg): boolean => arg !== null && /^(?:-c|--call(?:=.*)?|--shell-mode)$/.test(arg);

function unwrapEnv(args: readonly Arg[]): Unwrapped {
  const assignments: string[] = [];
  let index = 1;
  if (args[1] === '--') index = 2;
  for (let word = args[index]; word !== undefined; word = args[index]) {
    if (word === null) return { kind: 'evaluated' };
    if (word.startsWith('-') && assignments.length === 0) return envWithOptions(args, index);
    if (!word.includes('=')) break;
    assignments.push(word);
    index++;
  }
  if (index >= args.length) return { kind: 'none' };
  return assignments.length === 0
    ? { kind: 'through', index, finds: 'path-only' }
    : { kind: 'assigning', index, assignments };
}

/** `-i` and its kind change what the command gets, and `-S` is a text to be taken apart. */
function envWithOptions(args: readonly Arg[], from: number): Unwrapped {
  const assignments: string[] = [];
  let index = from;
  for (let word = args[index]; word !== undefined; word = args[index]) {
    if (word === null || /^-[^-]*S|^--s/.test(word)) return { kind: 'evaluated' };
    if (/^(?:-|-[iv]+|--ignore-environment|--unset=.*|-u.+)$/.test(word)) index++;
    else if (word === '-u' || word === '--unset') index += 2;
    // Any other option could take a word, or say where to look.
    else if (word.startsWith('-')) {
      const rest = args.slice(index).filter((arg) => arg !== null);
      return rest.some((arg) => arg.startsWith('-S'))
        ? { kind: 'evaluated' }
        : { kind: 'carrier', index: null, assignments: rest.filter((arg) => /^\w+=/.test(arg)) };
    } else if (word.includes('=')) {
      assignments.push(word);
      index++;
    } else return { kind: 'carrier', index, assignments };
  }
  return { kind: 'none' };
}

/** Where the command starts behind options that are known; null when one is not, or the shell computes one. */
function commandIndex(
  args: readonly Arg[],
  from: number,
  flags: RegExp | undefined,
  values: readonly string[],
): number | null {
  let index = from;
  for (let word = args[index]; word !== undefined; word = args[index]) {
    if (word === null) return null;
    if (word === '--') return index + 1;
    if (!word.startsWith('-')) return index;
    if (flags?.test(word) === true) index++;
    else if (values.includes(word)) index += 2;
    else return null;
  }
  return index;
}

/** Whether a program finds and runs the commands of packages: with other words it does other things, some as far-reaching. */
export function isRunner(name: string): boolean {
  return RUNNERS.has(withoutJsEnding(name));
}

/** Whether a program is there to run others. */
export function isLauncher(name: string): boolean {
  return name === 'env' || WRAPPERS.has(name) || isRunner(name);
}
