import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { GRANT_MS, type GrantEnd, type GrantSpan } from '../../main/grants/grant.ts';
import { GrantBook } from '../../main/grants/grant-book.ts';
import { TestClocks } from './clocks.ts';

/** What a grant should be, said as simply as possible: each ending of the issue is one line. */
interface Model {
  readonly digest: string;
  readonly span: GrantSpan;
  readonly gatewayId: string;
  readonly policy: string;
  /** Time that passed for the person since it was given, asleep or not. */
  age: number;
  ended: boolean;
}

type Event =
  | { kind: 'give'; digest: string; span: GrantSpan; gateway: string }
  /** Decided on, then everything is dropped, then it comes to be given. */
  | { kind: 'give-late'; digest: string }
  | { kind: 'pass' | 'sleep' | 'set-clock'; minutes: number }
  | { kind: 'revoke'; at: number }
  | { kind: 'revoke-all' }
  | { kind: 'drop'; reason: GrantEnd }
  | { kind: 'connection-lost'; gateway: string }
  | { kind: 'policy'; version: string };

const DIGESTS = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
const digest = fc.constantFrom(...DIGESTS);
const gateway = fc.constantFrom('g1', 'g2');
const always = <K extends string>(kind: K) => fc.constant(kind);

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: always('give'),
      digest,
      gateway,
      span: fc.constantFrom<GrantSpan>('15m', '1h', 'session'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: always('give-late'), digest }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('pass', 'sleep'),
      minutes: fc.integer({ min: 0, max: 40 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: always('set-clock'), minutes: fc.integer({ min: -30, max: 10 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: always('revoke'), at: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: always('revoke-all') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: always('drop'),
      reason: fc.constantFrom<GrantEnd>('locked', 'sleep', 'paused', 'unpaired', 'quit', 'surface-gone'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: always('connection-lost'), gateway }) },
  { weight: 1, arbitrary: fc.record({ kind: always('policy'), version: fc.constantFrom('v1', 'v2') }) },
);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('no sequence of events lets a grant count that is over, revoked or dropped', async () => {
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (events) => {
      const clocks = new TestClocks();
      const grants = new GrantBook({ clocks, journal: { append: () => Promise.resolve() } });
      const model = new Map<string, Model>();
      let policy = 'v1';

      const endWhere = (fits: (one: Model) => boolean) => {
        for (const one of model.values()) if (fits(one)) one.ended = true;
      };
      const age = (ms: number) => {
        for (const one of model.values()) one.age += ms;
      };
      const give = (wanted: string, span: GrantSpan, gatewayId: string, epoch: number) => {
        const request = {
          argv: ['ls'],
          rawCommand: null,
          cwd: null,
          env: {},
          agentId: null,
          sessionKey: null,
        };
        const order = { digest: wanted, span, request, cwd: '/', policyVersion: policy };
        return grants.give({ ...order, gateway: { id: gatewayId, name: '' } }, epoch);
      };
      const happen = async (one: Event): Promise<void> => {
        switch (one.kind) {
          case 'give': {
            const { digest, span, gateway: gatewayId } = one;
            const grant = await give(digest, span, gatewayId, grants.epoch);
            endWhere((other) => other.digest === digest);
            if (grant !== null)
              model.set(grant.id, { digest, span, gatewayId, policy, age: 0, ended: false });
            return;
          }
          case 'give-late': {
            const { epoch } = grants;
            grants.dropAll('locked');
            endWhere(() => true);
            expect(await give(one.digest, '1h', 'g1', epoch)).toBeNull();
            return;
          }
          case 'pass':
            clocks.pass(one.minutes * 60_000);
            {
              age(one.minutes * 60_000);
              return;
            }
          case 'sleep':
            clocks.sleep(one.minutes * 60_000);
            {
              age(one.minutes * 60_000);
              return;
            }
          case 'set-clock': {
            // A clock that was set back hides nothing of what has passed.
            clocks.setWall(one.minutes * 60_000);
            return;
          }
          case 'revoke': {
            const id = [...model.keys()].at(one.at) ?? '';
            grants.revoke(id);
            endWhere((other) => other === model.get(id));
            return;
          }
          case 'revoke-all':
            grants.revokeAll();
            {
              endWhere(() => true);
              return;
            }
          case 'drop':
            grants.dropAll(one.reason);
            {
              endWhere(() => true);
              return;
            }
          case 'connection-lost':
            grants.connectionLost(one.gateway);
            {
              endWhere(({ gatewayId, span }) => gatewayId === one.gateway && span === 'session');
              return;
            }
          case 'policy':
            policy = one.version;
            grants.policyIs(policy);
            {
              endWhere((other) => other.policy !== policy);
              return;
            }
        }
      };

      for (const one of events) {
        await happen(one);
        for (const wanted of DIGESTS) {
          const id = grants.find(wanted, policy);
          if (id === null) continue;
          const meant = model.get(id);
          expect(meant).toMatchObject({ digest: wanted, policy, ended: false });
          expect(meant?.age ?? Infinity).toBeLessThan(GRANT_MS[meant?.span ?? '15m']);
          expect(grants.live.map((grant) => grant.id)).toContain(id);
          counted += 1;
        }
        for (const [id, meant] of model) {
          if (meant.ended || meant.age >= GRANT_MS[meant.span]) expect(grants.stands(id)).toBe(false);
        }
      }
    }),
    { numRuns: 500 },
  );
  // The property would hold for a book that never gives anything.
  expect(counted).toBeGreaterThan(500);
});
