import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { z } from 'zod';

/** One call of the gateway's `exec` tool, as a model would make it. */
export interface ExecCall {
  readonly command: string;
  readonly workdir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds after which the gateway gives the run up. */
  readonly timeoutSeconds?: number;
}

/** What the model was told of one turn: the text of every tool result, in order. */
export interface Turn {
  readonly results: readonly string[];
}

export interface StandInModel {
  /** The OpenAI-compatible base address. */
  readonly baseUrl: string;
  /** The message that makes the model call `exec` for each of `calls`, one after the other. */
  script(turnId: string, calls: readonly ExecCall[]): string;
  /** What the model has been told so far in the turn. */
  turn(turnId: string): Turn;
  stop(): Promise<void>;
}

const textPart = z.object({ text: z.string().optional() });
const message = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(textPart), z.null()]).optional(),
});
const completionRequest = z.object({ messages: z.array(message) });
type Message = z.infer<typeof message>;

/** Marks the turn in a message that the gateway may surround with words of its own. */
const marker = /\[\[turn:([\w-]+)\]\]/;

/**
 * Stands in for the language model: the script of a turn is found by the mark in the newest user message, and its
 * next step by counting the tool results since then. Without a script, or after its end, it answers with plain text.
 */
export async function startStandInModel(): Promise<StandInModel> {
  const scripts = new Map<string, readonly ExecCall[]>();
  const turns = new Map<string, Turn>();

  const answer = (messages: readonly Message[]): Delta => {
    const asked = messages.findLastIndex((entry) => entry.role === 'user' && marker.test(textOf(entry)));
    const asking = messages[asked];
    const turnId = asking && marker.exec(textOf(asking))?.[1];
    if (!asking || turnId === undefined) return { content: 'Nothing to do.' };
    const results = messages.slice(asked + 1).filter((entry) => entry.role === 'tool');
    turns.set(turnId, { results: results.map(textOf) });
    const call = scripts.get(turnId)?.[results.length];
    if (!call) return { content: `Done: ${results.map(textOf).join('\n')}` };
    const name = `call-${turnId}-${String(results.length)}`;
    const argumentsText = JSON.stringify({ host: 'node', ...call });
    return {
      tool_calls: [
        { index: 0, id: name, type: 'function', function: { name: 'exec', arguments: argumentsText } },
      ],
    };
  };

  const server = createServer((request, response) => {
    readJson(request).then(
      (body) => {
        const delta = answer(completionRequest.parse(body).messages);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const line of [chunk(delta, null), chunk({}, delta.tool_calls ? 'tool_calls' : 'stop')])
          response.write(`data: ${JSON.stringify(line)}\n\n`);
        response.end('data: [DONE]\n\n');
      },
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    script(turnId, calls) {
      scripts.set(turnId, calls);
      return `[[turn:${turnId}]] Please run ${calls.map((call) => JSON.stringify(call.command)).join(', then ')}.`;
    },
    turn: (turnId) => turns.get(turnId) ?? { results: [] },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Delta {
  readonly content?: string;
  readonly tool_calls?: readonly object[];
}

function chunk(delta: Delta, finishReason: string | null): object {
  return {
    id: 'stand-in',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'mock',
    choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: finishReason }],
  };
}

function textOf(entry: Message): string {
  if (Array.isArray(entry.content)) return entry.content.map((part) => part.text ?? '').join('');
  return entry.content ?? '';
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
