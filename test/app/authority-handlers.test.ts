import { describe, expect, it } from 'vitest';

import { authorityHandlers } from '../../main/app/authority-handlers.ts';
import { viewAuthority } from '../../main/app/views/authority-view.ts';
import type { OperatorStatus } from '../../main/operator/operator-status.ts';
import { settingsSchema } from '../../main/state/settings.ts';
import type { TouchIdLevel } from '../../main/state/touch-id-level.ts';
import { exampleSnapshot } from './examples.ts';

interface Given {
  readonly touchId?: TouchIdLevel;
  readonly sensor?: 'absent' | 'accepts' | 'refuses';
  readonly trusted?: boolean;
  readonly isForced?: boolean;
  readonly status?: Partial<OperatorStatus>;
}

function setUp({ touchId = 'high', sensor = 'accepts', trusted = false, isForced = false, status }: Given) {
  let trustsGateway = trusted;
  const asked: string[] = [];
  const copied: string[] = [];
  const handlers = authorityHandlers({
    core: {
      settings: { current: { ...settingsSchema.parse({}), touchId }, change: () => Promise.resolve() },
      whoseYes: {
        get trustsGateway() {
          return trustsGateway;
        },
        isForced,
        showsOtherHosts: false,
        dangerouslyTrustGateway: (next) => Promise.resolve(void (trustsGateway = next)),
        showOtherHosts: () => Promise.reject(new Error('The disk is full.')),
      },
      operator: {
        status: { state: 'off', text: null, command: null, requestId: null, ...status },
        enable: () => {
          throw new Error('this setup code has expired');
        },
        disable: () => Promise.resolve(),
      },
    },
    sensor: {
      available: sensor !== 'absent',
      confirm: (reason) => {
        asked.push(reason);
        return Promise.resolve(sensor === 'accepts');
      },
    },
    reason: 'let others decide',
    copy: (text) => Promise.resolve(void copied.push(text)),
  });
  return { handlers, asked, copied, trusts: () => trustsGateway };
}

describe('to let approvals from elsewhere count', () => {
  it.each<[string, Given, boolean, number]>([
    ['takes Touch ID', {}, true, 1],
    ['is refused with it', { sensor: 'refuses' }, false, 1],
    ['takes it where every Allow does', { touchId: 'always', sensor: 'refuses' }, false, 1],
    ['takes nothing where the person never wants it', { touchId: 'never', sensor: 'refuses' }, true, 0],
    ['takes nothing where this Mac has none', { sensor: 'absent' }, true, 0],
  ])('%s', async (_what, given, trusts, asked) => {
    const set = setUp(given);
    const answer = await set.handlers.trustGatewayApprovals(true);
    expect(answer).toMatchObject(trusts ? { ok: true } : { ok: false, code: 'not-proven' });
    expect([set.trusts(), set.asked.length]).toEqual([trusts, asked]);
  });

  it('no longer takes nothing', async () => {
    const set = setUp({ trusted: true, sensor: 'refuses' });
    expect((await set.handlers.trustGatewayApprovals(false)).ok).toBe(true);
    expect([set.trusts(), set.asked]).toEqual([false, []]);
  });

  it.each([true, false])('cannot be set to %s while the command line decides', async (wanted) => {
    const set = setUp({ isForced: true, trusted: !wanted });
    expect(await set.handlers.trustGatewayApprovals(wanted)).toMatchObject({ code: 'not-available' });
    expect(set.trusts()).toBe(!wanted);
  });
});

describe('the operator connection', () => {
  it('says why it cannot be switched on', async () => {
    expect(await setUp({}).handlers.enableOperator({ by: 'setup-code', setupCode: 'x' })).toEqual({
      ok: false,
      code: 'not-available',
      message: 'this setup code has expired',
    });
  });

  it('says why a choice was not kept', async () => {
    expect(await setUp({}).handlers.showOtherHosts(true)).toMatchObject({ message: 'The disk is full.' });
  });

  it('has its approval to copy, while one waits', async () => {
    const command = 'openclaw devices approve 1';
    const waiting = setUp({ status: { state: 'awaiting-approval', command } });
    expect((await waiting.handlers.copyOperatorCommand(undefined)).ok).toBe(true);
    expect(waiting.copied).toEqual([command]);
    expect(await setUp({}).handlers.copyOperatorCommand(undefined)).toMatchObject({ code: 'not-available' });
  });

  it('shows the words of the gateway escaped', () => {
    const { authority } = exampleSnapshot();
    const operator = { ...authority.operator, state: 'attention', text: 'a\u202Eb' } as const;
    const view = viewAuthority(exampleSnapshot({ authority: { ...authority, operator } }));
    expect(view.operator.detail?.map(({ kind }) => kind)).toContain('escape');
    expect(view).toMatchObject({ counts: 'here', fixed: false, showsOtherHosts: false });
  });
});
