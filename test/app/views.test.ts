import { describe, expect, it } from 'vitest';

import { pairingView } from '../../main/app/views/pairing-view.ts';
import { promptView as viewOf } from '../../main/app/views/prompt-view.ts';
import { settingsView } from '../../main/app/views/settings-view.ts';
import { contract } from '../../main/ipc/contract.ts';
import type { NodeSnapshot } from '../../main/node/snapshot.ts';
import type { Prompt } from '../../main/prompt/prompt.ts';
import type { Operand, Token } from '../../main/request/assessment.ts';
import { HiddenSecrets } from '../../main/text/hidden-secrets.ts';
import type { AllowedVersion } from '../../main/versions/allowed-version.ts';
import { noEdits } from '../gallery/edit-states.ts';
import { exampleAssessment, examplePrompt, exampleSnapshot } from './examples.ts';

const promptView = (prompt: Prompt) => viewOf(prompt, new HiddenSecrets());
const noNotes = { hash: '', editable: true, never: [], off: [], changed: [], made: [] };
const plain = (text: string) => [{ text, kind: 'plain' }];

function promptWithFile(bytes: Uint8Array | undefined, sizeBytes = bytes?.length ?? 5) {
  const operand: Operand = { path: '/Users/me/src/x.sh', sha256: 'a'.repeat(64), sizeBytes, modifiedAtMs: 7 };
  return examplePrompt({
    assessment: exampleAssessment({ operands: [operand] }),
    contents: new Map(bytes === undefined ? [] : [[operand.path, bytes]]),
  });
}
const contentOf = (bytes: Uint8Array | undefined, sizeBytes?: number) =>
  promptView(promptWithFile(bytes, sizeBytes)).operands[0]?.content;
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a question', () => {
  it('is in the contract', () => {
    const board = {
      revision: 1,
      language: 'en',
      prompt: promptView(promptWithFile(utf8('echo\n'))),
      ended: null,
      arming: { state: 'armed' },
      waiting: 0,
      same: 1,
      pressing: false,
      asksForProof: false,
      changedFile: null,
    };
    expect(contract.prompt.changed.payload.safeParse(board).error).toBeUndefined();
  });

  it('names the gateway as this Mac paired with it, and the agent as the request says', () => {
    expect(promptView(examplePrompt()).who).toEqual({
      agent: plain('main'),
      session: plain('agent:main:main'),
      origin: null,
      host: null,
      claim: null,
      gateway: { name: plain('studio'), address: plain('wss://studio.example') },
    });
  });

  it('masks secrets in arguments, never in what runs', () => {
    const secret = 'ghp_abcdefghijklmnopqrst';
    const tokens: Token[] = [
      { text: `./${secret}`, role: 'program' },
      { text: secret, role: 'operand' },
      { text: secret, role: 'argument' },
    ];
    const view = promptView(
      examplePrompt({
        assessment: exampleAssessment({
          parts: [{ kind: 'command', operator: null, executable: null, tokens }],
        }),
      }),
    );
    const [part] = view.parts;
    expect(part?.kind === 'command' ? part.tokens.map(({ text }) => text[0]?.kind) : []).toEqual([
      'plain',
      'plain',
      'secret',
    ]);
  });

  it.each([
    ['with a secret', ['/bin/sh', '-c', 'curl -H ghp_abcdefghijklmnopqrst'], true],
    ['without one', ['/bin/ls'], false],
  ])('%s says so of its copy', (_what, argv, holds) => {
    const { binding } = exampleAssessment();
    const assessment = exampleAssessment({ binding: { ...binding, argv } });
    expect(promptView(examplePrompt({ assessment })).holdsSecret).toBe(holds);
  });

  it('puts the worst warning first', () => {
    const warnings = [
      { code: 'something-new', text: 'b' },
      { code: 'hidden-characters', text: 'a' },
    ];
    const view = promptView(examplePrompt({ assessment: exampleAssessment({ warnings }) }));
    expect(view.warnings.map(({ severity }) => severity)).toEqual(['high', 'caution']);
  });
});

describe('a file', () => {
  it('is shown from the bound bytes, line by line', () => {
    expect(contentOf(utf8('a\n\tb\n'))).toEqual({
      kind: 'lines',
      lines: [
        plain('a'),
        [
          { text: '\t', kind: 'spaces' },
          { text: 'b', kind: 'plain' },
        ],
      ],
    });
  });

  it.each([
    ['whose beginning only was kept', utf8('abc'), 4, 'too-large'],
    ['with a NUL', utf8('a\0b'), undefined, 'binary'],
    ['that is no UTF-8', new Uint8Array([0xff, 0xfe]), undefined, 'binary'],
    ['that nobody kept', undefined, 5, 'not-kept'],
    ['with too many lines', utf8('\n'.repeat(5001)), undefined, 'too-large'],
  ])('%s is not shown, and it is said why', (_what, bytes, size, why) => {
    expect(contentOf(bytes, size)).toEqual({ kind: 'none', why });
  });
});

describe('a file that was allowed before', () => {
  const now = 'a\nnew\nc\n';
  const allowedAtMs = 99;
  const since = (last: Partial<AllowedVersion>, bytes = utf8(now)) => {
    const asked = promptWithFile(bytes);
    const path = asked.assessment.operands[0]?.path ?? '';
    const version = { sha256: 'b'.repeat(64), allowedAtMs, bytes: utf8('a\nold\nc\n'), ...last };
    return promptView({ ...asked, lastAllowed: new Map([[path, version]]) }).operands[0]?.since;
  };

  it('shows what changed since, secrets masked', () => {
    const found = since({ bytes: utf8('a\nTOKEN=hunter2hunter2\nc\n') });
    expect(found).toMatchObject({ kind: 'changed', allowedAtMs, added: 1, removed: 1 });
    const rows = found?.kind === 'changed' ? found.hunks.flat() : [];
    expect(rows.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
      'same 1',
      'removed 2',
      'added 2',
      'same 3',
    ]);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });

  it.each<[string, Partial<AllowedVersion>, string]>([
    ['is the same when its hash is', { sha256: 'a'.repeat(64) }, 'same'],
    ['is another one when the bytes of then are not there', { bytes: null }, 'other'],
    ['is another one when it was no text then', { bytes: utf8('a\0') }, 'other'],
  ])('%s', (_what, last, kind) => {
    expect(since(last)).toEqual({ kind, allowedAtMs });
  });

  it('is another one when it is no text now', () => {
    expect(since({}, utf8('a\0'))).toEqual({ kind: 'other', allowedAtMs });
  });

  it('was never allowed when nothing is known of it', () => {
    expect(promptView(promptWithFile(utf8(now))).operands[0]?.since).toEqual({ kind: 'never' });
  });
});

describe('pairing', () => {
  const draft = {
    link: null,
    problem: null,
    nearby: { looking: false, failed: false, found: [] },
    choice: null,
  };
  const view = (rest: Partial<NodeSnapshot>, adding = false) =>
    pairingView(exampleSnapshot(rest), { language: 'en', deviceName: 'Mac', revision: 1, adding, draft });

  it.each<[string, Partial<NodeSnapshot>]>([
    ['enter', { state: 'unpaired', gateway: null }],
    ['enter', { state: 'unpaired', gateway: null, detail: 'Unpaired.' }],
    ['connecting', { state: 'connecting', commandsApproved: null }],
    ['connecting', { state: 'offline' }],
    ['approve-device', { state: 'awaiting-approval' }],
    ['approve-commands', { state: 'connected', commandsApproved: false }],
    ['connected', { state: 'connected' }],
    ['connected', { state: 'connected', commandsApproved: null }],
    ['connected', { state: 'paused' }],
    ['failed', { state: 'attention' }],
  ])('is at "%s" when the core says %j', (step, rest) => {
    expect(view(rest).step).toBe(step);
    expect(contract.pairing.changed.payload.safeParse(view(rest)).error).toBeUndefined();
  });

  it('shows its form although this Mac is paired, when one more gateway is wanted', () => {
    expect(view({ state: 'connected' }, true).step).toBe('enter');
  });

  it('says whether the way to the gateway is encrypted', () => {
    const gateway = { id: 'g', name: 'n', address: 'ws://127.0.0.1:1', deviceId: 'd' };
    expect([view({}).gateway?.encrypted, view({ gateway }).gateway?.encrypted]).toEqual([true, false]);
  });
});

describe('settings', () => {
  const gateways = { known: [], choice: null };
  const skills = { wanted: false, list: [] };
  const own = {
    language: 'en',
    version: '1',
    openAtLogin: null,
    touchId: null,
    revision: 1,
    edits: noEdits,
    gateways,
    ruleNotes: noNotes,
    skills,
    stop: {
      runsOnPause: 'keep',
      pauseWhileLocked: false,
      pauseShortcut: null,
      shortcuts: [],
      shortcutWorks: true,
      contained: false,
    },
    runs: {
      displayName: null,
      promptTimeoutMs: 300_000,
      path: null,
      passSshAgent: false,
      endRunsOnDisconnect: 'after-60s',
      dangerouslyAllowPlaintextGateway: false,
      usualPath: '/usr/bin',
      looseFolders: [],
    },
  } satisfies Parameters<typeof settingsView>[2];
  const file = {
    version: 1 as const,
    defaults: { security: 'deny' as const },
    agents: {
      '*': { ask: 'always' as const },
      main: {
        security: 'full' as const,
        allowlist: [{ id: 'a', pattern: 'git\u{202E}', lastUsedAt: 5 }, { pattern: '/bin/ls' }, 'nonsense'],
      },
    },
  };

  it.each([undefined, null, ''])('says any arguments where a rule has the pattern %j', (argPattern) => {
    const rule = { pattern: '/bin/ls', argPattern };
    const value = { version: 1 as const, agents: { main: { allowlist: [rule] } } };
    const { policy } = settingsView(exampleSnapshot(), { value, hash: 'h', degraded: null }, own);
    expect(policy.agents[0]?.rules[0]?.argPattern).toBeNull();
  });

  it('show what is set, and what holds after all is combined', () => {
    const { policy } = settingsView(exampleSnapshot(), { value: file, hash: 'h', degraded: null }, own);
    expect(policy).toMatchObject({
      degraded: false,
      defaults: { security: 'deny', ask: null, askFallback: null },
      effective: { security: 'deny', ask: 'always', askFallback: 'deny' },
      agents: [
        { id: '*' },
        { id: 'main', effective: { security: 'full', ask: 'always', askFallback: 'deny' } },
      ],
    });
  });

  it('show every rule that can match, also one without an id', () => {
    const view = settingsView(exampleSnapshot(), { value: file, hash: 'h', degraded: null }, own);
    expect(view.policy.agents[1]?.rules).toMatchObject([
      { id: 'a', pattern: [...plain('git'), { text: '\\u{202E}', kind: 'escape' }], lastUsedAtMs: 5 },
      { pattern: plain('/bin/ls'), lastUsedAtMs: null },
    ]);
    expect(contract.settings.changed.payload.safeParse(view).error).toBeUndefined();
  });

  it.each([
    ['was never read', { value: null, hash: null, degraded: 'gone' }],
    ['is broken now', { value: file, hash: 'h', degraded: 'not JSON' }],
  ])('say when the policy %s', (_what, policy) => {
    const view = settingsView(exampleSnapshot(), policy, own);
    expect(view.policy.degraded).toBe(true);
    if (policy.value === null)
      expect(view.policy.effective).toEqual({ security: 'deny', ask: 'off', askFallback: 'deny' });
  });
});
