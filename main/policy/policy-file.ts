import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { RulePattern } from '../request/assessment.ts';

const security = z.enum(['deny', 'allowlist', 'full']);
const ask = z.enum(['off', 'on-miss', 'always']);

/** A value that nobody knows counts as the strictest one: it was meant to say something. */
const knownSecurity = security.nullish().catch('deny');
const knownAsk = ask.nullish().catch('always');

const fields = {
  security: knownSecurity,
  ask: knownAsk,
  askFallback: knownSecurity,
  autoAllowSkills: z.boolean().nullish().catch(false),
};

const entry = z.looseObject({
  id: z.string().optional(),
  pattern: z.string(),
  argPattern: z.string().nullish(),
  source: z.string().nullish(),
});

/** Where it does not say what it allows it allows nothing; it is kept for whoever understands it. */
const allowlist = z.array(z.union([entry, z.unknown().transform(() => null)])).nullish();

const agent = z.looseObject({ ...fields, allowlist: allowlist.catch([]) });

/** A record has no place for that name, and what an entry under it says would be lost without a word. */
const NO_NAME = '__proto__';
const agents = z
  .custom<Record<string, z.input<typeof agent>>>(
    (value) => typeof value === 'object' && value !== null && !Object.hasOwn(value, NO_NAME),
    `An agent cannot be called ${NO_NAME}.`,
  )
  .pipe(z.record(z.string(), agent));

/**
 * The gateway's own shape, version 1. Strict about what decides, blind to the rest, which is kept as it is. What fails
 * here is no policy at all; a single bad value is the strictest value, and a single bad entry matches nothing.
 */
export const policyFile = z.looseObject({
  version: z.literal(1),
  defaults: z.looseObject(fields).nullish(),
  agents: agents.nullish(),
});

export type PolicyFile = z.input<typeof policyFile>;
export type AllowlistEntry = z.infer<typeof entry>;

/** An entry of an allowlist that says what it allows; null for anything else. */
export const allowlistEntry = (raw: unknown): AllowlistEntry | null => entry.safeParse(raw).data ?? null;

/** What holds where there is no file: listed commands run, others ask, and where nobody can be asked the answer is no. */
export const DEFAULT_POLICY: PolicyFile = {
  version: 1,
  defaults: { security: 'allowlist', ask: 'on-miss', askFallback: 'deny', autoAllowSkills: false },
  agents: {},
};

/** `default` is the older name of the main agent; a request that names none is the main agent's. */
export function agentKey(agentId: string | null): string {
  const id = agentId?.trim() ?? '';
  return id === '' || id === 'default' ? 'main' : id;
}

/**
 * The file with what "always allow here" stores for that agent added, without touching anything else in it. A rule for
 * any arguments is one like the person's own: what is marked as made by "always" counts with exact arguments only.
 * @param nowMs Wall clock, kept for people.
 */
export function withAllowed(
  file: PolicyFile,
  agentId: string | null,
  patterns: readonly RulePattern[],
  nowMs: number,
): PolicyFile {
  const key = agentKey(agentId);
  if (key === NO_NAME) return file;
  const agents = file.agents ?? {};
  const own = Object.hasOwn(agents, key) ? agents[key] : undefined;
  const list = own?.allowlist ?? [];
  const known = (wanted: RulePattern): boolean =>
    list.some((raw) => {
      const parsed = entry.safeParse(raw);
      return (
        parsed.success &&
        parsed.data.pattern === wanted.pattern &&
        (parsed.data.argPattern ?? null) === wanted.argPattern &&
        (parsed.data.source === 'allow-always') === (wanted.argPattern !== null)
      );
    });
  const added = patterns
    .filter((pattern) => !known(pattern))
    .map(({ pattern, argPattern }) => ({
      id: randomUUID(),
      pattern,
      ...(argPattern === null ? {} : { argPattern, source: 'allow-always' }),
      lastUsedAt: nowMs,
    }));
  return { ...file, agents: { ...agents, [key]: { ...own, allowlist: [...list, ...added] } } };
}
