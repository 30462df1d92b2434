import { readShellGrammar } from '../../main/facts/shell-grammar.ts';
import { assess, type Case } from '../../main/policy/assess.ts';
import { type Ask, effectivePolicy, type Security } from '../../main/policy/effective-policy.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import { NO_RULES, rulesFile } from '../../main/policy/rules-file.ts';
import type { Assessment } from '../../main/request/assessment.ts';
import { openShellReader } from '../../main/shell/shell-reader.ts';
import { type Entry, type FakeDisk, fakeDisk } from '../facts/fake-disk.ts';

/** The folder of the cases: the user's own, with programs in `bin` that are first on PATH. */
export const T = '/home/u/p';

const program: Entry = { file: '\u007fELF', runs: true };
const SYSTEM =
  'ls id echo head wc cat touch grep uname find xargs sudo awk sed env nice nohup timeout time stdbuf caffeinate arch xcrun sh bash dash zsh fish ksh tar make ssh script flock busybox curl rm date sleep test true whoami tee ps mv cp sort uniq tail git2 setsid scp printf parallel su watch doas kill toybox open unshare screen docker csh pwsh ssh-keygen security crontab base64 tr cut dd less vim perl5.34';
const OWN =
  'git rg node nodejs node20 python3 python lua tsx ruby perl php deno bun pnpm npm npx yarn bunx eslint osascript swift go java Rscript uv gcc cargo tsc pip jq';

export function disk(more: Readonly<Record<string, Entry>> = {}): FakeDisk {
  const entries: Record<string, Entry> = {};
  for (const name of SYSTEM.split(' ')) entries[`/usr/bin/${name}`] = program;
  for (const name of OWN.split(' ')) entries[`${T}/bin/${name}`] = program;
  for (const name of [
    'run.py run.js run.ts run.sh run.lua run.mjs main.mjs safe.rb safe.pl app.php x.scpt t.swift main.go b.go x.jar x.R x.py job.sh s.sh a.py b.py pnpm.js preload.mjs e Foo.java script.sh init.sh sub/script.sh data.txt errexit pipefail extglob histexpand',
  ]
    .join(' ')
    .split(' ')) {
    entries[`${T}/${name}`] = { file: `content of ${name}\n`, runs: true };
  }
  entries[`${T}/tool`] = program;
  entries['/bin'] = { link: '/usr/bin' };
  entries['/usr/sbin/fifo'] = { device: true };
  return fakeDisk({ ...entries, '/workspace': { folder: true }, ...more });
}

/** And programs that start others: most of them modelled, `spawner` by nobody. */
export const carriers = disk(
  Object.fromEntries(
    ['ionice', 'chronic', 'unbuffer', 'strace', 'spawner', 'which'].map((name) => [
      `/usr/bin/${name}`,
      program,
    ]),
  ),
);

const plain = disk();
/** One for all: the grammar is loaded once in a process. */
export const reader = readShellGrammar().then(openShellReader);

export interface Asked {
  /** Null: the request names none. */
  readonly cwd?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly rawCommand?: string;
  readonly agentId?: string | null;
  readonly sessionKey?: string | null;
  readonly path?: string;
  readonly security?: Security;
  readonly ask?: Ask;
  readonly askFallback?: Security;
  /** Patterns, or whole entries, of the agent's list. */
  readonly rules?: readonly (string | Record<string, unknown>)[];
  readonly notes?: unknown;
  readonly policy?: PolicyFile;
  readonly prepared?: Case['prepared'];
  readonly granted?: (digest: string) => boolean;
  readonly gatewayId?: string;
  readonly own?: Partial<Case['own']>;
  readonly disk?: FakeDisk;
  readonly oneStricter?: boolean;
}

export interface Question {
  readonly what: string | readonly string[];
  readonly asked: Asked;
}

/** All that was asked so far. A mutant has to answer it as we do, or no milder. */
export const questions: Question[] = [];

/** Everything that `what` says, judged: a shell text as the gateway sends it, or an argv. */
export async function judge(what: string | readonly string[], asked: Asked = {}): Promise<Assessment> {
  questions.push({ what, asked });
  return (await judged(what, asked)).assessment;
}

async function judged(what: string | readonly string[], asked: Asked = {}) {
  const { security = 'allowlist', ask = 'on-miss', askFallback = 'deny', rules = [] } = asked;
  const allowlist = rules.map((rule) => (typeof rule === 'string' ? { pattern: rule } : rule));
  const file = asked.policy ?? {
    version: 1,
    defaults: { security, ask, askFallback },
    agents: { '*': { allowlist } },
  };
  const notes = asked.notes === undefined ? NO_RULES : rulesFile.parse(asked.notes);
  const agentId = asked.agentId ?? null;
  return assess(
    {
      request: {
        argv: typeof what === 'string' ? ['/bin/sh', '-c', what] : what,
        rawCommand: asked.rawCommand ?? null,
        cwd: asked.cwd === undefined ? T : asked.cwd,
        env: asked.env ?? {},
        agentId,
        sessionKey: asked.sessionKey ?? null,
      },
      policy: { ...effectivePolicy(file, agentId, notes), oneStricter: asked.oneStricter ?? false },
      prepared: asked.prepared ?? null,
      granted: asked.granted ?? (() => false),
      path: asked.path ?? `${T}/bin:/usr/bin:/bin`,
      home: '/home/u',
      gatewayId: asked.gatewayId ?? 'gateway-1',
      own: {
        bundle: ['/Applications/Latchkey.app'],
        files: [],
        stateFolder: '/home/u/Library/Application Support/Latchkey',
        keychainService: 'Latchkey pairing',
        ...asked.own,
      },
    },
    { files: asked.disk ?? plain, shell: await reader },
  );
}

/** Rules for the system's programs by exact path. */
export const LISTED = ['/usr/bin/*', `${T}/bin/*`];

/** And every one with any arguments. */
export const ANYTHING = [...LISTED, '*', { pattern: '/**', argPattern: '[^]*' }];

/** `verdict reason`, for tables. */
export const said = ({ verdict, reason }: Assessment): string => `${verdict} ${reason}`;
