import { z } from 'zod';

import type { Machine } from '../facts/machine.ts';
import { assess, type OwnPlaces } from '../policy/assess.ts';
import { type EffectivePolicy, effectivePolicy } from '../policy/effective-policy.ts';
import { agentKey, DEFAULT_POLICY, type PolicyFile, policyFile } from '../policy/policy-file.ts';
import { NO_RULES, type RulesFile, rulesFile } from '../policy/rules-file.ts';
import type { Assessment, Operand, Segment } from '../request/assessment.ts';
import { commandParams, toRunRequest } from '../request/run-request.ts';
import type { BoundedLine } from './lines.ts';

const flatPolicy = z.strictObject({
  security: z.string().optional(),
  ask: z.string().optional(),
  askFallback: z.string().optional(),
  autoAllowSkills: z.boolean().optional(),
});

const listedRules = z.array(z.union([z.string().transform((pattern) => ({ pattern })), z.looseObject({})]));

const question = commandParams.extend({
  id: z.union([z.string(), z.number()]).nullish(),
  path: z.string().nullish(),
  policy: z.union([policyFile, flatPolicy]).nullish(),
  rules: z.union([listedRules, rulesFile]).nullish(),
});

type Question = z.output<typeof question>;
type Id = string | number | null;

export type Explanation = Pick<
  Assessment,
  | 'verdict'
  | 'reason'
  | 'text'
  | 'digest'
  | 'onceOnly'
  | 'grantable'
  | 'allowlist'
  | 'allowAlways'
  | 'warnings'
> & {
  readonly id: Id;
  readonly segments: readonly Pick<Segment, 'argv' | 'executable' | 'via'>[];
  readonly operands: readonly Pick<Operand, 'path' | 'sha256'>[];
};

export interface InvalidLine {
  readonly id: Id;
  readonly verdict: 'invalid';
  readonly reason: 'invalid-request';
  readonly text: string;
}

export interface Place {
  /** The PATH of a question that names none. */
  readonly path: string;
  readonly home: string;
  readonly own: OwnPlaces;
}

/** Answers one line. Never rejects. @param line Null: it was too long to be kept. */
export async function explainLine(
  line: BoundedLine,
  place: Place,
  machine: Machine,
): Promise<Explanation | InvalidLine> {
  if (line === null) return invalid(null, 'This line is too long. Send one request of at most 1 MB a line.');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return invalid(null, 'This line is not JSON. Send one object a line.');
  }
  const parsed = question.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(
      idOf(value),
      `${['request', ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'not understood'}`,
    );
  }
  const asked = parsed.data;
  const { assessment } = await assess(
    {
      request: toRunRequest(asked),
      policy: policyOf(asked),
      prepared: null,
      granted: () => false,
      path: asked.path ?? place.path,
      home: place.home,
      gatewayId: 'explain',
      own: place.own,
    },
    machine,
  );
  return explained(asked.id ?? null, assessment);
}

/** A whole file, or only its settings; and rules of that agent's, or what the gateway's shape has no place for. */
function policyOf({ policy, rules, agentId }: Question): EffectivePolicy {
  const key = agentKey(agentId ?? null);
  let file: PolicyFile = DEFAULT_POLICY;
  if (policy != null) file = 'version' in policy ? policy : { version: 1, defaults: flatDefaults(policy) };
  let notes: RulesFile = NO_RULES;
  if (Array.isArray(rules)) {
    const agents = file.agents ?? {};
    const own = Object.hasOwn(agents, key) ? agents[key] : undefined;
    file = {
      ...file,
      agents: { ...agents, [key]: { ...own, allowlist: [...(own?.allowlist ?? []), ...rules] } },
    };
  } else if (rules != null) notes = rules;
  return effectivePolicy(file, agentId ?? null, notes);
}

const flatDefaults = (policy: z.output<typeof flatPolicy>): NonNullable<PolicyFile['defaults']> =>
  policyFile.parse({ version: 1, defaults: policy }).defaults ?? {};

function explained(id: Id, assessment: Assessment): Explanation {
  const { verdict, reason, text, digest, onceOnly, grantable, segments, operands } = assessment;
  const { allowlist, allowAlways, warnings } = assessment;
  return {
    id,
    verdict,
    reason,
    text,
    digest,
    onceOnly,
    grantable,
    segments: segments.map(({ argv, executable, via }) => ({ argv, executable, via })),
    operands: operands.map(({ path, sha256 }) => ({ path, sha256 })),
    allowlist,
    allowAlways,
    warnings,
  };
}

function invalid(id: Id, text: string): InvalidLine {
  return { id, verdict: 'invalid', reason: 'invalid-request', text };
}

function idOf(value: unknown): Id {
  const found = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(value);
  return found.success ? found.data.id : null;
}
