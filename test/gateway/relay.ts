import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import WebSocket, { WebSocketServer } from 'ws';
import { z } from 'zod';

/** What a `system.run` on the wire says, as it came. */
export type RunOnTheWire = Readonly<Record<string, unknown>>;

/** The node's answer to a run that the relay made up. */
type NodeAnswer = z.infer<typeof answered>['params'];

/**
 * Stands between a node and the real gateway as whoever took the gateway over would: passes everything on, can change
 * a run on its way, and can send one of its own. A real gateway does neither, so this is how it is seen here.
 */
export interface Relay {
  /** Where the node connects in place of the gateway. */
  readonly url: string;
  /** The runs that the gateway sent, in order, before they were changed. */
  readonly runs: readonly RunOnTheWire[];
  /** Changes the runs on their way from now on. */
  change(by: (run: RunOnTheWire) => RunOnTheWire): void;
  /** Sends a run that the gateway knows nothing of; the answer goes no further than here. */
  send(run: RunOnTheWire): Promise<NodeAnswer>;
  stop(): Promise<void>;
}

const invoked = z.looseObject({
  event: z.literal('node.invoke.request'),
  payload: z.looseObject({ nodeId: z.string(), command: z.literal('system.run'), paramsJSON: z.string() }),
});

const answered = z.object({
  id: z.string(),
  method: z.literal('node.invoke.result'),
  params: z.object({
    id: z.string(),
    ok: z.boolean(),
    payloadJSON: z.string().nullish(),
    error: z.object({ code: z.string(), message: z.string() }).nullish(),
  }),
});

export async function startRelay(gatewayUrl: string): Promise<Relay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const runs: RunOnTheWire[] = [];
  const waiting = new Map<string, (answer: NodeAnswer) => void>();
  let changed = (run: RunOnTheWire): RunOnTheWire => run;
  /** Where runs go, and whom they are for. */
  let node: { readonly socket: WebSocket; readonly id: string } | null = null;

  const toNode = (text: string, socket: WebSocket): string => {
    const frame = invoked.safeParse(JSON.parse(text)).data;
    if (frame === undefined) return text;
    const { payload } = frame;
    const run = params.parse(JSON.parse(payload.paramsJSON));
    node = { socket, id: payload.nodeId };
    runs.push(run);
    return JSON.stringify({ ...frame, payload: { ...payload, paramsJSON: JSON.stringify(changed(run)) } });
  };
  /** Whether it was the answer to a run that was made up here. */
  const taken = (text: string, socket: WebSocket): boolean => {
    const frame = answered.safeParse(JSON.parse(text)).data;
    const take = waiting.get(frame?.params.id ?? '');
    if (frame === undefined || take === undefined) return false;
    waiting.delete(frame.params.id);
    socket.send(JSON.stringify({ type: 'res', id: frame.id, ok: true, payload: {} }));
    take(frame.params);
    return true;
  };

  server.on('connection', (near) => {
    const far = new WebSocket(gatewayUrl);
    const early: string[] = [];
    far.on('open', () => {
      for (const text of early.splice(0)) far.send(text);
    });
    far.on('message', (data: Buffer) => near.send(toNode(data.toString('utf8'), near)));
    near.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (taken(text, near)) return;
      if (far.readyState === WebSocket.OPEN) far.send(text);
      else early.push(text);
    });
    far.on('close', (code, reason) => end(near, code, reason));
    near.on('close', (code, reason) => end(far, code, reason));
    for (const socket of [near, far]) socket.on('error', () => socket.terminate());
  });

  return {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    runs,
    change: (by) => (changed = by),
    send(run) {
      if (node === null) throw new Error('the gateway has not sent a run yet: whom it is for is not known');
      const id = randomUUID();
      const payload = {
        ...{ id, nodeId: node.id, command: 'system.run', paramsJSON: JSON.stringify(run) },
        ...{ timeoutMs: 60_000, idempotencyKey: randomUUID() },
      };
      const answer = new Promise<NodeAnswer>((resolve) => waiting.set(id, resolve));
      node.socket.send(JSON.stringify({ type: 'event', event: 'node.invoke.request', payload }));
      return answer;
    },
    async stop() {
      for (const socket of server.clients) socket.terminate();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}

const params = z.record(z.string(), z.unknown());

/** Closes as the other side did, where a close frame may say so. */
function end(socket: WebSocket, code: number, reason: Buffer): void {
  if (code === 1000 || code === 1001 || code === 1008 || (code >= 3000 && code <= 4999))
    socket.close(code, reason);
  else socket.terminate();
}
