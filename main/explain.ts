import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { explainLine } from './explain/explain-line.ts';
import { boundedLines } from './explain/lines.ts';
import { openMachine } from './facts/machine.ts';
import { realPlaces } from './facts/real-places.ts';

/** `npm run explain`: a request a line in, what would happen and why a line out. Runs nothing. */
const machine = await openMachine();
const [bundle = '', stateFolder = ''] = await realPlaces([
  dirname(fileURLToPath(import.meta.url)),
  join(homedir(), 'Library/Application Support/Latchkey'),
]);
const place = {
  path: process.env['PATH'] ?? '',
  home: homedir(),
  own: {
    bundle: [bundle],
    stateFolder,
    keychainService: 'Latchkey',
  },
};
for await (const line of boundedLines(process.stdin)) {
  const answer = `${JSON.stringify(await explainLine(line, place, machine))}\n`;
  if (!process.stdout.write(answer)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
