import { writeSync } from 'node:fs';

import { FileSecrets } from '../unpair/file-secrets.ts';
import { ROUND } from './edit-round.ts';
import { startOn } from './policy-on-disk.ts';

/**
 * Edits policy, rules and marks round after round, and says the number of each step once it is done, until it is killed.
 * It starts at the step that it is given.
 */
const [folder = '', secretsPath = '', first = '0'] = process.argv.slice(2);
const started = await startOn(folder, new FileSecrets(secretsPath));
// What an earlier end cut short waits like an edit from outside.
for (const edit of started.desk.pending) await started.desk.decide({ id: edit.id, approve: [] });
writeSync(1, 'ready\n');
for (let step = Number(first); ; step = (step + 1) % ROUND.length) {
  await ROUND[step]?.(started);
  // Not the stream's write: what is said is out before the next step begins.
  writeSync(1, `${step}\n`);
}
