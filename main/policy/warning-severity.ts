import type { WARNINGS } from './warnings.ts';

export type Severity = 'high' | 'caution' | 'note';

/** `high` asks for the longer look and for Touch ID, and lets nothing be allowed for long. */
const SEVERITIES: Readonly<Record<keyof typeof WARNINGS, Severity>> = {
  'hidden-characters': 'high',
  'mixed-scripts': 'high',
  'download-to-interpreter': 'high',
  'outside-delete': 'high',
  'sends-files': 'high',
  'startup-files': 'high',
  'own-files': 'high',
  'runs-as-root': 'high',
  'drives-apps': 'high',
  'shared-operand': 'caution',
  'earlier-code': 'caution',
};
/** Of warnings that become known only while the question is shown. */
const OTHERS: Readonly<Record<string, Severity>> = { 'not-signed': 'caution' };
const byCode: ReadonlyMap<string, Severity> = new Map(Object.entries({ ...SEVERITIES, ...OTHERS }));

/** A code that nobody knows here is from a newer judgement: it was worth a warning. */
export const severityOf = (code: string): Severity => byCode.get(code) ?? 'caution';
