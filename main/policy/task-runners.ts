import type { Arg } from '../binding/find-operand.ts';
import { withoutJsEnding } from './script-words.ts';

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
  /** They do not. */
  readonly plain?: readonly string[];
  /** Every other word runs something: the name of a script, a verb, or what is short for one: `npm tes`. */
  readonly scripts?: true;
}

const NODE_PLAIN = (
  'install i ci add a remove rm uninstall un update up upgrade list ls ll la why outdated audit store config set get ' +
  'publish pack init create import fetch prune rebuild link unlink view info show licenses bin root env setup dedupe ' +
  'login logout whoami search ping cache version versions help deploy patch constraints plugin doctor explain fund docs ' +
  'repo bugs owner access token profile pkg prefix query sbom deprecate dist-tag diff'
).split(' ');
/** Before the verb, those that take the next word: the same one stands alone in another. */
const NODE_VALUES: Readonly<Record<string, RegExp>> = {
  npm: /^(?:-C|-w|--(?:loglevel|prefix|registry|workspace))$/,
  pnpm: /^(?:-C|-F|--(?:dir|filter|loglevel|prefix|registry|reporter))$/,
  yarn: /^--(?:cwd|registry)$/,
};
/** And those that are known to stand alone. */
const NODE_FLAGS =
  /^(?:-[rsgDqy]|--(?:silent|quiet|recursive|workspace-root|global|offline|prefer-offline|frozen-lockfile|immutable|ignore-scripts|yes|no-color|color|(?:cwd|dir|filter|loglevel|prefix|registry|reporter|workspace)=.*))$/;
/** Options after which nothing runs. */
const ONLY_SAYS = /^(?:-[vVh]|--?version|--?help)$/;

const BY_VERB = new Map<string, Verbs>(
  Object.entries({
    npm: { runs: [], plain: NODE_PLAIN, scripts: true },
    pnpm: { runs: [], plain: NODE_PLAIN, scripts: true },
    yarn: { runs: [], plain: NODE_PLAIN, scripts: true },
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
    dotnet: {
      runs: ['run', 'test', 'watch', 'exec', 'script', 'fsi', 'msbuild', 'build'],
      plain: 'new restore clean add remove list sln nuget pack publish tool workload help format'.split(' '),
    },
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
  const plain = withoutJsEnding(name);
  const verbs = BY_VERB.get(plain);
  if (verbs === undefined) return 'unknown';
  const [first, ...rest] = args.slice(1).filter((arg) => arg?.startsWith('+') !== true);
  if (first === undefined)
    return ['yarn', 'npm', 'pnpm', 'go', 'uv', 'cargo'].includes(name) ? 'plain' : 'unknown';
  if (first === null) return 'runs';
  if (verbs.runs.includes(first)) return 'runs';
  if (first.startsWith('-')) {
    if (rest.includes(null)) return 'runs';
    if (verbs.scripts === true) return behindOptions(plain, verbs, [first, ...rest]);
    // An option may take the next word, so the verb could be any that follows.
    if (rest.some((arg) => arg !== null && verbs.runs.includes(arg))) return 'runs';
    if (verbs.plain === undefined) return 'plain';
    // Alone it could be the code, or start what reads its input: `bun --eval=x`, `swift -`.
    return rest.length === 0 && ONLY_SAYS.test(first) ? 'plain' : 'unknown';
  }
  if (verbs.plain === undefined || verbs.plain.includes(first)) return 'plain';
  // `pnpm build` and `yarn build` are scripts of package.json; the other tables know the rest.
  return verbs.scripts === true ? 'runs' : 'unknown';
}

/** `pnpm --filter x build`: whatever stands behind an option that nobody knows could be a script. */
function behindOptions(name: string, { plain }: Verbs, args: readonly Arg[]): TaskUse {
  let index = 0;
  for (let word = args[index]; word?.startsWith('-') === true; word = args[index]) {
    if (NODE_VALUES[name]?.test(word) === true) index += 2;
    else if (NODE_FLAGS.test(word) || (name === 'pnpm' && word === '-w')) index++;
    else return args.length === 1 && ONLY_SAYS.test(word) ? 'plain' : 'runs';
  }
  const verb = args[index];
  return verb == null || plain?.includes(verb) === true ? 'plain' : 'runs';
}

/** Whether a rule for that program has to say which arguments it covers. */
export function hasVerbs(name: string): boolean {
  return ALWAYS.has(name) || BY_VERB.has(withoutJsEnding(name));
}
