import type { Arg } from '../binding/find-operand.ts';
import { withoutJsEnding } from './script-words.ts';

/**
 * Programs that run what their settings, plug-ins, options or files name: linters, test runners, builders, compilers with
 * plug-ins, package managers, clients with a way out to the shell. A rule for one has to say which arguments it covers.
 */
const LOADS_CODE: ReadonlySet<string> = new Set(
  // linters and formatters
  (
    'eslint prettier mypy tsc pylint flake8 stylelint rubocop tslint xo standard ktlint detekt golangci-lint commitlint ' +
    'lint-staged svgo cppcheck clang-tidy pyright bandit semgrep swiftlint swiftformat ' +
    // test runners
    'pytest py.test jest vitest mocha ava tap jasmine karma cypress playwright rspec cucumber phpunit pest nosetests behave ' +
    'robot ctest tape c8 nyc wdio newman k6 locust coverage bats shellspec ' +
    // builders and servers
    'webpack rollup esbuild vite parcel rspack tsup swc babel next nuxt astro gatsby remix svelte-kit expo metro ' +
    'react-native ng vue storybook xcodebuild fastlane pod meson autoreconf autoconf automake aclocal postcss tailwindcss ' +
    'sass typedoc ncc pkg prisma drizzle-kit typeorm sequelize knex alembic django-admin flask gunicorn uvicorn celery ' +
    'rails rackup puma artisan symfony rebar3 stack cabal dune opam conan west pio platformio flutter hugo jekyll mkdocs ' +
    'sphinx-build jupyter asciidoctor scalafmt swift-build swift-package swift-test semantic-release air reflex ' +
    // compilers with plug-ins, and runners of single files
    'rustc rustdoc zig nim ghc javac kotlinc scalac groovyc swiftc dmd ldc2 gdc ocamlfind ocamlopt ocamlc protoc ld ar nm ' +
    'objdump coffee expect jshell bison flex ' +
    // clients and tools with a way out
    'pgcli mycli litecli usql mongosh mongo sqlplus clickhouse-client cqlsh yt-dlp youtube-dl aria2c pandoc latex pdflatex ' +
    'xelatex lualatex latexmk gs magick convert mogrify fzf sk ssh-copy-id ssh-keygen ssh-add sshfs mutt neomutt helm ' +
    'terraform tofu terragrunt pulumi packer serverless gcloud cdk sam ansible-playbook ansible-galaxy brew port apt apt-get ' +
    'aptitude dpkg rpm dnf yum pacman apk pip pip3 gem cpan cpanm luarocks easy_install svn jj bzr fossil tcpdump tshark ' +
    'nmap openvpn wg-quick cscope ctags ncdu ranger nnn mc w3m lynx links elinks xterm alacritty kitty wezterm ghostty ' +
    'openssl gpg gpg2 httpie http https git-lfs git-filter-repo delta patch rename prename perl-rename file-rename sops pass age xcpretty simctl osacompile ' +
    'tex etex pdftex xetex luatex puppet knife chef-client rclone restic borg streamlit papermill hypercorn supervisord circusd ' +
    'pm2 forever nimble spago odin vlang bb kextload kmutil ' +
    'sox play rec soxi chezmoi sqlite-utils gum envchain samply setuidgid rr mprocs start-server-and-test websocat povray ' +
    'cookiecutter nix-build pyinstaller xcodegen ansible-lint cspell hub texi2pdf texi2dvi jupyter-execute identify compare ' +
    'montage conjure composite stream display animate import ' +
    'mlr snakemake nextflow lilypond xsltproc wp drush dlv gotestsum gleam ack defaults plistbuddy pmset networksetup'
  ).split(' '),
);

/**
 * Of these it is known that the file they are told is a program to them: as with an interpreter, a yes is about what is in
 * it now. Test runners and builders run a whole project, which is said.
 */
const RUNS_FILES: ReadonlySet<string> = new Set(
  (
    'coffee bb nim zig luatex lualatex lilypond ansible-playbook bats robot puppet papermill jupyter k6 locust ' +
    'streamlit mongosh mongo pm2 forever'
  ).split(' '),
);

/** A version may stand behind the name. */
const lists = (names: ReadonlySet<string>, name: string): boolean =>
  names.has(name) || names.has(name.replace(/(?<![\d.])-?\d[\d.]*$/, ''));

/** Whether a program runs a file that it is told, which nobody binds. */
export const runsFiles = (name: string): boolean => lists(RUNS_FILES, withoutJsEnding(name));

/** Sub-commands of the command lines of GitHub and GitLab. Any other is an alias or an extension, or makes one. */
const HUB = new Set(
  (
    'auth browse gist issue org pr project release repo run workflow cache secret variable ruleset search api label status ' +
    'gpg-key ssh-key attestation completion help version mr ci job snippet user'
  ).split(' '),
);

/** Of these it is known which words run code, and that no other word starts a program. */
const CLIENTS: ReadonlySet<string> = new Set(['gh', 'glab', 'aws']);
export const isClient = (name: string): boolean => CLIENTS.has(name);

/** They bring in files, or start an editor. */
const HUB_BRINGS: ReadonlySet<string> = new Set(['clone', 'checkout', 'download', 'edit', 'co', 'sync']);

/** Whether a program, with these arguments, may run what they or its settings name. @param args The program's name first. */
export function loadsCode(name: string, args: readonly Arg[]): boolean {
  const plain = withoutJsEnding(name);
  // A setting of its own names a program for the next call.
  if (plain === 'aws') return args.includes('configure');
  if (plain !== 'gh' && plain !== 'glab') return lists(LOADS_CODE, plain);
  const [verb = 'help', ...rest] = args.slice(1);
  // What stands behind `--` goes to git.
  return (
    verb === null ||
    rest.some((word) => word === null || word === '--' || HUB_BRINGS.has(word)) ||
    (!HUB.has(verb) && !/^--(?:help|version)$/.test(verb))
  );
}

/** They say how much is said, in every program. */
const PLAIN_OPTION = /^(?:-[hqvV]|--(?:help|version|quiet|verbose|silent|no-color|json))$/;

/** Whether there is an option of which nobody knows what it does in a program that nobody has modelled. */
export const hasUnknownOption = (args: readonly Arg[]): boolean =>
  args.some((arg) => arg === null || (/^-./.test(arg) && !PLAIN_OPTION.test(arg)));
