import { userInfo } from 'node:os';

import { RUN_MARKER } from './run-marker.ts';

/** Who the child runs as and where: the parts of its environment that come from this Mac. */
export interface HostIdentity {
  readonly home: string;
  readonly user: string;
  readonly shell: string;
  readonly tmpdir: string;
  readonly lang: string;
  /** Null: there is no agent. */
  readonly sshAuthSock: string | null;
}

export interface EnvironmentChoices {
  readonly path: string;
  readonly passSshAgent: boolean;
  /** By which what the run starts is found again. */
  readonly marker: string;
  /** Overrides of the request, already judged. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** Decide where the child finds programs, its files and its keys, and how it is found. Judged overrides never hold them; if one does, the judgement failed. */
const FIXED = new Set(['HOME', 'USER', 'LOGNAME', 'SHELL', 'PATH', 'SSH_AUTH_SOCK', RUN_MARKER]);

/**
 * The whole environment of a command, made from nothing: no variable of this process gets in by not being thought of.
 * @throws {EnvironmentError} on an override that no judgement may let through.
 */
export function childEnvironment(host: HostIdentity, choices: EnvironmentChoices): Record<string, string> {
  const env = new Map([
    ['HOME', host.home],
    ['USER', host.user],
    ['LOGNAME', host.user],
    ['SHELL', host.shell],
    ['TMPDIR', host.tmpdir],
    ['LANG', host.lang],
    ['PATH', choices.path],
    [RUN_MARKER, choices.marker],
  ]);
  if (choices.passSshAgent && host.sshAuthSock !== null) env.set('SSH_AUTH_SOCK', host.sshAuthSock);
  for (const [name, value] of Object.entries(choices.overrides)) {
    if (FIXED.has(name.toUpperCase())) throw new EnvironmentError(`${name} cannot be set by a request.`);
    if (!/^[A-Za-z_][A-Za-z0-9_()]*$/.test(name) || value.includes('\0')) {
      throw new EnvironmentError('The request sets a variable that no environment can hold.');
    }
    env.set(name, value);
  }
  // Own properties even for `__proto__`: nothing approved is dropped in silence.
  return Object.fromEntries(env);
}

class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** User and shell come from the user database; where home is, as for every program, is the person's to say with HOME. */
export function readHostIdentity(own: NodeJS.ProcessEnv = process.env): HostIdentity {
  const { homedir, username, shell } = userInfo();
  return {
    home: absolute(own['HOME']) ?? homedir,
    user: username,
    shell: shell ?? '/bin/sh',
    tmpdir: absolute(own['TMPDIR']) ?? '/tmp',
    // An app started from Finder has no LANG, and many tools then fall back to ASCII. What was judged is UTF-8.
    lang: utf8(own['LANG']) ?? (process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'),
    sshAuthSock: absolute(own['SSH_AUTH_SOCK']),
  };
}

function utf8(locale: string | undefined): string | null {
  return locale !== undefined && /\.UTF-?8$/i.test(locale) ? locale : null;
}

function absolute(path: string | undefined): string | null {
  return path?.startsWith('/') === true ? path : null;
}
