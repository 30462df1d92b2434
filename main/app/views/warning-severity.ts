import type { WarningView } from '../../ipc/prompt-view.ts';

/** What asks for the longer look. A code that is not here is worth a look, too. */
const SEVERITIES: Readonly<Record<string, WarningView['severity']>> = {
  'hidden-characters': 'high',
  'mixed-scripts': 'high',
  'download-to-interpreter': 'high',
  'outside-delete': 'high',
  'sends-files': 'high',
  'startup-files': 'high',
  'own-files': 'high',
  'runs-as-root': 'high',
  'drives-apps': 'high',
};

export const severityOf = (code: string): WarningView['severity'] => SEVERITIES[code] ?? 'caution';
