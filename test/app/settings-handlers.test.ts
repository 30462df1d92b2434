import { describe, expect, it } from 'vitest';

import { EditsController } from '../../main/app/edits-controller.ts';
import { withTouchId } from '../../main/app/proof-of-looser.ts';
import { ruleNotesHandlers } from '../../main/app/rule-notes-handlers.ts';
import { settingsHandlers } from '../../main/app/settings-handlers.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import type { Sealed } from '../../main/state/sealed-document.ts';

const file: PolicyFile = { version: 1, agents: { main: { allowlist: [{ id: 'a', pattern: '/bin/ls' }] } } };

const never = () => {
  throw new Error('not asked for');
};

function setUp(
  current: Sealed<PolicyFile> = { value: file, hash: 'h1', degraded: null, outside: null },
  raced = false,
  finger: boolean | 'not wanted' = true,
) {
  const touches: string[] = [];
  const withProof = withTouchId({
    sensor: {
      available: true,
      confirm: (reason) => {
        touches.push(reason);
        return Promise.resolve(finger === true);
      },
    },
    settings: {
      current: { touchId: finger === 'not wanted' ? 'never' : 'high' },
    },
    reason: 'change the policy',
  });
  const notes = {
    now: () =>
      Promise.resolve({
        ...{ hash: 'r1', editable: true, off: [], changed: [], made: [] },
        never: [{ name: 'rm', effect: 'deny' as const }],
      }),
    renew: () => Promise.resolve(Boolean(edits.push('renew'))),
    setNever: () => Promise.resolve(Boolean(edits.push('never'))),
  };
  const edits: unknown[] = [];
  const asked: string[] = [];
  const copied: string[] = [];
  const handlers = settingsHandlers({
    core: {
      gateways: {
        all: [],
        choice: null,
        preview: never,
        turn: never,
        switchTo: never,
        remove: (id) =>
          Promise.resolve({
            deviceId: `device of ${id}`,
            removeCommand: `openclaw devices remove device of ${id}`,
            proof: [{ what: 'secret', state: 'gone', detail: null }],
          }),
        moveTo: never,
        acceptCertificate: () => Promise.reject(new Error('this is not the fingerprint')),
        acceptListener: never,
        offerCommands: never,
      },
      policy: {
        read: () => Promise.resolve(current),
        edit: (baseHash, next, author) => {
          edits.push({ baseHash, next, author });
          return Promise.resolve({ kind: raced ? 'changed' : 'applied', before: current, hash: 'h2' });
        },
      },
      skills: { refresh: () => Promise.resolve(void asked.push('skills')) },
      pause: () => Promise.resolve(),
      resume: () => Promise.resolve(),
      unpair: () => Promise.resolve({ deviceId: 'd', removeCommand: 'openclaw devices remove d', proof: [] }),
    },
    edits: {
      ...ruleNotesHandlers(notes, withProof, () => undefined),
      ...new EditsController(
        { pending: [], undoable: [], decide: neverCalled, undo: neverCalled, on: () => undefined },
        { withProof, clocks: { steady: () => 0, wall: () => 0 }, tell: () => undefined },
      ).handlers,
    },
    withProof,
    view: () => Promise.reject(new Error('not asked for')),
    loginItem: null,
    openPairing: () => undefined,
    addGateway: () => undefined,
    copy: (text) => Promise.resolve(void copied.push(text)),
    changed: () => undefined,
  });
  return { handlers, edits, asked, copied, touches };
}
const neverCalled = () => Promise.reject(new Error('not asked for'));
const removal = { baseHash: 'h1', agentId: 'main', ruleId: 'a' };

describe('an edit in the settings', () => {
  it('is made on the file that was shown, by the person', async () => {
    const { handlers, edits } = setUp();
    expect(await handlers.removeRule(removal)).toEqual({ ok: true, value: undefined });
    expect(edits).toEqual([
      {
        baseHash: 'h1',
        next: { version: 1, agents: { main: { allowlist: [] } } },
        author: { by: 'person', gatewayId: null },
      },
    ]);
  });

  it('of a file that was changed meanwhile is not made', async () => {
    const { handlers, edits } = setUp();
    expect(await handlers.removeRule({ ...removal, baseHash: 'h0' })).toMatchObject({
      ok: false,
      code: 'policy-changed',
    });
    expect(edits).toEqual([]);
  });

  type Calls = ReturnType<typeof setUp>['handlers'];
  const modes = { security: null, ask: null, askFallback: null };
  const forAgent = { baseHash: 'h1', agentId: 'main' };
  const looser: [string, (calls: Calls) => unknown][] = [
    [
      'lets an agent run all',
      (calls) => calls.editModes({ ...forAgent, modes: { ...modes, security: 'full' } }),
    ],
    [
      'lets every agent run all',
      (calls) => calls.editModes({ ...forAgent, agentId: null, modes: { ...modes, security: 'full' } }),
    ],
    ['wants commands of skills', (calls) => calls.wantSkills({ baseHash: 'h1', wanted: true })],
    ['adds a rule', (calls) => calls.addRule({ ...forAgent, agentId: '*', pattern: '*', argPattern: null })],
    [
      'takes a name off the never-list',
      (calls) => calls.setNever({ baseHash: 'r1', name: 'rm', agent: null, effect: null }),
    ],
    [
      'asks about what never ran',
      (calls) => calls.setNever({ baseHash: 'r1', name: 'RM', agent: null, effect: 'prompt' }),
    ],
    [
      'takes a changed file for the allowed one',
      (calls) => calls.renewRule({ baseHash: 'r1', ruleId: 'a', sha256s: ['0'.repeat(64)] }),
    ],
  ];
  it.each(looser)(
    'that %s takes the person’s finger, and nothing is changed without it',
    async (_what, act) => {
      const without = setUp(undefined, false, false);
      expect(await act(without.handlers)).toMatchObject({ ok: false, code: 'not-proven' });
      expect(without.edits).toEqual([]);
      const given = setUp();
      expect(await act(given.handlers)).toMatchObject({ ok: true });
      expect([given.edits.length, given.touches]).toEqual([1, ['change the policy']]);
      const never = setUp(undefined, false, 'not wanted');
      expect(await act(never.handlers)).toMatchObject({ ok: true });
      expect(never.touches).toEqual([]);
    },
  );

  it.each<[string, (calls: Calls) => unknown]>([
    ['removes a rule', (calls) => calls.removeRule(removal)],
    ['denies all', (calls) => calls.editModes({ ...forAgent, modes: { ...modes, security: 'deny' } })],
    [
      'puts a name on the never-list',
      (calls) => calls.setNever({ baseHash: 'r1', name: 'curl', agent: null, effect: 'prompt' }),
    ],
  ])('that %s takes no finger', async (_what, act) => {
    const { handlers, touches } = setUp(undefined, false, false);
    expect(await act(handlers)).toMatchObject({ ok: true });
    expect(touches).toEqual([]);
  });

  it('that wants commands of skills asks the gateway for them; one that does not ends it for every agent', async () => {
    const wanting = setUp();
    await wanting.handlers.wantSkills({ baseHash: 'h1', wanted: true });
    expect(wanting.edits).toMatchObject([{ next: { defaults: { autoAllowSkills: true } } }]);
    expect(wanting.asked).toEqual(['skills']);
    const value: PolicyFile = { version: 1, agents: { main: { autoAllowSkills: true } } };
    const ending = setUp({ value, hash: 'h1', degraded: null, outside: null }, false, false);
    expect(await ending.handlers.wantSkills({ baseHash: 'h1', wanted: false })).toMatchObject({ ok: true });
    expect(ending.edits).toEqual([
      {
        baseHash: 'h1',
        next: {
          version: 1,
          defaults: { autoAllowSkills: false },
          agents: { main: { autoAllowSkills: undefined } },
        },
        author: { by: 'person', gatewayId: null },
      },
    ]);
  });

  it('that lost a race is said to have', async () => {
    const { handlers } = setUp(undefined, true);
    expect(await handlers.removeRule(removal)).toMatchObject({ ok: false, code: 'policy-changed' });
  });

  it.each([
    ['cannot be read', { value: file, hash: 'h1', degraded: 'not JSON', outside: null }],
    ['was never there', { value: null, hash: 'h1', degraded: null, outside: null }],
  ])('of a file that %s is refused', async (_what, current) => {
    const { handlers, edits } = setUp(current);
    expect(await handlers.removeRule(removal)).toMatchObject({ ok: false, code: 'policy-refused' });
    expect(edits).toEqual([]);
  });
});

it('the command that is left to run can be copied after unpairing, not before', async () => {
  const { handlers, copied } = setUp();
  expect(await handlers.copyRemoveCommand(undefined)).toMatchObject({ ok: false, code: 'not-available' });
  await handlers.unpair(undefined);
  await handlers.copyRemoveCommand(undefined);
  expect(copied).toEqual(['openclaw devices remove d']);
});

it('a system without login items says so', async () => {
  expect(await setUp().handlers.setOpenAtLogin(true)).toMatchObject({ ok: false, code: 'not-available' });
});

it('what is left to do at a gateway that was removed is said, and can be copied', async () => {
  const { handlers, copied } = setUp();
  expect(await handlers.removeGateway('g')).toMatchObject({
    ok: true,
    value: { removeCommand: 'openclaw devices remove device of g', proof: [{ state: 'gone' }] },
  });
  await handlers.copyRemoveCommand(undefined);
  expect(copied).toEqual(['openclaw devices remove device of g']);
});

it('a decision that was not taken comes back with its reason', async () => {
  expect(await setUp().handlers.acceptCertificate('ab')).toEqual({
    ok: false,
    code: 'not-available',
    message: 'this is not the fingerprint',
  });
});
