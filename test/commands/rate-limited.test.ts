import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { CommandCall } from '../../main/commands/command.ts';
import { createNotify, type Notice } from '../../main/commands/notify.ts';
import { createWhich } from '../../main/commands/which.ts';

const call = (params: unknown): CommandCall => ({
  params,
  parametersHash: '',
  idempotencyKey: null,
  timeoutMs: null,
  signal: new AbortController().signal,
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('system.which', () => {
  const which = () => createWhich((name) => Promise.resolve(name === 'git' ? '/usr/bin/git' : null));

  it('answers where names lead, and leaves out those that lead nowhere', async () => {
    expect(await which()(call({ bins: ['git', 'nope', '/bin/git', 'a\\b'] }))).toEqual({
      ok: true,
      payload: { bins: { git: '/usr/bin/git' } },
    });
  });

  it.each([
    [
      '65 names',
      { bins: Array.from({ length: 65 }, (_, i) => `b${i}`) },
      'bins: at most 64 names in one call',
    ],
    ['no list', {}, 'bins: '],
    ['a name that is no text', { bins: [1] }, 'bins.0: '],
  ])('refuses %s, naming the field', async (_, params, message) => {
    expect(await which()(call(params))).toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining(message) as string,
    });
  });

  it('answers ten calls a minute', async () => {
    const command = which();
    for (let i = 0; i < 10; i += 1)
      expect(await command(call({ bins: ['git'] }))).toMatchObject({ ok: true });
    expect(await command(call({ bins: ['git'] }))).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    vi.advanceTimersByTime(60_000);
    expect(await command(call({ bins: ['git'] }))).toMatchObject({ ok: true });
  });
});

describe('system.notify', () => {
  it('shows one notice a second', async () => {
    const shown: Notice[] = [];
    const notify = createNotify((notice) => shown.push(notice));
    expect(await notify(call({ title: 'a', body: 'b' }))).toMatchObject({ ok: true });
    expect(await notify(call({ title: 'c' }))).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    vi.advanceTimersByTime(1000);
    expect(await notify(call({ body: 'd' }))).toMatchObject({ ok: true });
    expect(shown).toEqual([
      { title: 'a', body: 'b' },
      { title: '', body: 'd' },
    ]);
  });

  it('refuses a notice without words', async () => {
    const notify = createNotify(() => undefined);
    expect(await notify(call({ title: '' }))).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
