import { describe, expect, it } from 'vitest';

import { type CommandAnswer, fail, succeed } from '../../main/commands/answer.ts';
import { Executions } from '../../main/commands/executions.ts';

describe('executions', () => {
  const counter = () => {
    let runs = 0;
    return () => Promise.resolve(succeed({ run: ++runs }));
  };

  it('run once for a key, and give every repetition the same answer', async () => {
    const executions = new Executions();
    const execute = counter();
    const answers = await Promise.all([1, 2, 3].map(() => executions.once('k', 'h', execute)));
    expect(answers).toEqual([succeed({ run: 1 }), succeed({ run: 1 }), succeed({ run: 1 })]);
  });

  it('refuse a key that comes back with other parameters', async () => {
    const executions = new Executions();
    await executions.once('k', 'h', counter());
    expect(await executions.once('k', 'other', counter())).toMatchObject({
      ok: false,
      code: 'SYSTEM_RUN_DENIED',
    });
  });

  it('run each time without a key', async () => {
    const executions = new Executions();
    const execute = counter();
    await executions.once(null, 'h', execute);
    expect(await executions.once(null, 'h', execute)).toEqual(succeed({ run: 2 }));
  });

  it('never repeat what was started before a restart', async () => {
    const executions = new Executions();
    executions.restore('k', 'h', null);
    expect(await executions.once('k', 'h', counter())).toEqual({
      ok: false,
      code: 'UNAVAILABLE',
      message: 'started before, outcome unknown: it is not run again',
    });
  });

  it('give what was denied before a restart the same denial', async () => {
    const executions = new Executions();
    executions.restore('k', 'h', fail('SYSTEM_RUN_DENIED', 'denied by the person at this Mac'));
    expect(await executions.once('k', 'h', counter())).toMatchObject({ code: 'SYSTEM_RUN_DENIED' });
  });

  it('do not repeat a run whose answer is no longer kept', async () => {
    const executions = new Executions();
    const execute = counter();
    await executions.once('first', 'h', execute);
    for (let i = 0; i < 200; i += 1) await executions.once(`k${i}`, 'h', execute);
    const answer: CommandAnswer = await executions.once('first', 'h', execute);
    expect(answer).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
  });
});
