import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { disk, judge, LISTED, said, T } from './world.ts';

/**
 * The names that policy knows, written a second time on purpose: one that drops out of its list would be an ordinary
 * program or variable again, and nothing else would notice.
 */
const names = (text: string): string[] => text.trim().split(/\s+/);
const program: Entry = { file: '\u007fELF', runs: true };

describe('a rule that says nothing about arguments does not cover a program that runs others', () => {
  it.each(
    names(`
      su runuser pkexec parallel ssh mosh telnet rsh busybox toybox coreutils flock script scriptreplay
      watch unshare nsenter systemd-run systemd-inhibit proxychains proxychains4 torify torsocks firejail
      bwrap sandbox-exec prlimit setpriv setarch linux32 linux64 cgexec numactl strace ltrace dtruss
      dtrace perf valgrind hyperfine entr fswatch inotifywait watchexec watchman nodemon tmux screen
      zellij docker podman nerdctl kubectl oc at batch crontab launchctl systemctl op doppler direnv nix
      nix-shell nix-env guix uvx pipx pnpx chpst daemon daemonize start-stop-daemon socat open xdg-open
      automator shortcuts installer concurrently dotenv dotenv-cli cross-env env-cmd m4 ssh-agent
      dbus-run-session dbus-launch run-parts fakeroot fakechroot hg sg newgrp chronic catchsegv eatmydata
      faketime rlwrap unbuffer xvfb-run gosu su-exec tini dumb-init runsv envdir softlimit setlock proot
      schroot sshpass autossh mosh-client tsocks cpulimit trickle runcon capsh aa-exec choom coproc pssh
      pdsh ansible vagrant limactl multipass crun runc docker-compose podman-compose flatpak snap
      apply lockf logsave pee mispipe ifne zrun sem ts tsp nq pueue autoexpect dislocate multixterm
      taskpolicy sc_usage multitime grc xdotool openvt distcc dtach abduco byobu tmate retry uux cu security
      logrotate run-mailcap vidir vipe vipw vigr visudo chpass chsh chfn zless zmore bzless bzmore xzless
      xzmore most pg
      distrobox toolbox gtk-launch gio ld.so ld-linux-x86-64.so.2 ld-linux-aarch64.so.1
    `),
  )('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    expect((await judge([name, 'x'], { disk: there, rules: ['*', ...LISTED] })).verdict).not.toBe('run');
  });
});

describe('nor one that loads code which its words or settings name', () => {
  it.each(
    names(`
      eslint prettier mypy tsc pylint flake8 stylelint rubocop tslint xo standard ktlint detekt
      golangci-lint commitlint lint-staged svgo cppcheck clang-tidy pyright bandit semgrep swiftlint
      swiftformat pytest py.test jest vitest mocha ava tap jasmine karma cypress playwright rspec cucumber
      phpunit pest nosetests behave robot ctest tape c8 nyc wdio newman k6 locust coverage bats shellspec
      webpack rollup esbuild vite parcel rspack tsup swc babel next nuxt astro gatsby remix svelte-kit
      expo metro react-native ng vue storybook xcodebuild fastlane pod meson autoreconf autoconf automake
      aclocal postcss tailwindcss sass typedoc ncc pkg prisma drizzle-kit typeorm sequelize knex alembic
      django-admin flask gunicorn uvicorn celery rails rackup puma artisan symfony rebar3 stack cabal dune
      opam conan west pio platformio flutter hugo jekyll mkdocs sphinx-build jupyter asciidoctor scalafmt
      swift-build swift-package swift-test semantic-release air reflex rustc rustdoc zig nim ghc javac
      kotlinc scalac groovyc swiftc dmd ldc2 gdc ocamlfind ocamlopt ocamlc protoc ld ar nm objdump coffee
      expect jshell bison flex pgcli mycli litecli usql mongosh mongo sqlplus clickhouse-client cqlsh
      yt-dlp youtube-dl aria2c pandoc latex pdflatex xelatex lualatex latexmk gs magick convert mogrify
      fzf sk ssh-copy-id ssh-keygen ssh-add sshfs mutt neomutt helm terraform tofu terragrunt pulumi
      packer serverless gcloud cdk sam ansible-playbook ansible-galaxy brew port apt apt-get aptitude dpkg
      rpm dnf yum pacman apk pip pip3 gem cpan cpanm luarocks easy_install svn jj bzr fossil tcpdump
      tshark nmap openvpn wg-quick cscope ctags ncdu ranger nnn mc w3m lynx links elinks xterm alacritty
      kitty wezterm ghostty openssl gpg gpg2 httpie http https git-lfs git-filter-repo delta patch rename
      prename perl-rename file-rename sops pass age xcpretty simctl osacompile ack defaults plistbuddy
      pmset networksetup tex etex pdftex xetex luatex puppet knife chef-client rclone restic borg streamlit
      papermill hypercorn supervisord circusd pm2 forever nimble spago odin vlang bb kextload kmutil
    `),
  )('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    expect((await judge([name, 'x'], { disk: there, rules: ['*', ...LISTED] })).verdict).not.toBe('run');
  });
});

describe('what a shell is given is bound', () => {
  const plain = names('sh ash bash dash ksh ksh93 mksh rbash yash zsh fish');
  it.each([...plain, ...names('bash-5.2 zsh5 sh.distrib dash-static zsh.exe')])('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    const given = async (...args: string[]): Promise<readonly string[]> =>
      (await judge([name, ...args], { disk: there })).binding.files.map((file) => file.realPath);
    expect(await given('-c', 'id')).toContain('/usr/bin/id');
    expect(await given('run.sh')).toContain(`${T}/run.sh`);
  });
});

describe('a runtime that would read its code from standard input is refused', () => {
  it.each(
    names(`
      python pypy pythonw node nodejs tsx ts-node ts-node-esm ts-node-transpile-only jiti esno zx babel-node
      esbuild-runner swc-node deno bun ruby jruby truffleruby perl php php-cli lua luajit texlua rscript
      osascript swift go java uv dotnet crystal ocaml dart groovy scala kotlin kotlinc tclsh wish expect
      escript elixir julia racket guile octave runghc runhaskell rust-script janet fennel gjs qjs pwsh
      powershell csh tcsh nu elvish xonsh osh irb ipython electron sbcl clisp clojure clj erl iex ghci jshell
      scheme r newlisp d8 vite-node erb prove pydoc pry jrunscript jjs rhino hermes jsc planck ts-node-dev
      sucrase-node livescript phpdbg php-cgi jython micropython wolframscript raku swipl gosh gforth mzscheme
      mit-scheme chez octave-cli scala-cli jbang amm jimsh luvit luau rdmd cling bpftrace mono wine oksh lksh
      rksh pdksh posh ysh hush murex tarantool coconut gsi petite gracket abcl tsnd tcc
    `),
  )('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    expect((await judge([name, '-'], { disk: there })).verdict).toBe('deny');
  });
});

describe('what runs the tasks of a project is refused', () => {
  it.each(
    names(`
      make gmake bmake nmake ninja samu rake just task go-task mage gulp grunt jake nx turbo lerna invoke
      inv fab tox nox doit scons waf gradle gradlew mvn mvnw ant sbt lein bazel bazelisk buck buck2
      npm-run-all npm-run-all2 run-s run-p foreman honcho overmind mix earthly pre-commit
    `),
  )('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    expect(said(await judge([name, 'x'], { disk: there, rules: ['*', ...LISTED] }))).toBe('deny task-runner');
  });
});

describe('a request may not set', () => {
  const refused = names(`
    PATH HOME USER LOGNAME SHELL PWD OLDPWD CDPATH TMPPREFIX XDG_CONFIG_HOME XDG_CONFIG_DIRS
    XDG_DATA_HOME XDG_DATA_DIRS BASH_ENV ENV ZDOTDIR SHELLOPTS BASHOPTS BASH_LOADABLES_PATH BASH_COMPAT
    BASH_XTRACEFD IFS PS0 PS1 PS2 PS3 PS4 PROMPT_COMMAND GLOBIGNORE FIGNORE EXECIGNORE HISTFILE
    HISTCONTROL FPATH NULLCMD READNULLCMD POSIXLY_CORRECT INPUTRC FCEDIT MAILPATH MAIL ARGV0 KSH_ENV
    FISH_HISTORY TMOUT EPOCHREALTIME RANDOM SRANDOM SECONDS OPTIND HISTCMD GLIBC_TUNABLES GCONV_PATH
    LOCPATH NLSPATH MALLOC_TRACE RES_OPTIONS HOSTALIASES GETCONF_DIR RESOLV_HOST_CONF LOCALDOMAIN
    MALLOCSTACKLOGGING MALLOCSTACKLOGGINGNOCOMPACT MALLOCSTACKLOGGINGDIRECTORY NSZOMBIEENABLED
    OBJC_DISABLE_VTABLES NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_REPL_EXTERNAL_MODULE
    NODE_V8_COVERAGE NODE_TLS_REJECT_UNAUTHORIZED NODE_COMPILE_CACHE NODE_DEBUG TS_NODE_PROJECT
    TS_NODE_COMPILER TSX_TSCONFIG_PATH BUN_CONFIG_PATH BUN_OPTIONS DENO_DIR DENO_CONFIG
    DENO_TLS_CA_STORE DENO_CERT PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONINSPECT PYTHONUSERBASE
    PYTHONEXECUTABLE PYTHONPLATLIBDIR PYTHONBREAKPOINT PYTHONWARNINGS PYTHONPYCACHEPREFIX PYTHONCASEOK
    PYTHONDEBUG PERL5OPT PERL5LIB PERL5DB PERLLIB PERL5SHELL PERL_MM_OPT PERL_MB_OPT PERL_UNICODE
    RUBYOPT RUBYLIB RUBYSHELL RUBYPATH PHPRC PHP_INI_SCAN_DIR LUA_PATH LUA_CPATH LUA_INIT R_HOME
    R_PROFILE R_PROFILE_USER R_ENVIRON R_ENVIRON_USER R_LIBS R_LIBS_USER R_DEFAULT_PACKAGES
    JULIA_LOAD_PATH JULIA_DEPOT_PATH TCLLIBPATH ERL_FLAGS ERL_AFLAGS ERL_ZFLAGS ERL_LIBS
    ELIXIR_ERL_OPTIONS GUILE_LOAD_PATH CLASSPATH JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
    JAVA_OPTS JAVA_HOME DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS DOTNET_SHARED_STORE DOTNET_ROOT
    CORECLR_PROFILER CORECLR_PROFILER_PATH CORECLR_ENABLE_PROFILING COR_PROFILER COR_PROFILER_PATH
    COR_ENABLE_PROFILING COMPLUS_PROFAPI_PROFILERCOMPATIBILITYSETTING MONO_PATH MONO_ENV_OPTIONS GODEBUG
    GOFLAGS GOPATH GOROOT GOENV GOPROXY GONOSUMDB GONOSUMCHECK GOSUMDB GOPRIVATE GOTOOLCHAIN GOINSECURE
    VIRTUAL_ENV CONDA_PREFIX PSMODULEPATH POWERSHELL_TELEMETRY_OPTOUT ELECTRON_RUN_AS_NODE CC CXX CPP LD
    AR AS NM RANLIB STRIP OBJCOPY FC CFLAGS CXXFLAGS CPPFLAGS LDFLAGS COMPILER_PATH GCC_EXEC_PREFIX
    C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH CPATH LIBRARY_PATH PKG_CONFIG PKG_CONFIG_PATH
    PKG_CONFIG_LIBDIR PKG_CONFIG_SYSROOT_DIR MAKEFLAGS MFLAGS GNUMAKEFLAGS MAKEFILES MAKESHELL
    CMAKE_TOOLCHAIN_FILE CMAKE_PREFIX_PATH RUSTC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER RUSTDOC RUSTFLAGS
    RUSTDOCFLAGS RUSTUP_TOOLCHAIN RUSTUP_HOME CARGO_HOME CARGO CARGO_BUILD_RUSTC
    CARGO_BUILD_RUSTC_WRAPPER CARGO_ENCODED_RUSTFLAGS DEVELOPER_DIR SDKROOT TOOLCHAINS SWIFT_EXEC
    SWIFT_DRIVER_SWIFT_FRONTEND_EXEC XCODE_DEVELOPER_DIR_PATH MAVEN_OPTS MAVEN_ARGS GRADLE_OPTS
    GRADLE_USER_HOME SBT_OPTS ANT_OPTS ANT_ARGS KOTLIN_HOME NVM_DIR PYENV_ROOT RBENV_ROOT ASDF_DIR
    ASDF_DATA_DIR MISE_CONFIG_FILE PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE
    PIP_REQUIRE_VIRTUALENV PIP_TARGET GEM_HOME GEM_PATH GEM_HOST BUNDLE_GEMFILE BUNDLE_PATH BUNDLE_BIN
    BUNDLE_APP_CONFIG COMPOSER_HOME COMPOSER YARN_RC_FILENAME COREPACK_ENV_FILE COREPACK_NPM_REGISTRY
    PNPM_HOME HOMEBREW_CURL_PATH HOMEBREW_GIT_PATH HOMEBREW_BREW_GIT_REMOTE POETRY_HOME UV_INDEX_URL
    EDITOR VISUAL PAGER MANPAGER MANROFFOPT MANPATH LESS LESSOPEN LESSCLOSE LESSKEY LESSEDIT LESSKEYIN
    BROWSER SUDO_ASKPASS SSH_ASKPASS SSH_ASKPASS_REQUIRE SUDO_EDITOR SUDO_PROMPT TERMINFO TERMINFO_DIRS
    TERMCAP EMACSLOADPATH VIMINIT EXINIT VIM VIMRUNTIME MYVIMRC BAT_PAGER BAT_CONFIG_PATH
    RIPGREP_CONFIG_PATH FZF_DEFAULT_COMMAND FZF_DEFAULT_OPTS TAR_OPTIONS GREP_OPTIONS GZIP BZIP2 XZ_OPT
    XZ_DEFAULTS ZSTD_CLEVEL UNZIP ZIPOPT RSYNC_RSH RSYNC_CONNECT_PROG CVS_RSH SVN_SSH HGRCPATH HGEDITOR
    CVSEDITOR SVN_EDITOR DIFFPROG MERGE TCL_LIBRARY TK_LIBRARY ACK_OPTIONS AWKPATH AWKLIBPATH HTTP_PROXY
    HTTPS_PROXY ALL_PROXY FTP_PROXY NO_PROXY WGETRC CURL_HOME CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR
    REQUESTS_CA_BUNDLE SSLKEYLOGFILE OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES SSH_AUTH_SOCK
    SSH_AGENT_PID GPG_AGENT_INFO GNUPGHOME KRB5_CONFIG KRB5CCNAME DOCKER_HOST DOCKER_CONFIG
    DOCKER_CONTEXT DOCKER_CERT_PATH KUBECONFIG HELM_HOME HELM_PLUGINS AWS_CONFIG_FILE
    AWS_SHARED_CREDENTIALS_FILE CLOUDSDK_CONFIG AZURE_CONFIG_DIR ANSIBLE_CONFIG VAGRANT_VAGRANTFILE
    PGSERVICEFILE PGSYSCONFDIR PGPASSFILE MYSQL_HOME SQLITE_HISTORY NETRC DBUS_SESSION_BUS_ADDRESS
    DISPLAY XAUTHORITY QT_PLUGIN_PATH GTK_MODULES GTK_PATH GIO_MODULE_DIR GIO_EXTRA_MODULES
    GST_PLUGIN_PATH
  `);
  /** However they go on. */
  const starts = names(`
    LATCHKEY_ DYLD_ __XPC_ LD_ BASH_FUNC_ MALLOC_ MALLOCSTACK GIT_ NODE_ TS_NODE_ ERL_ SSH_ CAML_ OCAML
    PLT GUILE_ OCTAVE_ DART_ BASH_ NPM_ YARN_ PNPM_ CARGO_REGISTRIES_ CARGO_SOURCE_ CARGO_TARGET_
    CARGO_BUILD_ CARGO_PROFILE_ TF_ ELECTRON_ OPENCLAW_ CHROME_ PYTHON PIP_ UV_ GEM_ BUNDLE_ BUNDLER_
    RUBYGEMS_ HOMEBREW_ CORECLR_ COMPLUS_ DOTNET_ MSBUILD LUA_ XCODE_ VSCODE_
  `).map((start) => `${start}X`);
  it.each([...refused, ...starts])('%s', async (name) => {
    expect(said(await judge(['ls'], { env: { [name]: 'x' }, rules: ['*'] }))).toBe(
      'deny environment-refused',
    );
  });
});
