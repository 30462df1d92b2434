import type { Operand } from '../request/assessment.ts';

/** The text of a bound file, or why a person cannot read it here. */
export type OperandText = { readonly text: string } | { readonly none: 'binary' | 'too-large' | 'not-kept' };

/**
 * The bound bytes as text. A file is given whole or not at all: its beginning alone could pass for it.
 * @param bytes the first bytes of the read that was hashed; undefined when none were kept.
 */
export function operandText(
  { sizeBytes }: Pick<Operand, 'sizeBytes'>,
  bytes: Uint8Array | undefined,
): OperandText {
  if (bytes === undefined) return { none: 'not-kept' };
  if (bytes.length < sizeBytes) return { none: 'too-large' };
  if (bytes.includes(0)) return { none: 'binary' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.split('\n', MOST_LINES + 2).length > MOST_LINES + 1 ? { none: 'too-large' } : { text };
  } catch {
    return { none: 'binary' };
  }
}

/** More lines than this are not read in a prompt, and would make it slow. */
const MOST_LINES = 5000;
