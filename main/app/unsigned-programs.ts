import type { Prompt } from '../prompt/prompt.ts';
import type { Warning } from '../request/assessment.ts';
import type { CodeSignatures } from './platform/code-signatures.ts';

/** Warns of programs without a valid signature, when that is known. Scripts carry none; they are bound and shown. */
export async function unsignedPrograms(
  { assessment }: Pick<Prompt, 'assessment'>,
  signatures: Pick<CodeSignatures, 'of'>,
): Promise<readonly Warning[]> {
  const shown = new Set(assessment.operands.map(({ path }) => path));
  const programs = new Set(assessment.segments.flatMap(({ executable }) => executable ?? []));
  const found = await Promise.all(
    [...programs].filter((path) => !shown.has(path)).map((path) => signatures.of(path)),
  );
  return found.includes('none')
    ? [{ code: 'not-signed', text: 'Runs a program without a valid signature.' }]
    : [];
}
