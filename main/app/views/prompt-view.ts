import type { PartView, PromptView, WarningView } from '../../ipc/prompt-view.ts';
import { severityOf } from '../../policy/warning-severity.ts';
import type { Prompt } from '../../prompt/prompt.ts';
import type { Part, Token, Warning } from '../../request/assessment.ts';
import { display, displayWhole } from '../../text/display.ts';
import type { HiddenSecrets } from '../../text/hidden-secrets.ts';
import { holdsSecret } from '../../text/secrets.ts';
import { operandView } from './operand-view.ts';

export interface Later {
  readonly edition: number;
  readonly warnings: readonly Warning[];
}

const WORST_FIRST = ['high', 'caution', 'note'] as const;

/**
 * A question as the window shows it. All that somebody else wrote becomes display text here, once.
 * @param secrets takes what is masked.
 * @param later what became known only when it was shown already.
 */
export function promptView(
  prompt: Prompt,
  secrets: HiddenSecrets,
  later: Later = { edition: 0, warnings: [] },
): PromptView {
  const { request, assessment, gateway } = prompt;
  return {
    id: prompt.id,
    digest: prompt.digest,
    edition: later.edition,
    who: {
      agent: orNull(request.agentId),
      session: orNull(request.sessionKey),
      origin: orNull(prompt.origin ?? null),
      host: orNull(prompt.host ?? null),
      claim: prompt.claim?.by ?? null,
      gateway: { name: displayWhole(gateway.name), address: displayWhole(gateway.address) },
    },
    parts: assessment.parts.map((part) => partView(part, secrets)),
    cwd: displayWhole(assessment.binding.cwd),
    operands: assessment.operands.map((operand) => operandView(operand, prompt, secrets)),
    environment: Object.entries(request.env).map(([name, value]) => ({
      name: displayWhole(name),
      value: display(value, secrets),
    })),
    warnings: [...assessment.warnings, ...later.warnings].map(warningView).toSorted(worstFirst),
    reason: { code: assessment.reason, text: display(assessment.text) },
    choices: [...prompt.choices],
    withheld: prompt.withheld,
    remember: assessment.allowAlways?.map(({ pattern }) => displayWhole(pattern)) ?? null,
    holdsSecret: assessment.binding.argv.some(holdsSecret),
    askedAtMs: prompt.askedAtMs,
    expiresAtMs: prompt.expiresAtMs,
  };
}

const orNull = (text: string | null) => (text === null ? null : displayWhole(text));

function partView(part: Part, secrets: HiddenSecrets): PartView {
  switch (part.kind) {
    case 'comment':
      return { kind: 'comment', text: display(part.text, secrets) };
    case 'text':
      return { kind: 'text', operator: part.operator, lines: part.lines.map(displayWhole) };
    case 'command':
      return {
        kind: 'command',
        operator: part.operator,
        tokens: part.tokens.map((token) => ({ role: token.role, text: tokenText(token, secrets) })),
        executable: orNull(part.executable),
      };
  }
}

/**
 * Only words that are data can be masked: a mask over the name of what runs would hide what runs. Where a secret stands
 * in such a place nobody is asked.
 */
const tokenText = ({ role, text }: Token, secrets: HiddenSecrets) =>
  role === 'argument' || role === 'unknown' ? display(text, secrets) : displayWhole(text);

const warningView = ({ code, text }: Warning): WarningView => ({
  code,
  severity: severityOf(code),
  text: displayWhole(text),
});

const worstFirst = (a: WarningView, b: WarningView) =>
  WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity);
