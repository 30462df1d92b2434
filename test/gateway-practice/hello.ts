/** What a hello is made of. */
export interface HelloFacts {
  readonly bootId: string;
  readonly connId: string;
  readonly method: string;
  readonly deviceToken: string;
  readonly role: 'node' | 'operator';
  readonly issuedAtMs: number;
  readonly tickIntervalMs: number;
}

/** As recorded from 2026.9.6, its long lists shortened. It holds more than the official schema allows. */
export function currentHello({
  bootId,
  connId,
  method,
  deviceToken,
  role,
  issuedAtMs,
  tickIntervalMs,
}: HelloFacts) {
  return {
    type: 'hello-ok',
    protocol: 4,
    server: {
      version: '2026.9.6',
      buildId: '2026.9.6-release-eb377ac59e6c',
      bootId,
      controlUiBuildSource: 'bundled',
      connId,
    },
    features: {
      methods: ['health', 'skills.bins', 'node.pending.pull', 'node.invoke.result', 'node.event'],
      events: [
        'connect.challenge',
        'tick',
        'health',
        'node.pair.resolved',
        'node.invoke.cancel',
        'node.invoke.request',
      ],
      capabilities: ['model-catalog-snapshot', 'session-unread-ack-contract'],
    },
    snapshot: {
      presence: [],
      health: { ok: true, durationMs: 5, configReload: { hotReloadStatus: 'active' } },
      stateVersion: { presence: 2, health: 5 },
      uptimeMs: 1234,
      configPath: '/home/gateway/.openclaw/openclaw.json',
    },
    auth: { method, role, scopes: [], deviceToken, issuedAtMs },
    policy: {
      maxPayload: 26_214_400,
      maxBufferedBytes: 52_428_800,
      tickIntervalMs,
      attachments: { maxBytes: 20_971_520, maxImageBytes: 10_485_760 },
      hasMultipleSessionSharingIdentities: false,
    },
  };
}

/** An older gateway's: it names neither its boot nor how it knew the device. */
export function olderHello({ connId, deviceToken, tickIntervalMs }: HelloFacts) {
  return {
    type: 'hello-ok',
    protocol: 4,
    server: { version: '2026.4.26', connId },
    features: { methods: [], events: [] },
    snapshot: { presence: [], health: {}, stateVersion: { presence: 0, health: 0 }, uptimeMs: 1 },
    auth: { deviceToken, role: 'node', scopes: [] },
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs },
  };
}
