import { basename } from 'node:path/posix';

import type { Prompt } from '../prompt/prompt.ts';
import { quoteName, type Words } from './words.ts';

/** Who asks for which programs, for a place without plates: only names that are plain and short are said. */
export function whoRunsWhat({ request, assessment }: Prompt, words: Words): string {
  const names = assessment.segments.map(({ argv }) => quoteName(basename(argv[0] ?? ''), words.aProgram));
  const programs = [...new Set(names)].slice(0, 3).join(', ') || words.aProgram;
  return words.wantsToRun(quoteName(request.agentId, words.anAgent), programs);
}
