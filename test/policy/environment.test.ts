import { describe, expect, it } from 'vitest';

import { judge, said } from './world.ts';

const REFUSED =
  'PATH path Path NODE_OPTIONS BASH_ENV ENV LD_PRELOAD LD_LIBRARY_PATH DYLD_INSERT_LIBRARIES GIT_SSH_COMMAND GIT_DIR GIT_CONFIG_COUNT HOME ZDOTDIR SHELL HTTPS_PROXY CLASSPATH TF_VAR_x npm_config_registry PYTHONPATH PYTHONSTARTUP PS4 SHELLOPTS IFS PERL5OPT RUBYOPT JAVA_TOOL_OPTIONS DOTNET_STARTUP_HOOKS GLIBC_TUNABLES MAKEFLAGS RUSTC_WRAPPER CC LESSOPEN MANPAGER EDITOR BROWSER SUDO_ASKPASS SSH_AUTH_SOCK DOCKER_HOST KUBECONFIG HISTFILE PROMPT_COMMAND SSLKEYLOGFILE CARGO_TARGET_X_RUNNER BAD-KEY BASH_FUNC_ls%%'.split(
    ' ',
  );
const ALSO_REFUSED =
  'ELECTRON_RUN_AS_NODE DEVELOPER_DIR SDKROOT TOOLCHAINS SWIFT_EXEC PKG_CONFIG_PATH PYTHONINSPECT CDPATH GLOBIGNORE __XPC_DYLD_INSERT_LIBRARIES OPENCLAW_X MallocStackLogging GIT_EXTERNAL_DIFF'.split(
    ' ',
  );

describe('C7.8 and C8.6: variables that a request may not set', () => {
  it.each([...REFUSED, ...ALSO_REFUSED, '', 'A=B', '1A', 'A B'])(
    '%s fails the run, by name',
    async (name) => {
      const assessment = await judge(['ls'], { env: { [name]: 'x' }, rules: ['*'] });
      expect(said(assessment)).toBe('deny environment-refused');
      expect(assessment.text).toContain(name);
      expect(said(await judge(['ls'], { env: { [name]: 'x' }, security: 'full', ask: 'off' }))).toBe(
        'deny environment-refused',
      );
    },
  );

  it.each([
    ['FOO', 'bar'],
    ['TERM', 'xterm'],
    ['LANG', 'C'],
    ['LC_ALL', 'C'],
    ['TMPDIR', '/tmp'],
    ['AWS_PROFILE', 'x'],
    ['GIT_PAGER', 'cat'],
    ['PAGER', ''],
    ['ProgramFiles(x86)', 'x'],
    ['NODE_ENV', 'test'],
    ['RAILS_ENV', 'test'],
    ['STACK_NAME', 'x'],
    ['TZ', 'UTC'],
    ['CI', '1'],
    ['DATABASE_URL', 'x'],
  ])('%s=%s passes', async (name, value) => {
    const assessment = await judge(['ls'], { env: { [name]: value }, rules: ['*'] });
    expect(assessment.verdict).not.toBe('deny');
    expect(assessment.binding.env).toEqual({ [name]: value });
  });

  it.each([
    ['GIT_PAGER', 'less'],
    ['PAGER', 'cat x'],
    ['GIT_PAGER', 'cat x'],
    ['PAGER', 'sh -c id'],
    ['GIT_EDITOR', 'cat'],
    ['GIT_EDITOR', ''],
    ['MANPAGER', 'cat'],
    ['NODE_ENV', 'productions'],
    ['NODE_ENV', 'my-test'],
    ['NODE_OPTIONS', 'test'],
    ['PATH', 'test'],
    ['A(B)C', 'x'],
    ['1(B)', 'x'],
  ])('%s=%s does not', async (name, value) => {
    expect(said(await judge(['ls'], { env: { [name]: value } }))).toBe('deny environment-refused');
  });
});

describe('no rule covers a request', () => {
  it.each([
    ['FOO', ''],
    ['FOO', 'cat'],
    ['A_PAGERS', 'cat'],
    ['PAGERS', 'cat'],
    ['MYPAGER', 'cat'],
    ['TMPDIR', '/tmp'],
    ['XTERM', 'x'],
    ['TERM', '$(id)'],
  ])('with %s=%s', async (name, value) => {
    const assessment = await judge(['ls'], { env: { [name]: value }, rules: ['*'] });
    expect(said(assessment)).toBe('prompt environment-override');
    expect(assessment.allowAlways).toBeNull();
  });
  it.each([
    ['PAGER', 'cat'],
    ['GIT_PAGER', ''],
    ['TERM', 'xterm'],
  ])('but with %s=%s', async (name, value) => {
    expect((await judge(['ls'], { env: { [name]: value }, rules: ['*'] })).verdict).toBe('run');
  });
});

/** Beyond what the peers refuse, group by group. */
const GROUPS: Readonly<Record<string, string>> = {
  interpreter:
    'NODE_PATH node_path PYTHONHOME PYTHONOPTIMIZE __PYVENV_LAUNCHER__ PYENV_VERSION IPYTHONDIR DJANGO_SETTINGS_MODULE FLASK_APP PYTEST_ADDOPTS PYTEST_PLUGINS JUPYTER_PATH RUBYLIB RUBYSHELL RBENV_VERSION IRBRC JRUBY_OPTS PERL5LIB PERL5DB PERLDB_OPTS PERL5DB_THREADED PERLIO PHPRC PHP_INI_SCAN_DIR XDEBUG_CONFIG LUA_INIT LUA_INIT_5_4 LUA_CPATH_5_3 TCLLIBPATH JULIA_PROJECT R_PROFILE R_LIBS_SITE ERL_FLAGS MIX_EXS MIX_HOME GUILE_LOAD_COMPILED_PATH PLTCOLLECTS OCAMLPATH CAMLLIB GHCRTS DENO_DIR BUN_CONFIG_REGISTRY BUN_INSPECT JDK_JAVAC_OPTIONS _JAVA_OPTIONS JAVACMD JAVA_HOME CORECLR_PROFILER COMPlus_EnableDiagnostics DOTNET_ROOT_ARM64 MSBuildSDKsPath PSModulePath GODEBUG',
  shell:
    'ENV BASH_LOADABLES_PATH BASH_X BASHOPTS PS0 FPATH fpath MODULE_PATH module_path cdpath ZSH_CUSTOM FISH_HISTORY fish_function_path KSH_ENV HISTCHARS PROMPT BASH YASH_LOADPATH XONSHRC INPUTRC',
  linker:
    'DYLD_LIBRARY_PATH DYLD_FRAMEWORK_PATH DYLD_FALLBACK_LIBRARY_PATH DYLD_ROOT_PATH LD_AUDIT LIBPATH SHLIB_PATH GCONV_PATH MallocStackLoggingDirectory OBJC_DEBUG_X XPC_SERVICE_NAME CFNETWORK_LIBRARY_PATH LADSPA_PATH',
  git: 'GIT_ASKPASS GIT_EDITOR GIT_SSH GIT_PROXY_COMMAND GIT_EXEC_PATH GIT_TEMPLATE_DIR GIT_CONFIG_GLOBAL GIT_CONFIG_KEY_0 GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_WORK_TREE GIT_INDEX_FILE GIT_TRACE git_dir',
  'package-manager':
    'npm_config_userconfig npm_execpath INIT_CWD YARN_RC_FILENAME YARN_X PNPM_HOME COREPACK_HOME COREPACK_ROOT NVM_DIR NVM_BIN VOLTA_HOME FNM_DIR NODENV_VERSION PIP_INDEX_URL PIPENV_PIPFILE PIPX_HOME POETRY_CONFIG_DIR PDM_X UV_INDEX_URL UV_PYTHON CONDARC CONDA_EXE GEM_HOME BUNDLE_GEMFILE COMPOSER_VENDOR_DIR COMPOSER_AUTH HOMEBREW_X NUGET_PACKAGES CABAL_DIR STACK_YAML OPAMROOT NIX_PATH ASDF_DIR MISE_X PUB_HOSTED_URL HEX_MIRROR LUAROCKS_CONFIG PERL_MM_OPT PERL_CPANM_OPT CARGO_REGISTRY_TOKEN CARGO_HTTP_PROXY CARGO_SOURCE_X',
  Electron: 'ELECTRON_ENABLE_LOGGING ELECTRON_X CHROME_DEVEL_SANDBOX NODE_EXTRA_CA_CERTS VSCODE_X LATCHKEY_X',
  toolchain:
    'CXX LD AR CFLAGS LDFLAGS CPATH LIBRARY_PATH C_INCLUDE_PATH COMPILER_PATH GCC_EXEC_PREFIX GCC_X COLLECT_GCC CCC_OVERRIDE_OPTIONS CCC_CC CLANG_X HOSTCC CC_FOR_BUILD CODESIGN_ALLOCATE SWIFTC SWIFTFLAGS XCODE_XCCONFIG_FILE XCRUN_X xcrun_log GOFLAGS GOCACHEPROG GOAUTH GOWORK GOTOOLDIR GOTOOLCHAIN CGO_CFLAGS CGO_LDFLAGS_ALLOW GCCGO RUSTC RUSTFLAGS RUSTC_LINKER RUSTC_BOOTSTRAP RUSTUP_DIST_SERVER CARGO_ALIAS_B CARGO_HOME CARGO_NET_GIT_FETCH_WITH_CLI CARGO_HOST_LINKER CARGO_X SCCACHE_DIR CCACHE_PREFIX CCACHE_COMPILER DISTCC_HOSTS CMAKE_C_COMPILER_LAUNCHER CMAKE_GENERATOR MAKE MAKEFILES MAKEOVERRIDES GNUMAKEFLAGS AUTOCONF M4 CONFIG_SITE CONFIG_SHELL LEX YACC AWK SED INSTALL M2_HOME MAVEN_CONFIG GRADLE_HOME SBT_X LEIN_JAVA_CMD ANT_HOME JENV_ROOT ANDROID_HOME CUDA_HOME LLVM_CONFIG',
  'programs that programs start':
    'FZF_CTRL_T_COMMAND RESTIC_PASSWORD_COMMAND BORG_RSH BORG_PASSCOMMAND X_SHELL GH_BROWSER RHOME R_ARCH R_SCRIPT_DEFAULT_PACKAGES ESCRIPT_EMULATOR DOTDIR JITI_ALIAS BABEL_CACHE_PATH ZX_PREFIX SWC_NODE_PROJECT LUAINPUTS TEXINPUTS TEXMFHOME EXPECT_LIBRARY TCL8_7_TM_PATH SYSTEM_WGETRC GVBINDIR FREI0R_PATH MAILRC MAILCAPS GROFF_COMMAND_PREFIX BABASHKA_PRELOADS ALSA_CONFIG_PATH SDL_DYNAMIC_API TAPE JAVA_CMD MONO_X ELIXIR_X X_EMULATOR X_CMD GREP DIFF ZCAT PREFIX MANOPT shell_escape SCREENRC PYLINTRC FFREPORT HGMERGE TEX DIRSTACK PIPESTATUS LESSKEY_CONTENT NAPI_RS_NATIVE_LIBRARY_PATH RCLONE_CONFIG HELM_DATA_HOME VAGRANT_CWD COMPOSE_FILE CONTAINERS_CONF TERRAGRUNT_TFPATH TG_TF_PATH PRISMA_X MAGICK_HOME COVERAGE_RCFILE FZF_DEFAULT_OPTS_FILE BAT_CONFIG_DIR SOPS_GPG_EXEC VIRTUALENV_X MPLBACKEND TIGRC_USER CYPRESS_RUN_BINARY PERF_EXEC_PATH GNUPLOT_DRIVER_DIR LIBVA_DRIVERS_PATH GDK_PIXBUF_MODULEDIR X_ARGS X_EXEC X_BIN X_BINARY X_BINARY_PATH X_EXECUTABLE X_EXECUTABLES X_DRIVER X_DRIVERS_PATH X_DRIVER_DIR X_RCFILE X_OPTS_FILE X_LIBRARY_PATH X_MODULE_PATH X_MODULEDIR CLOUDSDK_PYTHON CLOUDSDK_PYTHON_ARGS CLOUDSDK_PYTHON_SITEPACKAGES R_TESTS R_MAKEVARS_USER R_MAKEVARS_SITE RAKULIB MATLABPATH REBAR_CONFIG PKCS11_MODULE BZR_PLUGIN_PATH LIBMYSQL_PLUGINS LIBMYSQL_PLUGIN_DIR X_PLUGIN_PATH GDAL_DRIVER_PATH X_WRAPPER X_LAUNCHER X_RUNNER X_LINKER X_PRELOAD X_ASKPASS KUBECTL_EXTERNAL_DIFF PARALLEL PARALLEL_HOME ANSIBLE_LIBRARY PASSWORD_STORE_EXTENSIONS_DIR XDG_RUNTIME_DIR',
};

describe.each(Object.entries(GROUPS))('variables of this group fail the run, by name: %s', (_, names) => {
  it.each(names.split(' '))('%s', async (name) => {
    const assessment = await judge(['ls'], { env: { [name]: 'x' }, rules: ['*'] });
    expect(said(assessment)).toBe('deny environment-refused');
    expect(assessment.text).toContain(name);
  });
});

/** Where the second byte of a letter can be a backslash, quotes end elsewhere than they show. */
describe('a locale is one that leaves ASCII alone', () => {
  const UTF8 =
    'C POSIX UTF-8 utf8 C.UTF-8 en_US.UTF-8 ko_KR.utf8 zh-Hans_CN.UTF-8 ca_ES.UTF-8@valencia'.split(' ');
  const OTHERS =
    'zh_CN.GBK zh_TW.Big5 ja_JP.SJIS zh_CN.GB18030 en_US.ISO8859-1 ja_JP ko x.UTF-8.GBK x/UTF-8 UTF-8x en_US@UTF-8';
  it.each(['', ...UTF8])('%j', async (locale) => {
    for (const name of ['LANG', 'LC_ALL', 'LC_CTYPE']) {
      expect((await judge('ls', { env: { [name]: locale } })).verdict).toBe('prompt');
      expect((await judge(`${name}=${locale} ls`)).verdict).toBe('prompt');
      expect((await judge(`export ${name}=${locale}; ls`)).verdict).toBe('prompt');
      expect((await judge(`env ${name}=${locale} ls`)).verdict).toBe('prompt');
    }
  });
  it.each(OTHERS.split(' '))('and not %s', async (locale) => {
    for (const name of ['LANG', 'LC_ALL', 'LC_CTYPE', 'lc_all']) {
      const asked = { rules: ['*'], env: { [name]: locale } };
      expect(said(await judge('echo "\u20ac\\" ; touch x #"', asked))).toBe('deny environment-refused');
      expect(said(await judge(['ls'], asked))).toBe('deny environment-refused');
      expect(said(await judge(`${name}=${locale} ls`))).toBe('deny assignment-refused');
      expect(said(await judge(`export ${name}=${locale}; ls`))).toBe('deny assignment-refused');
      expect(said(await judge(`env ${name}=${locale} ls`))).toBe('deny assignment-refused');
    }
  });
  it.each([
    ['LC_ALL=$X ls', 'deny'],
    ['LC_ALL="$X" ls', 'deny'],
    ['export LC_ALL="$X"; ls', 'deny'],
    ['export LC_ALL=C LC_ALL=zh_CN.GBK; ls', 'deny'],
    ['read LC_ALL; ls', 'deny'],
    ['printf -v LC_ALL x; ls', 'deny'],
    ['unset LC_ALL; ls', 'prompt'],
  ])('%s: %s', async (text, verdict) => {
    expect((await judge(text)).verdict).toBe(verdict);
  });
});

describe('with a shell', () => {
  const shells: (string | string[])[] = [
    'ls',
    ['sh', './run.sh'],
    ['nice', 'bash', '-c', 'ls'],
    ['env', 'zsh', '-c', 'ls'],
  ];
  it.each(shells)('%j: only what changes how text looks reaches it', async (what) => {
    for (const name of ['TERM', 'LANG', 'LC_TIME', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR']) {
      expect((await judge(what, { env: { [name]: 'C' } })).verdict).toBe('prompt');
    }
    for (const name of ['FOO', 'TMPDIR', 'OPENCLAW_TEST', 'LC_', 'TERMS', 'XTERM', 'MY_LANG']) {
      expect((await judge(what, { env: { LC_TIME: 'C', [name]: 'x' } })).reason).toBe('environment-refused');
    }
  });
  it('the message says what to do instead', async () => {
    expect((await judge('ls', { env: { FOO: '1' } })).text).toContain('FOO=1');
  });
});
