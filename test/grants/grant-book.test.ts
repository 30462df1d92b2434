import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AuditFacts } from '../../main/audit/audit-entry.ts';
import { GrantBook, type GrantOrder } from '../../main/grants/grant-book.ts';
import { TestClocks } from './clocks.ts';

const MINUTE = 60_000;

export const order = (digest: string, rest: Partial<GrantOrder> = {}): GrantOrder => ({
  digest: digest.padEnd(64, '0'),
  span: '15m',
  request: { argv: ['ls'], rawCommand: null, cwd: null, env: {}, agentId: 'main', sessionKey: 's' },
  cwd: '/tmp',
  gateway: { id: 'g', name: 'studio' },
  policyVersion: 'v1',
  ...rest,
});
const digest = (name: string) => name.padEnd(64, '0');

function setUp(append: (facts: AuditFacts) => Promise<unknown> = () => Promise.resolve()) {
  const clocks = new TestClocks();
  const written: AuditFacts[] = [];
  const journal = {
    append: (facts: AuditFacts) => {
      written.push(facts);
      return append(facts);
    },
  };
  return { clocks, written, grants: new GrantBook({ clocks, journal }) };
}

/** `given a`, `ended a expired`. */
const said = (written: readonly AuditFacts[]) =>
  written.map((facts) =>
    facts.kind === 'grant'
      ? [facts.step, facts.digest[0], facts.reason].filter(Boolean).join(' ')
      : facts.kind,
  );

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a grant', () => {
  it('covers its digest under its policy, and nothing else', async () => {
    const { grants } = setUp();
    const grant = await grants.give(order('a'), grants.epoch);
    expect(grants.find(digest('a'), 'v1')).toBe(grant?.id);
    expect(grants.find(digest('b'), 'v1')).toBeNull();
  });

  it.each([
    ['15m', 15],
    ['1h', 60],
    ['session', 240],
  ] as const)('for %s lasts %d minutes', async (span, minutes) => {
    const { grants, clocks } = setUp();
    const grant = await grants.give(order('a', { span }), grants.epoch);
    clocks.pass(minutes * MINUTE - 1);
    expect(grants.stands(grant?.id ?? '')).toBe(true);
    clocks.pass(1);
    expect(grants.stands(grant?.id ?? '')).toBe(false);
    expect(grants.find(digest('a'), 'v1')).toBeNull();
  });

  it('is in the record before it counts', async () => {
    let write: () => void = () => undefined;
    const { grants } = setUp(() => new Promise<void>((resolve) => (write = resolve)));
    const giving = grants.give(order('a'), grants.epoch);
    expect(grants.find(digest('a'), 'v1')).toBeNull();
    write();
    await giving;
    expect(grants.find(digest('a'), 'v1')).not.toBeNull();
  });

  it('that cannot be recorded is not given', async () => {
    const { grants } = setUp(() => Promise.reject(new Error('the disk is full')));
    await expect(grants.give(order('a'), grants.epoch)).rejects.toThrow();
    expect(grants.live).toEqual([]);
  });

  it('that was decided on before everything was dropped is not given after it', async () => {
    const { grants, written } = setUp();
    const { epoch } = grants;
    grants.dropAll('locked');
    expect(await grants.give(order('a'), epoch)).toBeNull();
    expect(grants.live).toEqual([]);
    expect(said(written)).toEqual(['given a', 'ended a dropped']);
  });

  it('that is being recorded while everything is dropped is not given', async () => {
    let write: () => void = () => undefined;
    const { grants } = setUp(() => new Promise<void>((resolve) => (write = resolve)));
    const giving = grants.give(order('a'), grants.epoch);
    grants.dropAll('paused');
    write();
    expect(await giving).toBeNull();
    expect(grants.find(digest('a'), 'v1')).toBeNull();
  });

  it('ends for good when it is looked for under another policy', async () => {
    const { grants, written } = setUp();
    await grants.give(order('a'), grants.epoch);
    expect(grants.find(digest('a'), 'v2')).toBeNull();
    expect(grants.find(digest('a'), 'v1')).toBeNull();
    expect(said(written)).toEqual(['given a', 'ended a policy-changed']);
  });

  it('leaves the list at once when the policy becomes another one', async () => {
    const { grants, written } = setUp();
    await grants.give(order('a'), grants.epoch);
    grants.policyIs('v1');
    expect(grants.live).toHaveLength(1);
    grants.policyIs('v2');
    expect(grants.live).toEqual([]);
    expect(said(written)).toEqual(['given a', 'ended a policy-changed']);
  });

  it('is replaced by another one for the same', async () => {
    const { grants, clocks } = setUp();
    await grants.give(order('a', { span: '1h' }), grants.epoch);
    await grants.give(order('a', { span: '15m' }), grants.epoch);
    expect(grants.live).toHaveLength(1);
    clocks.pass(15 * MINUTE);
    expect(grants.find(digest('a'), 'v1')).toBeNull();
  });

  it('leaves the list and tells of it by itself when its time is over', async () => {
    const { grants, clocks, written } = setUp();
    await grants.give(order('a'), grants.epoch);
    let changes = 0;
    grants.on('changed', () => (changes += 1));
    clocks.pass(15 * MINUTE);
    await vi.advanceTimersByTimeAsync(15 * MINUTE + 1);
    expect(grants.live).toEqual([]);
    expect({ changes, said: said(written) }).toEqual({ changes: 1, said: ['given a', 'ended a expired'] });
  });

  it('of a session ends with the connection to its gateway, others do not', async () => {
    const { grants } = setUp();
    await grants.give(order('a', { span: 'session' }), grants.epoch);
    await grants.give(order('b', { span: '1h' }), grants.epoch);
    await grants.give(order('c', { span: 'session', gateway: { id: 'other', name: '' } }), grants.epoch);
    grants.connectionLost('g');
    expect(grants.live.map((grant) => grant.digest[0])).toEqual(['b', 'c']);
  });
});

it('past a hundred the oldest one ends', async () => {
  const { grants } = setUp();
  for (let i = 0; i <= 100; i += 1) await grants.give(order(`${String(i)}x`), grants.epoch);
  expect(grants.live).toHaveLength(100);
  expect(grants.find(digest('0x'), 'v1')).toBeNull();
  expect(grants.find(digest('100x'), 'v1')).not.toBeNull();
});
