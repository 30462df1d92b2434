import { describe, expect, it } from 'vitest';

import { ApprovalLedger } from '../../main/approvals/approval-ledger.ts';
import { SpentApprovals } from '../../main/approvals/spent-approvals.ts';

describe('a yes given on this Mac', () => {
  it('counts once, for exactly what was shown', () => {
    const ledger = new ApprovalLedger(() => 0);
    ledger.allow('a', 'shown', 1000, ledger.epoch);
    expect([ledger.take('a', 'shown'), ledger.take('a', 'shown')]).toEqual([true, false]);
  });

  it.each([
    ['for something else', 'a', 'other'],
    ['under another id', 'b', 'shown'],
  ])('does not count %s', (_what, id, digest) => {
    const ledger = new ApprovalLedger(() => 0);
    ledger.allow('a', 'shown', 1000, ledger.epoch);
    expect(ledger.take(id, digest)).toBe(false);
  });

  it('is used up by a run that shows something else under its id', () => {
    const ledger = new ApprovalLedger(() => 0);
    ledger.allow('a', 'shown', 1000, ledger.epoch);
    ledger.take('a', 'other');
    expect(ledger.take('a', 'shown')).toBe(false);
  });

  it.each([
    [999, true],
    [1000, false],
  ])('after %d ms of 1000: %s', (passed, counts) => {
    let now = 0;
    const ledger = new ApprovalLedger(() => now);
    ledger.allow('a', 'shown', 1000, ledger.epoch);
    now = passed;
    expect(ledger.take('a', 'shown')).toBe(counts);
  });

  it('is over after an hour, however long the gateway says', () => {
    let now = 0;
    const ledger = new ApprovalLedger(() => now);
    ledger.allow('a', 'shown', Number.MAX_SAFE_INTEGER, ledger.epoch);
    now = 60 * 60_000;
    expect(ledger.take('a', 'shown')).toBe(false);
  });

  it('is forgotten when a thousand newer ones came, and when all are cleared', () => {
    const ledger = new ApprovalLedger(() => 0);
    for (let i = 0; i <= 1000; i += 1) ledger.allow(String(i), 'shown', 1000, ledger.epoch);
    expect([ledger.take('0', 'shown'), ledger.take('1', 'shown')]).toEqual([false, true]);
    ledger.clear();
    expect(ledger.take('1000', 'shown')).toBe(false);
  });

  it('is not noted once everything ended while it was being recorded', () => {
    const ledger = new ApprovalLedger(() => 0);
    const { epoch } = ledger;
    ledger.clear();
    ledger.allow('a', 'shown', 1000, epoch);
    expect(ledger.take('a', 'shown')).toBe(false);
  });
});

it('an approval of the gateway is spent once', () => {
  const spent = new SpentApprovals();
  expect([spent.spend('a'), spent.spend('a'), spent.spend('b')]).toEqual([true, false, true]);
});
