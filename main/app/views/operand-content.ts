import type { OperandView } from '../../ipc/prompt-view.ts';
import type { Operand } from '../../policy/assessment.ts';
import { displayLine } from '../../text/display.ts';

/** More lines than this are not read in a prompt, and would make it slow. */
const MOST_LINES = 5000;

const none = (why: 'binary' | 'too-large' | 'not-kept'): OperandView['content'] => ({ kind: 'none', why });

/**
 * The bound bytes as lines for a person. A file is shown whole or not at all: its beginning alone could pass for it.
 * @param bytes the first bytes of the read that was hashed; undefined when none were kept.
 */
export function operandContent(operand: Operand, bytes: Uint8Array | undefined): OperandView['content'] {
  if (bytes === undefined) return none('not-kept');
  if (bytes.length < operand.sizeBytes) return none('too-large');
  if (bytes.includes(0)) return none('binary');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return none('binary');
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.length > MOST_LINES ? none('too-large') : { kind: 'lines', lines: lines.map(displayLine) };
}
