import { z } from 'zod';

import { redactJson, redactText, redactWords } from './redact.ts';

/** Free text from a command, a person or the system. Masked by being parsed: no entry can be made around it. */
const text = z.string().transform(redactText);
const argv = z.array(z.string()).transform(redactWords);
const json = z.json().transform(redactJson);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.string().max(512);
const files = z.array(z.object({ path: text, sha256: sha256.nullable() }));
const requestId = id;
const idempotency = {
  gatewayId: id,
  idempotencyKey: id.nullable(),
  /** SHA-256 of the request's parameters: the same key with other parameters is another request. */
  parametersHash: sha256,
};

/** One thing that happened. */
export const auditFacts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('request'),
    requestId,
    ...idempotency,
    runId: id.nullable(),
    argv,
    cwd: text.nullable(),
    /** Names with a short hash of each value: see `hashEnvironment`. */
    env: z.record(z.string(), z.string().regex(/^[0-9a-f]{16}$/)),
    agentId: id.nullable(),
    sessionKey: id.nullable(),
  }),
  z.object({
    kind: z.literal('binding'),
    requestId,
    digest: sha256,
    cwd: text,
    executables: files,
    operands: files,
  }),
  z.object({
    kind: z.literal('decision'),
    requestId,
    digest: sha256.nullable(),
    /** What was decided: `run`, `deny`, or the person's words such as `allow-once`. */
    decision: id,
    by: z.discriminatedUnion('who', [
      z.object({ who: z.literal('person') }),
      z.object({ who: z.literal('rule'), rules: z.array(id) }),
      z.object({ who: z.literal('grant'), grant: id }),
      z.object({ who: z.literal('policy') }),
      z.object({ who: z.literal('latchkey') }),
      z.object({ who: z.literal('gateway'), approval: id }),
    ]),
    reason: id,
    text: text.nullable(),
  }),
  z.object({ kind: z.literal('start'), requestId, ...idempotency, runId: id, digest: sha256 }),
  z.object({
    kind: z.literal('end'),
    requestId,
    ...idempotency,
    runId: id,
    /** Null: it did not start after all. */
    exitCode: z.int().nullable(),
    timedOut: z.boolean(),
    success: z.boolean(),
    endedBy: id.nullable(),
    truncated: z.boolean(),
    durationMs: z.number().nonnegative(),
    /** Why it did not start, or what else went wrong. */
    error: text.nullable(),
    outputTail: text,
  }),
  z.object({ kind: z.literal('undelivered'), requestId, runId: id.nullable(), reason: text }),
  z.object({
    kind: z.literal('drift'),
    requestId,
    when: z.enum(['before', 'after']),
    /** One sentence for each path that was not what had been bound. */
    differences: z.array(text),
  }),
  z.object({
    kind: z.literal('policy-edit'),
    by: z.enum(['person', 'gateway', 'file', 'latchkey']),
    gatewayId: id.nullable(),
    result: z.enum(['applied', 'refused', 'waiting']),
    beforeHash: sha256.nullable(),
    afterHash: sha256.nullable(),
    before: json,
    after: json,
  }),
  z.object({ kind: z.literal('pairing'), gatewayId: id, step: id, text: text.nullable() }),
  z.object({ kind: z.literal('unpair'), gatewayId: id, deviceId: id.nullable(), step: id }),
  z.object({
    kind: z.literal('grant'),
    step: z.enum(['given', 'ended']),
    grantId: id,
    gatewayId: id,
    digest: sha256,
    span: id,
    agentId: id.nullable(),
    sessionKey: id.nullable(),
    /** Why it ended. */
    reason: id.nullable(),
  }),
  z.object({
    kind: z.literal('quiet'),
    step: z.enum(['begun', 'ended']),
    quietId: id,
    gatewayId: id,
    scope: z.enum(['session', 'agent']),
    agentId: id.nullable(),
    sessionKey: id.nullable(),
    reason: id.nullable(),
  }),
  z.object({ kind: z.literal('pause'), paused: z.boolean(), by: id }),
  z.object({ kind: z.literal('incident'), contained: z.boolean(), by: id }),
  /** Whether a yes on this gateway's surfaces counts here from now on. */
  z.object({
    kind: z.literal('whose-yes'),
    /** Null: whichever gateway is served, by the command line. */
    gatewayId: id.nullable().default(null),
    /** Null: not known. */
    before: z.boolean().nullable().default(null),
    trustsGateway: z.boolean(),
    by: z.enum(['person', 'command-line']),
  }),
  /** The second connection to this gateway, or what it asks here: switched on or off. */
  z.object({
    kind: z.literal('operator'),
    gatewayId: id,
    what: z.enum(['connection', 'other-hosts']),
    before: z.boolean(),
    after: z.boolean(),
    by: z.literal('person'),
  }),
  /** The settings that changed, as they were and as they are. `file`: another program wrote what tightens. */
  z.object({
    kind: z.literal('settings'),
    by: z.enum(['person', 'command-line', 'file']),
    before: json,
    after: json,
  }),
  z.object({ kind: z.literal('connection'), gatewayId: id, state: id, text: text.nullable() }),
  z.object({ kind: z.literal('note'), text }),
  /** Bytes at the end of the journal that are no whole line, after a crash: kept in a file beside it. */
  z.object({ kind: z.literal('recovered'), keptIn: z.string(), bytes: z.int(), sha256 }),
  /** The first entry of every file but the first one: which full file it follows on, and the hash of all of that. */
  z.object({ kind: z.literal('continued'), file: z.string().max(256), sha256 }),
  /** The oldest full file goes, to save room. Said before it does. */
  z.object({
    kind: z.literal('dropped'),
    file: z.string().max(256),
    sha256,
    /** Number and time of its last entry; null: that could not be read. */
    throughSeq: z.int().positive(),
    throughAt: z.iso.datetime().nullable(),
  }),
]);

/** What a caller appends: everything but what the journal itself adds. */
export type AuditFacts = z.input<typeof auditFacts>;

/** What stands on one line of the journal. */
export type AuditEntry = z.output<typeof position> & z.output<typeof auditFacts>;

const position = z.object({
  /** Counts from 1, without gaps. */
  seq: z.int().positive(),
  at: z.iso.datetime(),
});

/**
 * Masking is part of parsing, so a line written by an older version is read by the newer rules.
 * @throws {z.ZodError} on anything that is not an entry.
 */
export function parseEntry(line: unknown): AuditEntry {
  return { ...position.parse(line), ...auditFacts.parse(line) };
}
