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
      vi vim nvim emacs ed ex nano less more sqlite3 sqlcipher psql mysql mariadb duckdb gdb lldb gnuplot dc
      ftp sftp lftp mail mailx distrobox toolbox gtk-launch gio ld.so ld-linux-x86-64.so.2 ld-linux-aarch64.so.1
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
      sox play rec soxi chezmoi sqlite-utils gum envchain samply setuidgid rr mprocs
      start-server-and-test websocat povray cookiecutter nix-build pyinstaller xcodegen ansible-lint
      cspell hub texi2pdf texi2dvi jupyter-execute identify compare montage conjure composite stream
      display animate import mlr snakemake nextflow lilypond xsltproc wp drush dlv gotestsum gleam
    `),
  )('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    expect((await judge([name, 'x'], { disk: there, rules: ['*', ...LISTED] })).verdict).not.toBe('run');
  });
});

describe('nor is one that runs the file it is told allowed for a while', () => {
  it.each(
    names(`
      coffee bb nim zig luatex lualatex lilypond ansible-playbook bats robot puppet papermill
      jupyter k6 locust streamlit mongosh mongo pm2 forever
    `),
  )('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program, [`${T}/x`]: { file: 'x' } });
    expect((await judge([name, 'x'], { disk: there, rules: ['*', ...LISTED] })).grantable).toBe(false);
  });
});

describe('a program that carries what it is told to does so by each of its names', () => {
  it.each([
    ...names('gxargs xargs setsid').map((name) => `${name} ls`),
    ...names('taskset chrt chroot').map((name) => `${name} 1 ls`),
    'ionice -c 1 ls',
    ...names('awk gawk mawk nawk original-awk goawk frawk').map((name) => `${name} '{system("ls")}'`),
    ...names('gcc cc g++ c++ clang clang++ cpp').map((name) => `${name} -fplugin=x a.c`),
    ...names('x86_64-linux-gnu-gcc-12 gcc-13 clang-15.0 g++-9 arm-none-eabi-cpp').map(
      (name) => `${name} -fplugin=x a.c`,
    ),
    ...names('view rview gview vim evim gvim rvim vimdiff gvimdiff vimtutor vim.basic vi.tiny vimx nvim').map(
      (name) => `${name} x`,
    ),
    ...names('nvim.appimage nvimdiff emacs-29.1 emacs.nox emacsclient emacsclient-mac').map(
      (name) => `${name} x`,
    ),
    ...names('find gfind').flatMap((name) =>
      names('-delete -fprint -fprint0 -fprintf -fls').map((action) => `${name} . ${action} x`),
    ),
  ])('%s', async (text) => {
    const [name = ''] = text.split(' ');
    const there = disk({ [`/usr/bin/${name}`]: program });
    expect(said(await judge(text, { disk: there, rules: ['*', ...LISTED] }))).toMatch(/^(?:prompt|deny)/);
    expect(said(await judge(text, { disk: there }))).toBe('prompt carrier');
  });
});

it.each(names('sudo doas xargs gxargs setsid chroot'))(
  '%s alone takes its command from what it is fed',
  async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program });
    const asked = { disk: there, rules: ['*', ...LISTED] };
    expect((await judge(name, asked)).verdict).toBe('run');
    expect((await judge(`ls | ${name}`, asked)).verdict).not.toBe('run');
  },
);

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
      hy lli v sml wasmtime wasmer love bpython ptpython esmo ts-eager tsimp dotnet-script ts-node-cwd
      ts-node-script esr
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

describe('a runtime that runs files beside the one it is told is refused', () => {
  it.each(names('babel-node esbuild-runner esr dotnet octave rust-script'))('%s', async (name) => {
    const there = disk({ [`/usr/bin/${name}`]: program, [`${T}/x`]: { file: 'x' } });
    expect(said(await judge([name, './x'], { disk: there }))).toBe('deny runtime-option');
  });
});

describe('a verb that runs what a project says is refused', () => {
  it.each([
    [
      'npm pnpm yarn',
      'run run-script rum urn test t tst start stop restart install-test it explore node build',
    ],
    ['bun', 'test repl exec'],
    ['deno', 'task test bench eval repl serve jupyter x create'],
    ['go', 'test generate tool'],
    ['swift', 'run test repl'],
    ['uv', 'tool x'],
    ['dart', 'test compile'],
    ['cargo', 'run r test t bench script xtask nextest watch make'],
    ['dotnet', 'run test watch exec script fsi msbuild build'],
    ['poetry pipenv', 'run shell'],
    ['hatch', 'run test shell'],
    ['pdm conda rustup', 'run'],
    ['rye', 'run test'],
    ['pixi', 'run shell exec'],
    ['bundle asdf', 'exec'],
    ['composer', 'run run-script exec test'],
    ['mise', 'run exec x watch'],
    ['cmake', '--build -P -E'],
  ])('%s: %s', async (programs, verbs) => {
    for (const name of names(programs))
      for (const verb of names(verbs)) {
        const there = disk({ [`/usr/bin/${name}`]: program });
        const { verdict } = await judge([name, verb, 'x'], { disk: there, rules: ['*', ...LISTED] });
        expect(`${verdict} ${name} ${verb}`).toBe(`deny ${name} ${verb}`);
      }
  });
});

describe('a word that ends like a script is one, also where nobody can say what a program does with it', () => {
  it.each(
    names(`
      sh bash zsh command tool py pyw js mjs cjs ts mts rb pl php lua scpt applescript swift jar r awk sed
    `),
  )('.%s', async (ending) => {
    expect(said(await judge(`docker run x.${ending}`, { disk: disk({ '/usr/bin/docker': program }) }))).toBe(
      'deny script-under-carrier',
    );
  });
});

describe('what a builtin leaves behind in the shell covers nothing that follows', () => {
  it.each([
    ...names('cd pushd popd chdir set shopt umask ulimit export unset readonly local declare typeset read'),
    ...names('getopts shift disown bg fg suspend logout caller alias unalias hash'),
  ])('%s', async (name) => {
    expect((await judge(`${name}; ls`, { rules: LISTED })).verdict).not.toBe('run');
  });
});

describe('a builtin that evaluates is refused', () => {
  it.each(
    names(`
      eval source . trap fc history bind complete compgen compopt mapfile readarray let integer float
      autoload zmodload emulate enable
    `),
  )('%s', async (name) => {
    expect((await judge(`${name} x`, { rules: LISTED })).verdict).toBe('deny');
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
    BASH MODULE_PATH HISTCHARS HOSTFILE TIMEFORMAT PROMPT RPROMPT AUTO_RESUME FUNCNEST YASH_LOADPATH
    XONSHRC NU_LIB_DIRS NU_PLUGIN_DIRS LIBPATH SHLIB_PATH _RLD_LIST CFNETWORK_LIBRARY_PATH
    APPLE_FRAMEWORKS_ROOT COMMAND_MODE ASAN_SYMBOLIZER_PATH DJANGO_SETTINGS_MODULE FLASK_APP PYPYLOG
    R_LIBS_SITE STACK_YAML STACK_ROOT RHOME RAKULIB MATLABPATH REBAR_CONFIG DOTDIR LUAINPUTS
    JAVA_CMD IPYTHONDIR VIRTUALENV_PYTHON WORKON_HOME MATPLOTLIBRC IRBRC RAKEOPT JRUBY_HOME
    BOOTSNAP_CACHE_DIR PAR_GLOBAL_TMPDIR XDEBUG_CONFIG XDEBUG_MODE ESBUILD_BINARY_PATH
    ESBK_TSCONFIG_PATH INIT_CWD N_PREFIX PUPPETEER_EXECUTABLE_PATH PLAYWRIGHT_BROWSERS_PATH JAVACMD
    JRE_HOME JENV_ROOT SDKMAN_DIR GROOVY_HOME GROOVY_CONF SCALA_HOME CLJ_CONFIG KOTLIN_RUNNER
    KOTLIN_COMPILER SBCL_HOME SBCL_CORE CL_SOURCE_REGISTRY MIX_EXS MIX_HOME MIX_ARCHIVES MIX_PATH
    MIX_DEPS_PATH MIX_BUILD_PATH GOCACHE GOCACHEPROG GOMODCACHE GOWORK GOVCS GOAUTH GONOPROXY
    GOTOOLDIR GOBIN GOTMPDIR GOEXPERIMENT GO111MODULE GO_EXTLINK_ENABLED GCCGO AUTOCONF AUTOMAKE
    AUTOHEADER AUTOM4TE ACLOCAL ACLOCAL_PATH M4 LIBTOOL LIBTOOLIZE CONFIG_SITE CONFIG_SHELL LEX YACC
    AWK SED INSTALL CC_FOR_BUILD CXX_FOR_BUILD BUILD_CC HOSTCC HOSTCXX TARGET_CC CROSS_COMPILE F77
    F90 OBJC OBJCXX NVCC CUDA_HOME COLLECT_GCC COLLECT_LTO_WRAPPER DEPENDENCIES_OUTPUT
    SUNPRO_DEPENDENCIES CODESIGN_ALLOCATE M2_HOME ANT_HOME FLUTTER_ROOT ANDROID_HOME
    ANDROID_SDK_ROOT CLIPPY_CONF_DIR CLIPPY_ARGS MIRIFLAGS CONDARC BUILDOUT_HOME DISTUTILS_USE_SDK
    SETUPTOOLS_USE_DISTUTILS HEX_HOME HEX_MIRROR PUB_CACHE PUB_HOSTED_URL RYE_HOME PARALLEL
    KUBECTL_EXTERNAL_DIFF PSQLRC NVIM_APPNAME GH_PATH GH_CONFIG_DIR BORG_PASSCOMMAND HELM_BIN
    DIRENV_CONFIG EDITRC MAILRC MAILCAPS TAPE SYSTEM_WGETRC CONTAINER_HOST BUILDKIT_HOST
    MAGICK_CODER_MODULE_PATH MAGICK_CONFIGURE_PATH GS_LIB GDK_PIXBUF_MODULE_FILE SASL_PATH
    LIBGL_DRIVERS_PATH OCL_ICD_VENDORS GREP EGREP FGREP DIFF CMP ZCAT OPENSSL PREFIX MANOPT
    SHELL_ESCAPE GOPACKAGESDRIVER RUSTFMT TURBO_BINARY_PATH BIOME_BINARY PRISMA_QUERY_ENGINE_LIBRARY
    JSII_RUNTIME HGMERGE SVN_MERGE CVS_SERVER AUTOSSH_PATH PROTOC NINJA CMAKE LDSHARED TEX LATEX
    PDFLATEX BIBTEX OMP_TOOL_LIBRARIES CUDA_INJECTION64_PATH LV2_PATH GI_TYPELIB_PATH
    MSAN_SYMBOLIZER_PATH ENSCRIPT SCONSFLAGS DBUS_SYSTEM_BUS_ADDRESS
    GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES GOOGLE_APPLICATION_CREDENTIALS PYLINTRC LATEXMKRCSYS
    ACKRC ACK_PAGER_COLOR JJ_CONFIG GLAB_CONFIG_DIR KUBERC AZURE_EXTENSION_DIR BOTO_CONFIG
    TERRAFORM_CONFIG VAULT_CONFIG_PATH MPV_HOME SCREENRC SQLPATH ORACLE_PATH SPARK_CONF_DIR
    HADOOP_CONF_DIR CATALINA_BASE BZR_PLUGINS_AT NYC_CONFIG KERAS_BACKEND NUMBA_CACHE_DIR
    TRITON_CACHE_DIR PULUMI_HOME NXF_HOME UNISON LYNX_CFG STARSHIP_CONFIG WEZTERM_CONFIG_FILE
    ZELLIJ_CONFIG_FILE GSS_MECH_CONFIG OPENSC_CONF MARIADB_HOME FACTERLIB KNIFE_HOME QMAKEFEATURES
    QMAKESPEC BISON_PKGDATADIR XMAKE_RCFILES TOX_OVERRIDE FFREPORT DIRSTACK GROUPS PIPESTATUS
    FUNCNAME COPROC MAPFILE COMPREPLY COMP_WORDS BZR_PLUGIN_PATH CLOUDSDK_PYTHON_ARGS
    CLOUDSDK_PYTHON_SITEPACKAGES PKCS11_MODULE LADSPA_PATH ODBCINI ODBCSYSINI GVBINDIR FREI0R_PATH
    SDL_DYNAMIC_API ALSA_CONFIG_PATH QTWEBENGINEPROCESS_PATH
  `);
  /** However they go on. */
  const starts = names(`
    LATCHKEY_ DYLD_ __XPC_ LD_ BASH_FUNC_ MALLOC_ MALLOCSTACK GIT_ NODE_ TS_NODE_ ERL_ SSH_ CAML_ OCAML
    PLT GUILE_ OCTAVE_ DART_ BASH_ NPM_ YARN_ PNPM_ CARGO_REGISTRIES_ CARGO_SOURCE_ CARGO_TARGET_
    CARGO_BUILD_ CARGO_PROFILE_ TF_ ELECTRON_ OPENCLAW_ CHROME_ PYTHON PIP_ UV_ GEM_ BUNDLE_ BUNDLER_
    RUBYGEMS_ HOMEBREW_ CORECLR_ COMPLUS_ DOTNET_ MSBUILD LUA_ XCODE_ VSCODE_
    CGO_ CARGO_ RUSTC RUSTDOC RUSTUP_ SCCACHE_ CCACHE_ DISTCC_ CMAKE_ MAKE SWIFT XCRUN_ OBJC_ CLANG_
    CCC_ GCC_ LLVM_ LLDB_ XPC_ __ RUBY PERL PHP_ LUAROCKS_ LUAJIT_ JULIA_ GHC CABAL_ OPAM CRYSTAL_
    NIM_ ZIG_ NIX_ GRADLE_ MAVEN_ SBT_ LEIN_ NUGET_ COMPOSER_ COREPACK_ BUN_ DENO_ NVM_ FNM_ VOLTA_
    NODENV_ RBENV_ PYENV_ ASDF_ MISE_ CONDA_ MAMBA_ POETRY_ PIPENV_ PIPX_ PDM_ HATCH_ PYTEST_
    JUPYTER_ QT_ QML GTK GST_ GIO_ VK_ FISH_ ZSH EMACS ANSIBLE_ PASSWORD_STORE_ PARALLEL_ XDG_ CAML
    LESS NAPI_RS_ RCLONE_ HELM_ VAGRANT_ COMPOSE_ CONTAINERS_ TERRAGRUNT_ TG_ PRISMA_ MAGICK_
    COVERAGE_ FZF_ BAT_ SOPS_ VIRTUALENV_ MPL TIG CYPRESS_ PERF_ GNUPLOT_ LIBVA_ GDK_ R_ ZX_ JITI_
    BABEL_ SWC_ ESCRIPT_ ELIXIR_ EXPECT_ TCL TEXMF TEXINPUTS GROFF_ BABASHKA_ MONO_
  `).map((start) => `${start}X`);
  const ends = names(`
    PRELOAD ASKPASS PAGER EDITOR HELPER OPTIONS OPTS FLAGS COMMAND SHELL RSH BROWSER PYTHON WRAPPER LAUNCHER
    RUNNER LINKER PLUGINS PLUGIN_PATH PLUGIN_DIR DRIVER_PATH EMULATOR CMD ARGS EXEC BIN BINARY BINARY_PATH
    EXECUTABLE EXECUTABLES DRIVER DRIVERS_PATH DRIVER_DIR RCFILE OPTS_FILE LIBRARY_PATH MODULE_PATH MODULEDIR
  `).map((end) => `X_${end}`);
  it.each([...refused, ...starts, ...ends])('%s', async (name) => {
    expect(said(await judge(['ls'], { env: { [name]: 'x' }, rules: ['*'] }))).toBe(
      'deny environment-refused',
    );
  });
});
