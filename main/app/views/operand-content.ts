import type { OperandView } from '../../ipc/prompt-view.ts';
import type { Operand } from '../../policy/assessment.ts';
import { operandText } from '../../prompt/operand-text.ts';
import { displayLine } from '../../text/display.ts';

/** The bound bytes as lines for a person. */
export function operandContent(operand: Operand, bytes: Uint8Array | undefined): OperandView['content'] {
  const read = operandText(operand, bytes);
  if ('none' in read) return { kind: 'none', why: read.none };
  const lines = read.text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { kind: 'lines', lines: lines.map(displayLine) };
}
