import type { AuditFacts } from '../../main/audit/audit-entry.ts';
import { type JournalLine, readJournal } from '../../main/audit/journal-reader.ts';

export const SHA = 'a'.repeat(64);

export const note = (text: string): AuditFacts => ({ kind: 'note', text });

const common = (requestId: string) => ({
  requestId,
  gatewayId: 'gw',
  idempotencyKey: `key of ${requestId}`,
  parametersHash: SHA,
});

export function request(requestId: string, argv = ['ls']): Extract<AuditFacts, { kind: 'request' }> {
  return {
    kind: 'request',
    ...common(requestId),
    runId: 'run',
    argv,
    cwd: '/',
    env: {},
    agentId: 'main',
    sessionKey: null,
  };
}

export function start(requestId: string): Extract<AuditFacts, { kind: 'start' }> {
  return { kind: 'start', ...common(requestId), runId: 'run', digest: SHA };
}

export function end(requestId: string, outputTail = ''): Extract<AuditFacts, { kind: 'end' }> {
  return {
    kind: 'end',
    ...common(requestId),
    runId: 'run',
    exitCode: 0,
    timedOut: false,
    success: true,
    endedBy: null,
    truncated: false,
    durationMs: 3,
    error: null,
    outputTail,
  };
}

export async function linesOf(path: string): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  for await (const line of readJournal(path)) lines.push(line);
  return lines;
}

/** The notes' texts and the bad places, in order. */
export async function outlineOf(path: string): Promise<string[]> {
  return (await linesOf(path)).map((line) => {
    if (line.kind === 'bad') return `(${line.reason})`;
    return line.entry.kind === 'note' ? line.entry.text : `[${line.entry.kind}]`;
  });
}
