import { once } from 'node:events';

import WebSocket from 'ws';
import { z } from 'zod';

/** An operator's connection to the gateway, the one that `openclaw` makes for each of its commands. */
export interface Operator {
  /** @throws {GatewayRefusal} when the gateway answers with an error. */
  call(method: string, params?: object): Promise<unknown>;
  /** The first event of that name, from now on, that fits. */
  event(name: string, fits: (payload: unknown) => boolean, timeoutMs: number): Promise<unknown>;
  close(): Promise<void>;
}

class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

const frame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('res'),
    id: z.string(),
    ok: z.boolean(),
    payload: z.unknown().optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown().optional() }),
]);
type Answer = Extract<z.infer<typeof frame>, { type: 'res' }>;

const scopes = ['admin', 'read', 'write', 'approvals', 'pairing'].map((scope) => `operator.${scope}`);

/** On loopback the shared token alone gives an `openclaw` command every operator scope. */
export async function connectOperator(url: string, token: string): Promise<Operator> {
  const socket = new WebSocket(url);
  const waiting = new Map<string, (answer: Answer) => void>();
  const listeners = new Set<(name: string, payload: unknown) => void>();
  let calls = 0;

  socket.on('message', (data: Buffer) => {
    const parsed = frame.parse(JSON.parse(data.toString('utf8')));
    if (parsed.type === 'event') for (const listener of listeners) listener(parsed.event, parsed.payload);
    else waiting.get(parsed.id)?.(parsed);
  });
  socket.on('close', (code, reason) => {
    for (const settle of waiting.values())
      settle({
        type: 'res',
        id: '',
        ok: false,
        payload: null,
        error: { code: 'CLOSED', message: `${String(code)} ${reason.toString()}` },
      });
  });

  const call = async (method: string, params: object = {}): Promise<unknown> => {
    const id = String((calls += 1));
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, (answer) => {
        // A turn is answered twice: accepted first, then with its outcome.
        if (acceptedOnly.safeParse(answer.payload).success) return;
        waiting.delete(id);
        resolve(answer);
      });
      socket.send(JSON.stringify({ type: 'req', id, method, params }));
    });
    if (!answer.ok) throw new GatewayRefusal(answer.error?.code ?? 'UNKNOWN', answer.error?.message ?? '');
    return answer.payload;
  };

  const event = (name: string, fits: (payload: unknown) => boolean, timeoutMs: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        listeners.delete(listener);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`no event ${name} from the gateway within ${timeoutMs} ms`));
      }, timeoutMs);
      const listener = (seen: string, payload: unknown): void => {
        if (seen !== name || !fits(payload)) return;
        done();
        resolve(payload);
      };
      listeners.add(listener);
    });

  const challenged = event('connect.challenge', () => true, 10_000);
  await Promise.race([challenged, once(socket, 'error').then(([error]) => Promise.reject(error as Error))]);
  await call('connect', {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: 'cli', mode: 'cli', version: '0', platform: process.platform },
    role: 'operator',
    scopes,
    caps: ['exec-approvals'],
    auth: { token },
  });

  return {
    call,
    event,
    close: async () => {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

const acceptedOnly = z.object({ status: z.literal('accepted') });
