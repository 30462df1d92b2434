import type { NodeSnapshot } from '../../main/node/snapshot.ts';
import type { Prompt } from '../../main/prompt/prompt.ts';
import type { Assessment } from '../../main/request/assessment.ts';

/** Small literals; each test says only what it is about. */

export const exampleAssessment = (rest: Partial<Assessment> = {}): Assessment => ({
  verdict: 'prompt',
  reason: 'allowlist-miss',
  text: 'No rule covers this.',
  digest: 'd'.repeat(64),
  unattended: 'deny',
  onceOnly: false,
  grantable: true,
  segments: [{ argv: ['git', 'status'], executable: '/usr/bin/git', via: [], sha256: null }],
  parts: [
    {
      kind: 'command',
      operator: null,
      executable: '/usr/bin/git',
      tokens: [
        { text: 'git', role: 'program' },
        { text: 'status', role: 'argument' },
      ],
    },
  ],
  operands: [],
  allowlist: 'miss',
  matched: [],
  allowAlways: null,
  allowAlwaysAny: null,
  warnings: [],
  binding: {
    argv: ['/bin/sh', '-c', 'git status'],
    program: '/bin/sh',
    cwd: '/Users/me/src',
    env: {},
    path: '/usr/bin:/bin',
    files: [],
    lookups: [],
  },
  ...rest,
});

export function examplePrompt(rest: Partial<Prompt> = {}): Prompt {
  const assessment = rest.assessment ?? exampleAssessment();
  return {
    id: 'p1',
    digest: assessment.digest,
    request: {
      argv: assessment.binding.argv,
      rawCommand: null,
      cwd: null,
      env: {},
      agentId: 'main',
      sessionKey: 'agent:main:main',
    },
    assessment,
    contents: new Map(),
    lastAllowed: new Map(),
    gateway: { id: 'g', name: 'studio', address: 'wss://studio.example' },
    choices: ['allow-once', 'deny'],
    withheld: {},
    askedAtMs: 1_000_000,
    expiresAtMs: 1_300_000,
    ...rest,
  };
}

export const exampleSnapshot = (rest: Partial<NodeSnapshot> = {}): NodeSnapshot => ({
  revision: 1,
  state: 'connected',
  detail: null,
  command: null,
  requestId: null,
  commandsApproved: true,
  gateway: { id: 'g', name: 'studio', address: 'wss://studio.example', deviceId: 'device1' },
  prompts: [],
  grants: [],
  quiet: [],
  running: 0,
  contained: false,
  unpaired: null,
  policyDegraded: false,
  policyEdits: 0,
  authority: {
    trustsGatewayApprovals: false,
    isForced: false,
    operator: { state: 'off', text: null, command: null, requestId: null },
    showsOtherHosts: false,
  },
  ...rest,
});
