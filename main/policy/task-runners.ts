import type { Arg } from '../binding/find-operand.ts';

/** They run what a file of the project tells them to, and nobody can bind what that reaches. */
const ALWAYS: ReadonlySet<string> = new Set(
  (
    'make gmake bmake nmake ninja samu rake just task go-task mage gulp grunt jake nx turbo lerna invoke inv fab tox ' +
    'nox doit scons waf gradle gradlew mvn mvnw ant sbt lein bazel bazelisk buck buck2 npm-run-all npm-run-all2 run-s ' +
    'run-p foreman honcho overmind mix earthly pre-commit'
  ).split(' '),
);

interface Verbs {
  /** They run something of the project. */
  readonly runs: readonly string[];
  /** They do not. With this list every other word is the name of a script. */
  readonly plain?: readonly string[];
}

const NODE_RUNS = [
  'run',
  'run-script',
  'rum',
  'urn',
  'test',
  't',
  'tst',
  'start',
  'stop',
  'restart',
  'install-test',
  'it',
];
const NODE_PLAIN = (
  'install i ci add a remove rm uninstall un update up upgrade list ls ll la why outdated audit store config set get ' +
  'publish pack init create import fetch prune rebuild link unlink view info show licenses bin root env setup dedupe ' +
  'login logout whoami search ping cache version versions help deploy patch node exec dlx constraints plugin workspaces'
).split(' ');

const BY_VERB = new Map<string, Verbs>(
  Object.entries({
    npm: { runs: NODE_RUNS },
    pnpm: { runs: NODE_RUNS, plain: NODE_PLAIN },
    yarn: { runs: NODE_RUNS, plain: NODE_PLAIN },
    bun: {
      runs: ['test', 'repl', 'exec'],
      plain:
        'install i add a remove rm update outdated link unlink pm build init create upgrade publish patch audit why info'.split(
          ' ',
        ),
    },
    deno: {
      runs: ['task', 'test', 'bench', 'eval', 'repl', 'serve', 'jupyter', 'x', 'create'],
      plain:
        'fmt lint check doc info cache types upgrade install add remove uninstall outdated update init publish compile clean help'.split(
          ' ',
        ),
    },
    go: {
      runs: ['test', 'generate', 'tool'],
      plain: 'build install get mod work list doc env fmt vet fix clean version bug telemetry help'.split(
        ' ',
      ),
    },
    swift: { runs: ['run', 'test', 'repl'], plain: ['build', 'package', 'format', 'sdk'] },
    uv: {
      runs: ['tool', 'x'],
      plain:
        'pip sync lock add remove tree export venv init python cache version build publish self help'.split(
          ' ',
        ),
    },
    dart: { runs: ['test', 'compile'], plain: 'pub fix format analyze create doc info help'.split(' ') },
    cargo: { runs: ['run', 'r', 'test', 't', 'bench', 'script', 'xtask', 'nextest', 'watch', 'make'] },
    dotnet: { runs: ['run', 'test', 'watch', 'exec', 'script', 'fsi', 'msbuild', 'build'] },
    poetry: { runs: ['run', 'shell'] },
    pipenv: { runs: ['run', 'shell'] },
    hatch: { runs: ['run', 'test', 'shell'] },
    pdm: { runs: ['run'] },
    rye: { runs: ['run', 'test'] },
    pixi: { runs: ['run', 'shell', 'exec'] },
    conda: { runs: ['run'] },
    bundle: { runs: ['exec'] },
    composer: { runs: ['run', 'run-script', 'exec', 'test'] },
    mise: { runs: ['run', 'exec', 'x', 'watch'] },
    asdf: { runs: ['exec'] },
    rustup: { runs: ['run'] },
    cmake: { runs: ['--build', '-P', '-E'] },
  } satisfies Record<string, Verbs>),
);

export type TaskUse =
  /** It runs what the project says: refused. */
  | 'runs'
  /** A program with sub-commands, used for one that runs nothing of the project. */
  | 'plain'
  /** Not in these tables, or for another table to judge. */
  | 'unknown';

export function taskUse(name: string, args: readonly Arg[]): TaskUse {
  if (ALWAYS.has(name)) return 'runs';
  const verbs = BY_VERB.get(name.replace(/\.[cm]?js$/, ''));
  if (verbs === undefined) return 'unknown';
  const [first, ...rest] = args.slice(1).filter((arg) => arg?.startsWith('+') !== true);
  if (first === undefined)
    return ['yarn', 'npm', 'pnpm', 'go', 'uv', 'cargo'].includes(name) ? 'plain' : 'unknown';
  if (first === null) return 'runs';
  if (verbs.runs.includes(first)) return 'runs';
  if (first.startsWith('-')) {
    // An option may take the next word, so the verb could be any that follows.
    if (rest.some((arg) => arg === null || verbs.runs.includes(arg))) return 'runs';
    return verbs.plain === undefined || rest.length === 0 ? 'plain' : 'unknown';
  }
  if (verbs.plain === undefined || verbs.plain.includes(first)) return 'plain';
  // `pnpm build` and `yarn build` are scripts of package.json; the other tables know the rest.
  return name.startsWith('pnpm') || name.startsWith('yarn') ? 'runs' : 'unknown';
}

/** Whether a rule for that program has to say which arguments it covers. */
export function hasVerbs(name: string): boolean {
  return ALWAYS.has(name) || BY_VERB.has(name.replace(/\.[cm]?js$/, ''));
}
