import { describe, expect, it } from 'vitest';

import { EditsController } from '../../main/app/edits-controller.ts';
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
) {
  const edits: unknown[] = [];
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
      pause: () => Promise.resolve(),
      resume: () => Promise.resolve(),
      unpair: () => Promise.resolve({ deviceId: 'd', removeCommand: 'openclaw devices remove d', proof: [] }),
    },
    edits: {
      ...ruleNotesHandlers({ renew: neverCalled, setNever: neverCalled }, () => undefined),
      ...new EditsController(
        { pending: [], undoable: [], decide: neverCalled, undo: neverCalled, on: () => undefined },
        { clocks: { steady: () => 0, wall: () => 0 }, tell: () => undefined },
      ).handlers,
    },
    view: () => Promise.reject(new Error('not asked for')),
    loginItem: null,
    openPairing: () => undefined,
    addGateway: () => undefined,
    copy: (text) => Promise.resolve(void copied.push(text)),
    changed: () => undefined,
  });
  return { handlers, edits, copied };
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
