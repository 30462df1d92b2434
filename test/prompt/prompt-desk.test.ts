import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CloseReason, PromptOutcome } from '../../main/prompt/prompt.ts';
import { PromptDesk, type Question } from '../../main/prompt/prompt-desk.ts';
import type { Assessment } from '../../main/request/assessment.ts';

const assessment = { digest: 'd1' } as unknown as Assessment;

function question(overrides: Partial<Question> = {}): Question {
  return {
    request: { argv: ['ls'], rawCommand: null, cwd: null, env: {}, agentId: null, sessionKey: null },
    assessment,
    contents: new Map(),
    lastAllowed: new Map(),
    gateway: { id: 'g', name: 'studio', address: 'ws://127.0.0.1:1' },
    choices: ['allow-once', 'deny'],
    withheld: {},
    patienceMs: 300_000,
    signal: new AbortController().signal,
    ...overrides,
  };
}

describe('prompt desk', () => {
  let desk: PromptDesk;
  beforeEach(() => {
    vi.useFakeTimers();
    desk = new PromptDesk();
    desk.attachSurface();
  });
  afterEach(() => vi.useRealTimers());

  const only = () => {
    const [prompt] = desk.waiting;
    if (prompt === undefined) throw new Error('no prompt waits');
    return prompt;
  };

  it('gives the answer to the request that it names', async () => {
    const outcome = desk.ask(question());
    expect(desk.answer({ id: only().id, digest: 'd1', decision: 'allow-once' })).toBe('accepted');
    expect(await outcome).toEqual({ kind: 'decided', choice: 'allow-once' });
    expect(desk.waiting).toEqual([]);
  });

  it.each([
    ['an unknown id', { id: 'nobody', digest: 'd1', decision: 'allow-once' }, 'unknown-prompt'],
    ['another digest', { digest: 'd2', decision: 'allow-once' }, 'wrong-digest'],
    ['a choice that was not offered', { digest: 'd1', decision: 'allow-always' }, 'not-offered'],
  ] as const)('changes nothing for an answer with %s', (_, answer, result) => {
    void desk.ask(question());
    expect(desk.answer({ id: only().id, ...answer })).toBe(result);
    expect(desk.waiting).toHaveLength(1);
  });

  it('takes one answer only', async () => {
    const outcome = desk.ask(question());
    const { id } = only();
    desk.answer({ id, digest: 'd1', decision: 'deny' });
    expect(desk.answer({ id, digest: 'd1', decision: 'allow-once' })).toBe('unknown-prompt');
    expect(await outcome).toEqual({ kind: 'decided', choice: 'deny', reason: null });
  });

  const closed = (reason: CloseReason): PromptOutcome => ({ kind: 'closed', reason });

  it('says no when the time is over', async () => {
    const outcome = desk.ask(question({ patienceMs: 1000 }));
    vi.advanceTimersByTime(1000);
    expect(await outcome).toEqual(closed('expired'));
  });

  it('says no to a yes that comes after the time, even where the timer is late', async () => {
    const outcome = desk.ask(question({ patienceMs: 1000 }));
    const { id } = only();
    vi.setSystemTime(Date.now() + 1000);
    expect(desk.answer({ id, digest: 'd1', decision: 'allow-once' })).toBe('unknown-prompt');
    expect(await outcome).toEqual(closed('expired'));
  });

  it('says no when the caller gives up', async () => {
    const caller = new AbortController();
    const outcome = desk.ask(question({ signal: caller.signal }));
    caller.abort();
    expect(await outcome).toEqual(closed('cancelled'));
  });

  it('does not ask for a caller who has given up already', async () => {
    expect(await desk.ask(question({ signal: AbortSignal.abort() }))).toEqual(closed('cancelled'));
  });

  it('says no when the last window that shows prompts is gone', async () => {
    const second = desk.attachSurface();
    const outcome = desk.ask(question());
    second.detach();
    second.detach();
    expect(desk.waiting).toHaveLength(1);
    desk.closeAll('quit');
    expect(await outcome).toEqual(closed('quit'));
  });

  it('does not wait for anybody where nobody can see the question', async () => {
    const unseen = new PromptDesk();
    const surface = unseen.attachSurface();
    const outcome = unseen.ask(question());
    surface.detach();
    expect(unseen.canAsk).toBe(false);
    expect(await outcome).toEqual(closed('surface-gone'));
    expect(await unseen.ask(question())).toEqual(closed('surface-gone'));
  });

  it('turns away what nobody could ever read through', async () => {
    const outcomes = Array.from({ length: 1001 }, () => desk.ask(question()));
    expect(await outcomes.at(-1)).toEqual(closed('too-many'));
    desk.closeAll('sleep');
    expect(new Set((await Promise.all(outcomes.slice(0, -1))).map((o) => JSON.stringify(o)))).toEqual(
      new Set([JSON.stringify(closed('sleep'))]),
    );
  });

  it('announces each prompt once when it opens and once when it ends', () => {
    const seen: string[] = [];
    desk.on('opened', () => seen.push('opened'));
    desk.on('closed', (_, outcome) => seen.push(outcome.kind));
    void desk.ask(question());
    desk.answer({ id: only().id, digest: 'd1', decision: 'deny' });
    vi.advanceTimersByTime(600_000);
    expect(seen).toEqual(['opened', 'decided']);
  });
});
