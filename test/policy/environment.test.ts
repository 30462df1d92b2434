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
  ])('%s=%s passes', async (name, value) => {
    const assessment = await judge(['ls'], { env: { [name]: value }, rules: ['*'] });
    expect(assessment.verdict).not.toBe('deny');
    expect(assessment.binding.env).toEqual({ [name]: value });
  });

  it.each([
    ['GIT_PAGER', 'less'],
    ['PAGER', 'cat x'],
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

describe('with a shell', () => {
  const shells: (string | string[])[] = [
    'ls',
    ['sh', './run.sh'],
    ['nice', 'bash', '-c', 'ls'],
    ['env', 'zsh', '-c', 'ls'],
  ];
  it.each(shells)('%j: only what changes how text looks reaches it', async (what) => {
    for (const name of ['TERM', 'LANG', 'LC_TIME', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR']) {
      expect((await judge(what, { env: { [name]: 'x' } })).verdict).toBe('prompt');
    }
    for (const name of ['FOO', 'TMPDIR', 'OPENCLAW_TEST', 'LC_', 'TERMS', 'XTERM', 'MY_LANG']) {
      expect((await judge(what, { env: { LC_TIME: 'C', [name]: 'x' } })).reason).toBe('environment-refused');
    }
  });
  it('the message says what to do instead', async () => {
    expect((await judge('ls', { env: { FOO: '1' } })).text).toContain('FOO=1');
  });
});
