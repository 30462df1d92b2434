import { basename } from 'node:path/posix';

import type { OperandView, SinceView } from '../../ipc/operand-view.ts';
import { operandText } from '../../prompt/operand-text.ts';
import type { Prompt } from '../../prompt/prompt.ts';
import type { Operand } from '../../request/assessment.ts';
import { displayLine, displayWhole } from '../../text/display.ts';
import type { HiddenSecrets } from '../../text/hidden-secrets.ts';
import { lineChanges } from '../../versions/line-changes.ts';

type Seen = Pick<Prompt, 'contents' | 'lastAllowed'>;

/** A bound file for a person, from the very bytes that were hashed. */
export function operandView(
  operand: Operand,
  { contents, lastAllowed }: Seen,
  secrets: HiddenSecrets,
): OperandView {
  const { path, sizeBytes, modifiedAtMs, sha256 } = operand;
  const read = operandText(operand, contents.get(path));
  const text = 'none' in read ? null : read.text;
  return {
    path: displayWhole(path),
    name: displayWhole(basename(path)),
    sizeBytes,
    modifiedAtMs,
    sha256,
    since: sinceOf(operand, text, lastAllowed.get(path), secrets),
    content:
      'none' in read
        ? { kind: 'none', why: read.none }
        : { kind: 'lines', lines: linesOf(read.text).map((line) => displayLine(line, secrets)) },
  };
}

function sinceOf(
  { sha256 }: Operand,
  text: string | null,
  last: ReturnType<Seen['lastAllowed']['get']>,
  secrets: HiddenSecrets,
): SinceView {
  if (last === undefined) return { kind: 'never' };
  const { allowedAtMs } = last;
  if (last.sha256 === sha256) return { kind: 'same', allowedAtMs };
  const before = operandText({ sizeBytes: last.bytes?.length ?? 0 }, last.bytes ?? undefined);
  const changes = text === null || 'none' in before ? null : lineChanges(before.text, text);
  if (changes === null) return { kind: 'other', allowedAtMs };
  const { added, removed, hunks } = changes;
  return {
    kind: 'changed',
    allowedAtMs,
    added,
    removed,
    hunks: hunks.map((rows) => rows.map((row) => ({ ...row, text: displayLine(row.text, secrets) }))),
  };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
