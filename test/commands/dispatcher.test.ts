import { describe, expect, it } from 'vitest';

import { type CommandAnswer, succeed } from '../../main/commands/answer.ts';
import type { Command } from '../../main/commands/command.ts';
import { Dispatcher } from '../../main/commands/dispatcher.ts';
import type { Delivery, Invoke } from '../../main/gateway/invoke.ts';

const invoke = (overrides: Partial<Invoke> = {}): Invoke => ({
  epoch: 1,
  id: 'i1',
  command: 'echo',
  paramsJSON: '{"a":1}',
  timeoutMs: 30_000,
  idempotencyKey: null,
  ...overrides,
});

function setup(commands: Record<string, Command>) {
  const dispatcher = new Dispatcher(new Map(Object.entries(commands)));
  const answers: CommandAnswer[] = [];
  const reply = (answer: CommandAnswer): Promise<Delivery> => {
    answers.push(answer);
    return Promise.resolve('delivered');
  };
  return { dispatcher, answers, reply };
}

describe('dispatcher', () => {
  it('gives the parsed parameters to the command and its answer to the gateway', async () => {
    const { dispatcher, answers, reply } = setup({
      echo: ({ params }) => Promise.resolve(succeed({ params })),
    });
    await dispatcher.handle(invoke(), reply);
    expect(answers).toEqual([succeed({ params: { a: 1 } })]);
  });

  it.each([
    ['a command that it does not offer', { command: 'camera.snap' }, 'UNAVAILABLE'],
    ['parameters that are no JSON', { paramsJSON: '{' }, 'INVALID_REQUEST'],
    ['a run whose parameters are no JSON', { command: 'system.run', paramsJSON: '{' }, 'SYSTEM_RUN_DENIED'],
    ['a command that fails by a fault of ours', { command: 'broken' }, 'UNAVAILABLE'],
  ])('answers %s', async (_, overrides, code) => {
    const never: Command = () => Promise.reject(new Error('bug'));
    const { dispatcher, answers, reply } = setup({ 'system.run': never, broken: never, echo: never });
    await dispatcher.handle(invoke(overrides), reply);
    expect(answers).toEqual([expect.objectContaining({ ok: false, code })]);
  });

  it('sends nothing to a caller that gave up, and tells the command that nobody heard', async () => {
    const deliveries: Delivery[] = [];
    const { dispatcher, answers, reply } = setup({
      echo: ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () =>
            resolve({
              ...succeed({}),
              receipt: (delivery) => {
                deliveries.push(delivery);
                return Promise.resolve();
              },
            }),
          );
        }),
    });
    const handled = dispatcher.handle(invoke(), reply);
    dispatcher.cancel({ epoch: 1, id: 'i1' });
    await handled;
    expect({ answers, deliveries }).toEqual({ answers: [], deliveries: ['lost'] });
  });

  it('gives up everything under way when the connection is lost, saying why', async () => {
    const reasons: unknown[] = [];
    const { dispatcher, reply } = setup({
      echo: ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            reasons.push(signal.reason);
            resolve(succeed({}));
          });
        }),
    });
    const handled = [
      dispatcher.handle(invoke({ id: 'a' }), reply),
      dispatcher.handle(invoke({ id: 'b' }), reply),
    ];
    dispatcher.connectionLost();
    await Promise.all(handled);
    expect(reasons).toEqual(['connection-lost', 'connection-lost']);
  });

  it('takes an id only once while it is under way', async () => {
    let calls = 0;
    const { dispatcher, answers, reply } = setup({
      echo: () => Promise.resolve(succeed({ call: ++calls })),
    });
    await Promise.all([dispatcher.handle(invoke(), reply), dispatcher.handle(invoke(), reply)]);
    expect(answers).toEqual([succeed({ call: 1 })]);
  });
});
