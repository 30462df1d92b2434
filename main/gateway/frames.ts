import { z } from 'zod';

import { PROTOCOL_VERSION } from './connect-request.ts';

/** A field that only serves as a hint: a wrong one counts as absent and spoils nothing else. */
const hint = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const delay = z.number().nonnegative();

/** The text of an error is left out on purpose: nothing branches on it, and it is not shown. */
const gatewayError = z.object({
  code: z.string().max(128).catch('UNKNOWN'),
  retryable: hint(z.boolean()),
  retryAfterMs: hint(delay),
  details: z
    .object({
      code: hint(z.string().max(128)),
      reason: hint(z.string().max(128)),
      // Shown to the person inside a command to copy: anything but an id is not shown.
      requestId: hint(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/)),
      recommendedNextStep: hint(z.string().max(128)),
      retryable: hint(z.boolean()),
      pauseReconnect: hint(z.boolean()),
      retryAfterMs: hint(delay),
    })
    .catch({}),
});

export type GatewayError = z.infer<typeof gatewayError>;

/** Strict about the fields in use, blind to all others: gateways of other versions send more, or less. */
export const inboundFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('res'),
    id: z.string(),
    ok: z.boolean(),
    payload: z.unknown().optional(),
    error: gatewayError.nullish().catch(null),
  }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown().optional() }),
]);

export type InboundFrame = z.infer<typeof inboundFrame>;
export type ResponseFrame = Extract<InboundFrame, { type: 'res' }>;
export type EventFrame = Extract<InboundFrame, { type: 'event' }>;

export const challengePayload = z.object({
  // It is signed between bars: one that holds a bar could make two different texts the same.
  nonce: z.string().regex(/^[A-Za-z0-9._~+/=:-]{1,256}$/),
  ts: z.int().nonnegative(),
});

const MiB = 1024 * 1024;
const DEFAULT_POLICY = { maxPayload: 25 * MiB, tickIntervalMs: 30_000 };

/** What older gateways leave out has a default here; what they send has to be right. */
export const helloOk = z.object({
  type: z.literal('hello-ok'),
  protocol: z.literal(PROTOCOL_VERSION),
  server: z.object({ version: z.string().max(128).nullish() }).nullish(),
  auth: z
    .object({
      role: z.enum(['node', 'operator']).nullish(),
      deviceToken: z.string().min(1).max(4096).nullish(),
    })
    .nullish(),
  policy: z
    .object({
      maxPayload: z.int().positive().default(DEFAULT_POLICY.maxPayload),
      tickIntervalMs: z.int().positive().default(DEFAULT_POLICY.tickIntervalMs),
    })
    .nullish()
    .transform((policy) => policy ?? DEFAULT_POLICY),
});

export type HelloOk = z.infer<typeof helloOk>;

const id = z.string().min(1).max(256);

export const invokeRequest = z.object({
  id,
  nodeId: id,
  command: z.string().min(1).max(256),
  paramsJSON: z.string().nullish(),
  timeoutMs: z.int().nonnegative().nullish(),
  idempotencyKey: z.string().min(1).max(512).nullish(),
});

/** As much of a malformed invoke as it takes to answer it. */
export const answerableInvoke = z.object({ id, command: z.string().catch('') });

export const invokeCancel = z.object({ invokeId: id });

export const pairResolved = z.object({ nodeId: id, decision: z.string() });
