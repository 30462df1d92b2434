/**
 * Variables that decide which code a program loads, which program it starts, whom it talks to, or where a shell or
 * interpreter finds its own start-up files. A request that sets one of these fails, by name; nothing is dropped quietly.
 */
const REFUSED: ReadonlySet<string> = new Set(
  [
    // Where programs, files and users are found
    'PATH HOME USER LOGNAME SHELL PWD OLDPWD CDPATH TMPPREFIX XDG_CONFIG_HOME XDG_CONFIG_DIRS XDG_DATA_HOME XDG_DATA_DIRS',
    // Shells
    'BASH_ENV ENV ZDOTDIR SHELLOPTS BASHOPTS BASH_LOADABLES_PATH BASH_COMPAT BASH_XTRACEFD IFS PS0 PS1 PS2 PS3 PS4',
    'PROMPT_COMMAND GLOBIGNORE FIGNORE EXECIGNORE HISTFILE HISTCONTROL FPATH FIGNORE NULLCMD READNULLCMD POSIXLY_CORRECT',
    'INPUTRC FCEDIT MAILPATH MAIL ARGV0 KSH_ENV FISH_HISTORY TMOUT EPOCHREALTIME',
    // Numbers to bash, which calculates what they are set to
    'RANDOM SRANDOM SECONDS OPTIND HISTCMD',
    // The loader and the C library
    'GLIBC_TUNABLES GCONV_PATH LOCPATH NLSPATH MALLOC_TRACE RES_OPTIONS HOSTALIASES GETCONF_DIR RESOLV_HOST_CONF LOCALDOMAIN',
    'MALLOCSTACKLOGGING MALLOCSTACKLOGGINGNOCOMPACT MALLOCSTACKLOGGINGDIRECTORY NSZOMBIEENABLED OBJC_DISABLE_VTABLES',
    // Interpreters and runtimes
    'NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_REPL_EXTERNAL_MODULE NODE_V8_COVERAGE NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_COMPILE_CACHE NODE_DEBUG TS_NODE_PROJECT TS_NODE_COMPILER TSX_TSCONFIG_PATH BUN_CONFIG_PATH BUN_OPTIONS',
    'DENO_DIR DENO_CONFIG DENO_TLS_CA_STORE DENO_CERT PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONINSPECT PYTHONUSERBASE',
    'PYTHONEXECUTABLE PYTHONPLATLIBDIR PYTHONBREAKPOINT PYTHONWARNINGS PYTHONPYCACHEPREFIX PYTHONCASEOK PYTHONDEBUG',
    'PERL5OPT PERL5LIB PERL5DB PERLLIB PERL5SHELL PERL_MM_OPT PERL_MB_OPT PERL_UNICODE RUBYOPT RUBYLIB RUBYSHELL RUBYPATH',
    'PHPRC PHP_INI_SCAN_DIR LUA_PATH LUA_CPATH LUA_INIT R_HOME R_PROFILE R_PROFILE_USER R_ENVIRON R_ENVIRON_USER R_LIBS',
    'R_LIBS_USER R_DEFAULT_PACKAGES JULIA_LOAD_PATH JULIA_DEPOT_PATH TCLLIBPATH ERL_FLAGS ERL_AFLAGS ERL_ZFLAGS ERL_LIBS',
    'ELIXIR_ERL_OPTIONS GUILE_LOAD_PATH CLASSPATH JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JAVA_OPTS JAVA_HOME',
    'DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS DOTNET_SHARED_STORE DOTNET_ROOT CORECLR_PROFILER CORECLR_PROFILER_PATH',
    'CORECLR_ENABLE_PROFILING COR_PROFILER COR_PROFILER_PATH COR_ENABLE_PROFILING COMPLUS_PROFAPI_PROFILERCOMPATIBILITYSETTING',
    'MONO_PATH MONO_ENV_OPTIONS GODEBUG GOFLAGS GOPATH GOROOT GOENV GOPROXY GONOSUMDB GONOSUMCHECK GOSUMDB GOPRIVATE',
    'GOTOOLCHAIN GOINSECURE VIRTUAL_ENV CONDA_PREFIX PSMODULEPATH POWERSHELL_TELEMETRY_OPTOUT ELECTRON_RUN_AS_NODE',
    // Compilers, build tools and the programs they start
    'CC CXX CPP LD AR AS NM RANLIB STRIP OBJCOPY FC CFLAGS CXXFLAGS CPPFLAGS LDFLAGS COMPILER_PATH GCC_EXEC_PREFIX',
    'C_INCLUDE_PATH CPLUS_INCLUDE_PATH OBJC_INCLUDE_PATH CPATH LIBRARY_PATH PKG_CONFIG PKG_CONFIG_PATH PKG_CONFIG_LIBDIR',
    'PKG_CONFIG_SYSROOT_DIR MAKEFLAGS MFLAGS GNUMAKEFLAGS MAKEFILES MAKESHELL CMAKE_TOOLCHAIN_FILE CMAKE_PREFIX_PATH',
    'RUSTC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER RUSTDOC RUSTFLAGS RUSTDOCFLAGS RUSTUP_TOOLCHAIN RUSTUP_HOME CARGO_HOME',
    'CARGO CARGO_BUILD_RUSTC CARGO_BUILD_RUSTC_WRAPPER CARGO_ENCODED_RUSTFLAGS DEVELOPER_DIR SDKROOT TOOLCHAINS SWIFT_EXEC',
    'SWIFT_DRIVER_SWIFT_FRONTEND_EXEC XCODE_DEVELOPER_DIR_PATH MAVEN_OPTS MAVEN_ARGS GRADLE_OPTS GRADLE_USER_HOME SBT_OPTS',
    'ANT_OPTS ANT_ARGS KOTLIN_HOME NVM_DIR PYENV_ROOT RBENV_ROOT ASDF_DIR ASDF_DATA_DIR MISE_CONFIG_FILE',
    // Package managers
    'PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE PIP_REQUIRE_VIRTUALENV PIP_TARGET GEM_HOME GEM_PATH GEM_HOST',
    'BUNDLE_GEMFILE BUNDLE_PATH BUNDLE_BIN BUNDLE_APP_CONFIG COMPOSER_HOME COMPOSER YARN_RC_FILENAME COREPACK_ENV_FILE',
    'COREPACK_NPM_REGISTRY PNPM_HOME HOMEBREW_CURL_PATH HOMEBREW_GIT_PATH HOMEBREW_BREW_GIT_REMOTE POETRY_HOME UV_INDEX_URL',
    // Programs that programs start: editors, pagers, browsers, askers
    'EDITOR VISUAL PAGER MANPAGER MANROFFOPT MANPATH LESS LESSOPEN LESSCLOSE LESSKEY LESSEDIT LESSKEYIN BROWSER SUDO_ASKPASS',
    'SSH_ASKPASS SSH_ASKPASS_REQUIRE SUDO_EDITOR SUDO_PROMPT TERMINFO TERMINFO_DIRS TERMCAP EMACSLOADPATH VIMINIT EXINIT',
    'VIM VIMRUNTIME MYVIMRC BAT_PAGER BAT_CONFIG_PATH RIPGREP_CONFIG_PATH FZF_DEFAULT_COMMAND FZF_DEFAULT_OPTS TAR_OPTIONS',
    'GREP_OPTIONS GZIP BZIP2 XZ_OPT XZ_DEFAULTS ZSTD_CLEVEL UNZIP ZIPOPT RSYNC_RSH RSYNC_CONNECT_PROG CVS_RSH SVN_SSH HGRCPATH HGEDITOR',
    'CVSEDITOR SVN_EDITOR DIFFPROG MERGE TCL_LIBRARY TK_LIBRARY ACK_OPTIONS AWKPATH AWKLIBPATH',
    // Whom programs talk to, and what they trust
    'HTTP_PROXY HTTPS_PROXY ALL_PROXY FTP_PROXY NO_PROXY WGETRC CURL_HOME CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR',
    'REQUESTS_CA_BUNDLE SSLKEYLOGFILE OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES SSH_AUTH_SOCK SSH_AGENT_PID GPG_AGENT_INFO',
    'GNUPGHOME KRB5_CONFIG KRB5CCNAME DOCKER_HOST DOCKER_CONFIG DOCKER_CONTEXT DOCKER_CERT_PATH KUBECONFIG HELM_HOME HELM_PLUGINS',
    'AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE CLOUDSDK_CONFIG AZURE_CONFIG_DIR ANSIBLE_CONFIG VAGRANT_VAGRANTFILE',
    'PGSERVICEFILE PGSYSCONFDIR PGPASSFILE MYSQL_HOME SQLITE_HISTORY NETRC DBUS_SESSION_BUS_ADDRESS DISPLAY XAUTHORITY',
    'QT_PLUGIN_PATH GTK_MODULES GTK_PATH GIO_MODULE_DIR GIO_EXTRA_MODULES GST_PLUGIN_PATH',
  ]
    .join(' ')
    .split(' '),
);

/** Whole families, by how their names start. */
const REFUSED_STARTS = [
  'LATCHKEY_',
  'DYLD_',
  '__XPC_',
  'LD_',
  'BASH_FUNC_',
  'MALLOC_',
  'MALLOCSTACK',
  'GIT_',
  'NODE_',
  'TS_NODE_',
  'ERL_',
  'SSH_',
  'CAML_',
  'OCAML',
  'PLT',
  'GUILE_',
  'OCTAVE_',
  'DART_',
  'BASH_',
  'NPM_',
  'YARN_',
  'PNPM_',
  'CARGO_REGISTRIES_',
  'CARGO_SOURCE_',
  'CARGO_TARGET_',
  'CARGO_BUILD_',
  'CARGO_PROFILE_',
  'TF_',
  'ELECTRON_',
  'OPENCLAW_',
  'LATCHKEY_',
  'CHROME_',
  'PYTHON',
  'PIP_',
  'UV_',
  'GEM_',
  'BUNDLE_',
  'BUNDLER_',
  'RUBYGEMS_',
  'HOMEBREW_',
  'CORECLR_',
  'COMPLUS_',
  'DOTNET_',
  'MSBUILD',
  'LUA_',
  'XCODE_',
  'VSCODE_',
];

/** With a shell only these reach it. */
const PASSES_SHELL = /^(?:TERM|LANG|LC_[A-Z]+|COLORTERM|NO_COLOR|FORCE_COLOR)$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Windows programs read this one; its brackets keep every POSIX shell from ever using it. */
const NAME_WITH_BRACKETS = /^[A-Za-z_][A-Za-z0-9_]*\([A-Za-z0-9_]+\)$/;
const PAGER_OFF = /^(?:cat|)$/;
/** Some shells evaluate what stands in brackets in a value, where a command calculates with the variable. */
const PLAIN_VALUE = /^[A-Za-z0-9_.@:+-]*$/;
const NODE_ENV = /^(?:production|development|test)$/;

/** Whether no command may be given that variable, by request or by an assignment in its text. Case does not save it. */
export function isRefusedVariable(name: string, value: string | null): boolean {
  if (!NAME.test(name) && !NAME_WITH_BRACKETS.test(name)) return true;
  const upper = name.toUpperCase();
  if (name === 'NODE_ENV' && value !== null && NODE_ENV.test(value)) return false;
  if ((upper === 'GIT_PAGER' || upper === 'PAGER') && value !== null && PAGER_OFF.test(value)) return false;
  return (
    REFUSED.has(upper) ||
    REFUSED_STARTS.some((start) => upper.startsWith(start)) ||
    // `npm_config_`, `cargo_target_x_runner`: the upper case above has them; this is for what ends alike.
    /_(?:PRELOAD|LD_PRELOAD|ASKPASS|PAGER|EDITOR|HELPER|OPTIONS|OPTS|FLAGS)$/.test(upper)
  );
}

/** Names the first variable that may not be set, of words like `NAME=value`; null: all may. */
export function refusedAssignment(assignments: readonly string[]): string | null {
  const nameOf = (word: string): string => word.slice(0, word.indexOf('='));
  const bad = assignments.find((word) => isRefusedVariable(nameOf(word), word.slice(word.indexOf('=') + 1)));
  return bad === undefined ? null : nameOf(bad);
}

/** Names the first override that a request may not bring; null: all may pass. */
export function refusedOverride(env: Readonly<Record<string, string>>, withShell: boolean): string | null {
  return (
    Object.entries(env).find(
      ([name, value]) => isRefusedVariable(name, value) || (withShell && !isPlain(name, value)),
    )?.[0] ?? null
  );
}

/** Names the first override with which no rule covers a request; null: they only change how text looks. */
export function uncoveredOverride(env: Readonly<Record<string, string>>): string | null {
  const isPager = (name: string, value: string): boolean =>
    /^(?:GIT_)?PAGER$/.test(name) && PAGER_OFF.test(value);
  return (
    Object.entries(env).find(([name, value]) => !isPlain(name, value) && !isPager(name, value))?.[0] ?? null
  );
}

const isPlain = (name: string, value: string): boolean => PASSES_SHELL.test(name) && PLAIN_VALUE.test(value);
