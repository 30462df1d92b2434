import type { WarningView } from '../../ipc/prompt-view.ts';
import type { WARNINGS } from '../../policy/warnings.ts';

type Severity = WarningView['severity'];

/** What asks for the longer look, and for Touch ID. */
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
const byCode: ReadonlyMap<string, Severity> = new Map(Object.entries(SEVERITIES));

/** A code that nobody knows here is from a newer judgement: it was worth a warning. */
export const severityOf = (code: string): Severity => byCode.get(code) ?? 'caution';
