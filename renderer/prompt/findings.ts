import type { PartView, PromptView, WarningView } from '../../main/ipc/prompt-view.ts';
import type { DisplayRun, DisplayText } from '../../main/text/display-text.ts';
import type { PlainKey } from '../shared/voice.ts';
import { elsewhereFindings } from './elsewhere-findings.ts';
import { WARNING_TITLES } from './warning-titles.ts';
import { reasonKey } from './why.ts';

/** One thing that is unusual: a title in our words, then a line of ours or what main says, which may quote anybody. */
export interface Finding {
  readonly severity: WarningView['severity'];
  readonly title: PlainKey;
  readonly why: PlainKey | null;
  readonly text: DisplayText | null;
}

/** Everyday reasons to ask; any other one is a finding itself. */
const EVERYDAY = new Set(['allowlist-miss', 'always-ask', 'gateway-asks', 'other-host']);

const WORST_FIRST = ['high', 'caution', 'note'] as const;

/** What main warns of, an uncommon reason to ask, and what the very text that is shown makes plain. Worst first. */
export function findings(prompt: PromptView): Finding[] {
  const found = new Map<string, Finding>([...elsewhereFindings(prompt.who), ...seenFindings(prompt)]);
  const { code, text } = prompt.reason;
  if (!EVERYDAY.has(code) && code !== 'unknown-parts') {
    const title = reasonKey(code);
    found.set(code, { severity: 'note', title: title ?? 'noticed', why: null, text: title ? null : text });
  }
  for (const warning of prompt.warnings) found.set(warning.code, warned(warning));
  return [...found.values()].toSorted(
    (a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity),
  );
}

function warned({ code, severity, text }: WarningView): Finding {
  const words = WARNING_TITLES[code];
  return words === undefined
    ? { severity, title: 'noticed', why: null, text }
    : { severity, title: words[0], why: words[1], text: null };
}

type Seen = readonly [code: string, finding: Finding];

function seenFindings({ parts, cwd, who, environment, operands }: PromptView): Seen[] {
  const texts = [
    ...parts.flatMap(textsOf),
    cwd,
    ...[who.agent, who.session].filter((text) => text !== null),
    ...operands.map(({ path }) => path),
    ...environment.flatMap(({ name, value }) => [name, value]),
  ];
  const holds = (kind: DisplayRun['kind']) => texts.some((text) => text.some((run) => run.kind === kind));
  const seen = (code: string, severity: Finding['severity'], title: PlainKey, why: PlainKey | null): Seen => [
    code,
    { severity, title, why, text: null },
  ];
  return [
    ...(holds('escape')
      ? [seen('hidden-characters', 'high', 'hiddenCharacters', 'hiddenCharactersWhy')]
      : []),
    ...(holds('odd-script') ? [seen('mixed-scripts', 'high', 'mixedScripts', 'mixedScriptsWhy')] : []),
    ...(parts.some(({ kind }) => kind === 'text')
      ? [seen('opaque', 'caution', 'notAllKnown', 'textWhy')]
      : []),
    ...(parts.some(isComputed) ? [seen('computed', 'caution', 'computedParts', 'computedWhy')] : []),
  ];
}

const isComputed = (part: PartView) =>
  part.kind === 'command' && part.tokens.some(({ role }) => role === 'unknown');

function textsOf(part: PartView): DisplayText[] {
  switch (part.kind) {
    case 'command':
      return part.tokens.map(({ text }) => text);
    case 'comment':
      return [part.text];
    case 'text':
      return part.lines;
  }
}
