import type { PairingView } from '../../main/ipc/pairing-view.ts';
import type { RuleView, SettingsView } from '../../main/ipc/settings-view.ts';
import { display, displayWhole } from '../../main/text/display.ts';
import { fileEdit, gatewayEdit, noEdits, putBack, undoableEdits } from './edit-states.ts';
import { NOW_MS } from './prompt-states.ts';

const deviceId = '8f2a91c4d07e33b5a1c9e04f6b7d28135e90ac47f1b36d82c05e7194a8db62f3';
const gateway = {
  name: displayWhole('studio'),
  address: displayWhole('wss://studio.tail4c1e.ts.net'),
};

const draft: PairingView['draft'] = {
  link: null,
  problem: null,
  nearby: { looking: false, failed: false, found: [] },
  choice: null,
};
const pinned = '3f9a51c07be2486d91a0c4f7e35b8d12605fe9a7c83b14d2f6097ae5b1c48d30';
const shown = 'a07c1be5d93f4826b8e1507fc24a9d63e5f10b8279cd3e4a6b91f7d0258c34ef';
const certificate = { kind: 'certificate', pinned, shown } as const;
const listener = {
  kind: 'listener',
  id: 'a'.repeat(64),
  address: displayWhole('ws://127.0.0.1:18789/'),
  uid: 502,
} as const;

const pairing = (step: PairingView['step'], rest: Partial<PairingView> = {}): PairingView => ({
  revision: 1,
  language: 'en',
  step,
  detail: null,
  gateway: step === 'enter' || step === 'failed' ? null : { ...gateway, encrypted: true },
  deviceId: step === 'enter' ? null : deviceId,
  deviceName: displayWhole('Minji’s MacBook Pro'),
  command: null,
  draft,
  ...rest,
});

/** Each state of the pairing window. */
export const pairingStates = {
  enter: pairing('enter'),
  connecting: pairing('connecting'),
  'approve-device': pairing('approve-device', {
    command: displayWhole('openclaw devices approve 7f3c9a52-1e0b-4d6c-9b1f-2a84c05e6d31'),
  }),
  'approve-commands': pairing('approve-commands', {
    command: displayWhole('openclaw nodes approve 0b7de2c1-55aa-4f0e-8d3e-91f64cf2a7d5'),
  }),
  connected: pairing('connected'),
  link: pairing('enter', {
    draft: {
      ...draft,
      link: {
        id: '6f2f9c0e-8f56-4a1b-9a3b-0d7b7c1a2e12',
        addresses: ['wss://studio.tail4c1e.ts.net/', 'wss://192.168.1.20:18789/'].map(displayWhole),
        encrypted: true,
        pinned: true,
      },
    },
  }),
  'bad-link': pairing('enter', {
    draft: {
      ...draft,
      problem: displayWhole(
        'this setup code has expired (they live for 10 minutes): get a new one with `openclaw qr --setup-code-only`',
      ),
    },
  }),
  nearby: pairing('enter', {
    draft: {
      ...draft,
      nearby: {
        looking: true,
        failed: false,
        found: [
          { name: displayWhole('Studio'), address: 'wss://studio.local:18789' },
          { name: displayWhole('Stud\u{200B}io (yours)'), address: 'wss://st-udio.local:443' },
        ],
      },
    },
  }),
  'certificate-changed': pairing('failed', { draft: { ...draft, choice: certificate } }),
  'stranger-listens': pairing('failed', { draft: { ...draft, choice: listener } }),
  failed: pairing('failed', {
    detail: displayWhole(
      'The setup code was already used. Make a new one with: openclaw qr --setup-code-only',
    ),
  }),
} as const satisfies Record<string, PairingView>;

const rule = (id: string, pattern: string, argPattern: string | null, used: number | null): RuleView => ({
  id,
  pattern: displayWhole(pattern),
  argPattern: argPattern === null ? null : displayWhole(argPattern),
  lastUsedAtMs: used === null ? null : NOW_MS - used,
  lastUsedCommand: used === null ? null : display('git push origin main'),
});

const unset = { security: null, ask: null, askFallback: null };
const usual = { security: 'allowlist', ask: 'on-miss', askFallback: 'deny' } as const;

const known = (id: number, address: string, rest: Partial<Known> = {}): Known => ({
  id: `0b7de2c1-55aa-4f0e-8d3e-91f64cf2a7d${id}`,
  name: displayWhole(new URL(address).host),
  address: displayWhole(address),
  active: false,
  pinned: false,
  ...rest,
});
type Known = SettingsView['gateways']['known'][number];
const gateways = (choice: SettingsView['gateways']['choice'] = null): SettingsView['gateways'] => ({
  known: [
    known(1, 'wss://studio.tail4c1e.ts.net/', { active: true, pinned: true }),
    known(2, 'ws://127.0.0.1:18789/'),
  ],
  choice,
});
const ruleNotes: SettingsView['ruleNotes'] = {
  hash: 'n1',
  editable: true,
  never: [
    { name: 'rm', shown: displayWhole('rm'), agent: null, agentShown: null, effect: 'deny' },
    {
      name: 'curl',
      shown: displayWhole('curl'),
      agent: 'main',
      agentShown: displayWhole('main'),
      effect: 'prompt',
    },
  ],
  off: [{ ruleId: 'r2', why: 'examples-fail' }],
  changed: [{ ruleId: 'r3', path: displayWhole('/usr/local/bin/jq'), sha256: 'c'.repeat(64) }],
  made: [
    { ruleId: 'r1', by: 'person', atMs: NOW_MS - 50 * 60_000 },
    { ruleId: 'r2', by: 'gateway', atMs: NOW_MS - 9 * 86_400_000 },
    { ruleId: 'r4', by: 'file', atMs: NOW_MS - 510 * 86_400_000 },
  ],
};
const stop: SettingsView['stop'] = {
  runsOnPause: 'keep',
  pauseWhileLocked: false,
  pauseShortcut: 'Control+Alt+Command+P',
  shortcuts: ['Control+Alt+Command+P', 'Control+Alt+Command+Escape'],
  shortcutWorks: true,
  contained: false,
};

const runs: SettingsView['runs'] = {
  displayName: null,
  promptTimeoutMs: 300_000,
  path: null,
  passSshAgent: false,
  endRunsOnDisconnect: 'after-60s',
  dangerouslyAllowPlaintextGateway: false,
  usualPath: '/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  looseFolders: [],
};

const here: SettingsView['authority'] = {
  counts: 'here',
  fixed: false,
  operator: { state: 'off', detail: null, command: null },
  showsOtherHosts: false,
};

const settings = (
  connection: Partial<SettingsView['connection']> = {},
  policy: Partial<SettingsView['policy']> = {},
): SettingsView => ({
  revision: 1,
  language: 'en',
  version: '0.1.0',
  connection: {
    state: 'connected',
    detail: null,
    gateway: { ...gateway, deviceId },
    commandsApproved: true,
    running: 1,
    ...connection,
  },
  policy: {
    hash: 'h1',
    degraded: false,
    defaults: usual,
    effective: usual,
    agents: [
      {
        id: '*',
        name: displayWhole('*'),
        modes: unset,
        effective: usual,
        rules: [
          rule('r1', '/opt/homebrew/bin/rg', null, 40 * 60_000),
          rule('r2', '/usr/bin/git', '^status$', 3 * 86_400_000),
          rule('r3', '/usr/local/**/jq', null, null),
          rule('r4', '/usr/bin/git', 'sha256:cwd-argv:v1:9b1f', 500 * 86_400_000),
        ],
      },
      {
        id: 'main',
        name: displayWhole('main'),
        modes: { security: 'full', ask: 'off', askFallback: 'allowlist' },
        effective: { security: 'full', ask: 'off', askFallback: 'allowlist' },
        rules: [],
      },
    ],
    ...policy,
  },
  edits: noEdits,
  forNow: { grants: [], quiet: [] },
  ruleNotes,
  openAtLogin: true,
  stop,
  runs,
  touchId: 'high',
  authority: here,
  gateways: gateways(),
  skills: { wanted: false, list: [] },
});

const forNow: SettingsView['forNow'] = {
  grants: [
    {
      id: 'g1',
      command: display('npm test'),
      cwd: displayWhole('/Users/minji/src/site'),
      agent: displayWhole('main'),
      span: '15m',
      endsAtMs: NOW_MS + 9 * 60_000,
    },
    {
      id: 'g2',
      command: display('sh ./lint.sh --all packages/checkout/src packages/payments/src'),
      cwd: displayWhole('/Users/minji/src/api'),
      agent: null,
      span: 'session',
      endsAtMs: NOW_MS + 200 * 60_000,
    },
  ],
  quiet: [
    {
      id: 'q1',
      scope: 'agent',
      agent: displayWhole('ops-helper'),
      session: null,
      endsAtMs: NOW_MS + 12 * 60_000,
    },
    {
      id: 'q2',
      scope: 'session',
      agent: displayWhole('main'),
      session: displayWhole('agent:main:telegram:4711'),
      endsAtMs: NOW_MS + 3 * 60_000,
    },
  ],
};
const skill = (
  name: string,
  path: string,
  standing: 'ticked' | 'proposed' | 'never',
): SettingsView['skills']['list'][number] => ({
  ...{ name, path, standing },
  shownName: displayWhole(name),
  shownPath: displayWhole(path),
});

const grown = { kind: 'commands', added: ['system.example'].map((name) => displayWhole(name)) } as const;

/** Each state of the settings window; `tab` and `agent` are chosen by the one who shows it. */
export const settingsStates = {
  connected: settings(),
  'commands-not-approved': settings({ commandsApproved: false, running: 0 }),
  paused: settings({ state: 'paused', running: 0 }),
  offline: settings({
    state: 'offline',
    running: 0,
    detail: displayWhole('connect ETIMEDOUT 100.64.0.7:18789'),
  }),
  skills: {
    ...settings(),
    skills: {
      wanted: true,
      list: [
        skill('gh', '/opt/homebrew/Cellar/gh/2.83.0/bin/gh', 'ticked'),
        skill('op', '/usr/local/bin/op', 'proposed'),
        skill('node', '/opt/homebrew/Cellar/node/24.1.0/bin/node', 'never'),
      ],
    },
  },
  'commands-grew': { ...settings(), gateways: gateways(grown) },
  unpaired: settings({ state: 'unpaired', gateway: null, commandsApproved: null, running: 0 }),
  degraded: settings({}, { degraded: true }),
  'shortcut-taken': { ...settings(), stop: { ...stop, pauseWhileLocked: true, shortcutWorks: false } },
  'runs-loosened': {
    ...settings(),
    runs: {
      ...runs,
      displayName: 'minji-mac',
      path: '/opt/homebrew/bin:/opt/tools/bin:/usr/bin:/bin',
      promptTimeoutMs: 45_000,
      passSshAgent: true,
      endRunsOnDisconnect: 'at-once',
      dangerouslyAllowPlaintextGateway: true,
      looseFolders: [displayWhole('/opt/homebrew/bin'), displayWhole('/opt/tools/bin')],
    },
  },
  'no-rules': settings({}, { agents: [] }),
  'edit-gateway': { ...settings(), edits: gatewayEdit },
  'edit-file': { ...settings(), edits: fileEdit },
  'edit-put-back': { ...settings({}, { degraded: true }), edits: putBack },
  undoable: { ...settings(), edits: undoableEdits },
  'for-now': { ...settings(), forNow },
  'operator-waits': {
    ...settings(),
    authority: {
      ...here,
      operator: {
        state: 'awaiting-approval',
        detail: displayWhole('Waiting for approval on the gateway.'),
        command: displayWhole('openclaw devices approve 7f3c9a52-1e0b-4d6c-9b1f-2a84c05e6d31'),
      },
    },
  },
  'operator-connected': {
    ...settings(),
    authority: {
      ...here,
      operator: { state: 'connected', detail: null, command: null },
      showsOtherHosts: true,
    },
  },
  'operator-refused': {
    ...settings(),
    authority: {
      ...here,
      operator: {
        state: 'attention',
        detail: displayWhole('The gateway does not accept this token.'),
        command: null,
      },
    },
  },
  'approvals-anywhere': { ...settings(), authority: { ...here, counts: 'anywhere' } },
  'approvals-fixed': { ...settings(), authority: { ...here, counts: 'anywhere', fixed: true } },
} as const satisfies Record<string, SettingsView>;
