import { open } from 'node:fs/promises';

import { WebSocket } from 'ws';

import { runToEnd } from './run-to-end.ts';

/** Taken as they come: checking them is not the least. */
interface Frame {
  readonly event: string;
  readonly payload: { readonly id: string; readonly nodeId: string; readonly paramsJSON: string };
}
interface Run {
  readonly command: readonly string[];
  readonly runId: string;
  readonly sessionKey: string;
}

/**
 * The least that a node has to do for a `system.run`: take the frame, sync one line, spawn, send the event and the answer.
 * It judges nothing, asks nobody and bounds nothing.
 * @param journal file that the lines go to.
 */
export async function respond(url: string, journal: string): Promise<void> {
  const file = await open(journal, 'a');
  const socket = new WebSocket(url);
  let requests = 0;
  const request = (method: string, params: object): void =>
    socket.send(JSON.stringify({ type: 'req', id: String(++requests), method, params }));
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as Frame;
    if (frame.event === 'node.invoke.request') void answer(frame.payload);
  });

  async function answer({ id, nodeId, paramsJSON }: Frame['payload']): Promise<void> {
    const { command, runId, sessionKey } = JSON.parse(paramsJSON) as Run;
    await file.appendFile(`${JSON.stringify({ id, command })}\n`);
    await file.datasync();
    const [program = '', ...args] = command;
    const { exitCode, stdout, stderr } = await runToEnd(program, args);
    const result = { exitCode, timedOut: false, success: exitCode === 0 };
    const event = { sessionKey, runId, host: 'node', command: program, ...result, output: stdout };
    request('node.event', { event: 'exec.finished', payloadJSON: JSON.stringify(event) });
    const payloadJSON = JSON.stringify({ ...result, stdout, stderr, error: null });
    request('node.invoke.result', { id, nodeId, ok: true, payloadJSON });
  }
}
