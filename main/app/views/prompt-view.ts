import { basename } from 'node:path/posix';

import type { PartView, PromptView, WarningView } from '../../ipc/prompt-view.ts';
import type { Part, Token, Warning } from '../../policy/assessment.ts';
import { severityOf } from '../../policy/warning-severity.ts';
import type { Prompt } from '../../prompt/prompt.ts';
import { display, displayWhole, holdsSecret } from '../../text/display.ts';
import { operandContent } from './operand-content.ts';

const WORST_FIRST = ['high', 'caution', 'note'] as const;

/** A question as the window shows it. All that somebody else wrote becomes display text here, once. */
export function promptView(prompt: Prompt): PromptView {
  const { request, assessment, contents, gateway } = prompt;
  return {
    id: prompt.id,
    digest: prompt.digest,
    who: {
      agent: orNull(request.agentId),
      session: orNull(request.sessionKey),
      gateway: { name: displayWhole(gateway.name), address: displayWhole(gateway.address) },
    },
    parts: assessment.parts.map(partView),
    cwd: displayWhole(assessment.binding.cwd),
    operands: assessment.operands.map((operand) => ({
      path: displayWhole(operand.path),
      name: displayWhole(basename(operand.path)),
      sizeBytes: operand.sizeBytes,
      modifiedAtMs: operand.modifiedAtMs,
      sha256: operand.sha256,
      content: operandContent(operand, contents.get(operand.path)),
    })),
    environment: Object.entries(request.env).map(([name, value]) => ({
      name: displayWhole(name),
      value: display(value),
    })),
    warnings: assessment.warnings.map(warningView).toSorted(worstFirst),
    reason: { code: assessment.reason, text: displayWhole(assessment.text) },
    choices: [...prompt.choices],
    withheld: prompt.withheld,
    remember:
      assessment.allowAlways?.map(({ pattern, argPattern }) => ({
        pattern: displayWhole(pattern),
        arguments: argPattern === null ? ('any' as const) : ('exact' as const),
      })) ?? null,
    holdsSecret: assessment.parts.some((part) => textsOf(part).some(holdsSecret)),
    askedAtMs: prompt.askedAtMs,
    expiresAtMs: prompt.expiresAtMs,
  };
}

/** Whether a question needs the longer look. */
export const isGrave = (prompt: Prompt): boolean =>
  prompt.assessment.warnings.some(({ code }) => severityOf(code) === 'high');

const orNull = (text: string | null) => (text === null ? null : displayWhole(text));

function partView(part: Part): PartView {
  switch (part.kind) {
    case 'comment':
      return { kind: 'comment', text: displayWhole(part.text) };
    case 'text':
      return { kind: 'text', operator: part.operator, lines: part.lines.map((line) => display(line)) };
    case 'command':
      return {
        kind: 'command',
        operator: part.operator,
        tokens: part.tokens.map((token) => ({ role: token.role, text: tokenText(token) })),
        executable: orNull(part.executable),
      };
  }
}

/** Only words that are data can be masked: a mask over the name of what runs would hide what runs. */
const tokenText = ({ role, text }: Token) => (role === 'argument' ? display(text) : displayWhole(text));

function textsOf(part: Part): readonly string[] {
  if (part.kind === 'comment') return [];
  if (part.kind === 'text') return part.lines;
  return part.tokens.filter(({ role }) => role === 'argument').map(({ text }) => text);
}

const warningView = ({ code, text }: Warning): WarningView => ({
  code,
  severity: severityOf(code),
  text: displayWhole(text),
});

const worstFirst = (a: WarningView, b: WarningView) =>
  WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity);
