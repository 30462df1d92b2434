/**
 * Runtimes that run a file named on their command line, and the options before that file which leave it the only thing
 * that decides what runs. Every option that is not here is refused: those that load, preload, evaluate, watch, test,
 * attach, read settings or environment files, and those that nobody has looked at yet.
 */
export interface Interpreter {
  /** Base names, without version and case: `python` stands for `python3.12`. */
  readonly names: readonly string[];
  /** Options that stand alone, in full. */
  readonly flags?: readonly string[];
  /** Letters that may be bundled behind one dash. */
  readonly letters?: string;
  /** Options with a value, behind `=`, as the next word or attached to a letter, and the values that pass. */
  readonly values?: Readonly<Record<string, RegExp>>;
  /** Sub-commands of which one has to come first: `deno run`. An empty string: none is needed. */
  readonly verbs?: readonly string[];
  /**
   * What the operand has to look like, where a word could be something else than a file. `ending`: a word with a slash
   * could as well, as `java sub/Foo` is a class. `plain-path-or-ending`: unless it starts with `/`, `./` or `../`.
   */
  readonly operand?: 'path-or-ending' | 'plain-path-or-ending' | 'ending';
  /** File endings that make a word without a slash a file. */
  readonly endings?: readonly string[];
  /** Behind a verb only `/`, `./` and `../` say that a word is a file. */
  readonly plainBehindVerb?: boolean;
  /** How an operand may be written, where a runtime makes something else of other words. */
  readonly spelled?: RegExp;
  /** Any word behind the operand, up to `--`, would be compiled along. */
  readonly alone?: boolean;
  /** More operands that are files as well would be run too: `go run a.go b.go`. */
  readonly single?: boolean;
  /** Options are read behind the file as well: `always`, or where an option named it. What is not behind `--` is refused. */
  readonly optionsAfter?: 'always' | 'file-option';
  /** Behind `--` there are only words for code that it reads from standard input. */
  readonly readsAfterDashes?: boolean;
  /** Files of a project by which something else than the operand runs, or runs before it. */
  readonly redirectedBy?: Redirection;
  /** It hands a file on to the program in its first line, unless that line says this. */
  readonly obeysFirstLine?: RegExp;
  /** The option that names the file: `java -jar x.jar`. Without it a bare operand counts, if `operand` allows it. */
  readonly fileOption?: string;
}

export interface Redirection {
  readonly files: readonly string[];
  /** Where they are read: in the folder of the run alone, or in that of the operand and all above as well. */
  readonly from: 'here' | 'above';
  /** Without any of this in its text such a file leads nowhere else. */
  readonly words: RegExp;
  /** With this option they are not read. */
  readonly unless: string | null;
}

const number = /^\d{1,9}$/;
/** Whatever it says. */
const ANY = /[^]/;
const TYPED_ENDINGS = ['.ts', '.mts', '.cts', '.tsx'];
const SCRIPT_ENDINGS = ['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'];
const NODE_FLAGS = [
  '--no-warnings',
  '--trace-warnings',
  '--trace-deprecation',
  '--trace-uncaught',
  '--no-deprecation',
  '--throw-deprecation',
  '--pending-deprecation',
  '--enable-source-maps',
  '--expose-gc',
  '--use-strict',
];

/** Runtimes and shells of which no options were looked at. */
const OTHERS =
  'erb prove pydoc pry jrunscript jjs rhino hermes jsc planck ts-node-dev sucrase-node livescript phpdbg php-cgi jython ' +
  'micropython wolframscript raku swipl gosh gforth mzscheme mit-scheme chez octave-cli scala-cli jbang amm jimsh luvit ' +
  'luau rdmd cling bpftrace mono wine oksh lksh rksh pdksh posh ysh hush murex tarantool coconut gsi petite gracket abcl tsnd tcc ' +
  'hy lli v sml wasmtime wasmer love bpython ptpython esmo ts-eager tsimp dotnet-script ts-node-cwd ts-node-script';

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: ['python', 'pypy', 'pythonw'],
    letters: 'bBdEIOPqsSuvx',
    values: {
      '-X': /^(?:dev|utf8(?:=[01])?|faulthandler|tracemalloc(?:=\d{1,4})?|importtime|showrefcount|no_debug_ranges|int_max_str_digits=\d{1,9}|frozen_modules=(?:on|off)|warn_default_encoding|cpu_count=\d{1,4}|gil=[01])$/,
      // A category with a dot names a module, which would be imported.
      '-W': /^(?:ignore|default|error|always|module|once)(?:::[A-Za-z]+)?$/,
    },
  },
  {
    names: ['node', 'nodejs'],
    flags: NODE_FLAGS,
    values: {
      '--max-old-space-size': number,
      '--stack-trace-limit': number,
      '--unhandled-rejections': /^(?:strict|warn|none|throw|warn-with-error-codes)$/,
    },
    // `node inspect x.js` runs x.js, whatever file is called `inspect`.
    operand: 'path-or-ending',
    endings: SCRIPT_ENDINGS,
  },
  {
    names: ['tsx'],
    flags: [...NODE_FLAGS, '--no-cache'],
    // By a setting `x.js` is `x.ts`, where there is one.
    operand: 'ending',
    endings: TYPED_ENDINGS,
  },
  {
    names: ['ts-node', 'ts-node-esm', 'ts-node-transpile-only'],
    flags: ['-T', '--transpile-only', '--esm'],
    operand: 'ending',
    endings: TYPED_ENDINGS,
    redirectedBy: {
      files: ['tsconfig.json'],
      from: 'above',
      words: /require|transpiler|compiler\b|extends|\\/i,
      unless: null,
    },
  },
  {
    names: ['jiti', 'zx'],
    operand: 'path-or-ending',
    endings: SCRIPT_ENDINGS,
  },
  { names: ['esno', 'swc-node'], operand: 'ending', endings: TYPED_ENDINGS },
  {
    names: ['deno'],
    verbs: ['run', ''],
    flags: [
      '-A',
      '--allow-all',
      '-q',
      '--quiet',
      '--no-prompt',
      '--no-check',
      '--check',
      '--cached-only',
      '--no-remote',
      '--no-config',
    ],
    redirectedBy: {
      files: ['deno.json', 'deno.jsonc'],
      from: 'above',
      words:
        /(?:importMap|scopes|extends|workspace|links|patch)["']?\s*[:/]|\\|["'][\0- ]*(?:\.{0,2}\/|file:|https?:)[^"']*["']\s*(?::|\/[/*])/i,
      unless: '--no-config',
    },
    letters: 'AqRWNESI',
    values: {
      '--allow-read': /^[^\0]*$/,
      '--allow-write': /^[^\0]*$/,
      '--allow-net': /^[^\0]*$/,
      '--allow-env': /^[^\0]*$/,
      '--allow-run': /^[^\0]*$/,
      '--allow-sys': /^[^\0]*$/,
      '--deny-read': /^[^\0]*$/,
      '--deny-write': /^[^\0]*$/,
      '--deny-net': /^[^\0]*$/,
      '--deny-env': /^[^\0]*$/,
      '--deny-run': /^[^\0]*$/,
      '--seed': number,
    },
    operand: 'path-or-ending',
    endings: SCRIPT_ENDINGS,
  },
  {
    names: ['bun'],
    verbs: ['run', ''],
    flags: ['--smol', '--silent', '--no-clear-screen'],
    // `bun sub/x` is a script of package.json first.
    operand: 'plain-path-or-ending',
    endings: SCRIPT_ENDINGS,
    plainBehindVerb: true,
    redirectedBy: {
      files: ['tsconfig.json', 'jsconfig.json', 'bunfig.toml'],
      from: 'above',
      words: /path|baseUrl|extend|preload|\\/i,
      unless: null,
    },
  },
  {
    names: ['ruby', 'jruby', 'truffleruby'],
    letters: 'wWUT',
    flags: ['--jit', '--yjit', '-W0', '-W1', '-W2'],
  },
  { names: ['perl'], letters: 'wWXtTU', obeysFirstLine: /perl/ },
  {
    names: ['php', 'php-cli'],
    letters: 'qnC',
    flags: ['--no-header', '--no-php-ini'],
    fileOption: '-f',
    optionsAfter: 'file-option',
    readsAfterDashes: true,
  },
  { names: ['lua', 'luajit', 'texlua'], letters: 'EW' },
  {
    names: ['rscript'],
    flags: [
      '--vanilla',
      '--no-save',
      '--no-restore',
      '--no-environ',
      '--no-site-file',
      '--no-init-file',
      '--verbose',
    ],
    // `~+~` is a blank to it.
    spelled: /^[^~]*$/,
    redirectedBy: { files: ['.Rprofile', '.Renviron'], from: 'here', words: ANY, unless: '--vanilla' },
  },
  {
    names: ['osascript'],
    values: { '-l': /^(?:AppleScript|JavaScript)$/, '-s': /^[heso]{1,4}$/ },
  },
  {
    names: ['swift'],
    flags: ['-O', '-Onone', '-Osize', '-suppress-warnings'],
    operand: 'path-or-ending',
    endings: ['.swift'],
  },
  {
    names: ['go'],
    verbs: ['run'],
    flags: ['-race', '-v', '-x', '-work'],
    operand: 'path-or-ending',
    endings: ['.go'],
    single: true,
  },
  {
    names: ['java'],
    flags: ['-server', '-client', '-ea', '-esa', '-showversion', '-Xrs', '-XstartOnFirstThread'],
    values: { '-Xmx': /^\d{1,6}[kKmMgG]?$/, '-Xms': /^\d{1,6}[kKmMgG]?$/, '-Xss': /^\d{1,6}[kKmMgG]?$/ },
    operand: 'ending',
    endings: ['.java'],
    fileOption: '-jar',
  },
  {
    names: ['uv'],
    verbs: ['run'],
    flags: [
      '-q',
      '--quiet',
      '--no-project',
      '--offline',
      '--frozen',
      '--locked',
      '--no-sync',
      '--no-config',
      '--no-env-file',
    ],
    // Everything else is a command, `x.pyw` too.
    operand: 'ending',
    endings: ['.py'],
    // They name the interpreter, or what is built and installed before it starts.
    redirectedBy: {
      files: [
        '.python-version',
        '.python-versions',
        'uv.toml',
        'pyproject.toml',
        '.venv',
        '.venv/bin/python',
      ],
      from: 'above',
      words: ANY,
      unless: null,
    },
  },
  {
    names: ['crystal'],
    operand: 'path-or-ending',
    endings: ['.cr'],
    single: true,
    optionsAfter: 'always',
  },
  { names: ['ocaml'], operand: 'path-or-ending', endings: ['.ml'], single: true },
  {
    names: ['dart'],
    verbs: ['run', ''],
    operand: 'ending',
    endings: ['.dart'],
    redirectedBy: {
      files: ['hook/build.dart', 'hook/link.dart'],
      from: 'above',
      words: ANY,
      unless: null,
    },
  },
  {
    names: ['groovy'],
    operand: 'path-or-ending',
    endings: ['.groovy'],
    single: true,
    optionsAfter: 'always',
  },
  {
    names: ['scala', 'kotlin', 'kotlinc'],
    operand: 'path-or-ending',
    endings: ['.scala', '.kts'],
    single: true,
    alone: true,
  },
  { names: ['tclsh', 'wish', 'expect', 'escript', 'julia', 'runghc', 'runhaskell', 'janet', 'qjs'] },
  { names: ['elixir'], redirectedBy: { files: ['.erlang'], from: 'here', words: ANY, unless: null } },
  { names: ['gjs'], optionsAfter: 'always' },
  // They run a compiled copy of a file where they find one, or take options for a shell wherever those stand.
  { names: ['racket', 'guile', 'fennel'], verbs: [] },
  // Files beside the one that they are told, or in the folder of the run, name code that runs before it.
  { names: ['babel-node', 'esbuild-runner', 'esr', 'dotnet', 'octave', 'rust-script'], verbs: [] },
  // A file of theirs is one of many ways to give them code; the others cannot be told apart with certainty.
  {
    names: ['pwsh', 'powershell', 'csh', 'tcsh', 'nu', 'elvish', 'xonsh', 'osh', 'irb', 'ipython'],
    verbs: [],
  },
  {
    names: [
      'electron',
      'sbcl',
      'clisp',
      'clojure',
      'clj',
      'erl',
      'iex',
      'ghci',
      'jshell',
      'scheme',
      'r',
      'newlisp',
      'd8',
      'vite-node',
      ...OTHERS.split(' '),
    ],
    verbs: [],
  },
];

const byName = new Map(INTERPRETERS.flatMap((row) => row.names.map((name) => [name, row] as const)));

/** What may follow the name of a runtime: a version with whatever else, or a word for the build. */
const DECORATION = /^([a-z][a-z-]*?)(?:[-.]?\d[\w.+-]*|-(?:dbg|debug|intel64|jit|embed)|\.exe)$/;
/** Of these everything that only starts like them counts: `perl-static`, `python-framework`. */
const FAMILY = /^(python|pypy|perl|ruby|node|php|lua)-/;

/** The row of a runtime by base name: case, version and build do not matter, so `Python3.13t` and `perl5.36-x86_64-linux-gnu` are found. */
export function interpreterNamed(baseName: string): Interpreter | null {
  const name = baseName.toLowerCase();
  for (const each of [name, DECORATION.exec(name)?.[1], FAMILY.exec(name)?.[1]]) {
    const row = each === undefined ? undefined : byName.get(each);
    if (row !== undefined) return row;
  }
  return null;
}
