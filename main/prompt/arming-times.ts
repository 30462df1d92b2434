import { severityOf } from '../policy/warning-severity.ts';
import type { Prompt } from './prompt.ts';

/** How long a question has to be in front of the person before an Allow counts, in milliseconds. */
export const ARMING_MS = { usual: 1000, high: 3000 } as const;

/** Whether a question needs the longer look. */
export const isGrave = (prompt: Prompt): boolean =>
  prompt.assessment.warnings.some(({ code }) => severityOf(code) === 'high');
