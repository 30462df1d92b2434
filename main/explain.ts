import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { explainLine } from './explain/explain-line.ts';
import { boundedLines } from './explain/lines.ts';
import { openMachine } from './facts/machine.ts';

/** `npm run explain`: a request a line in, what would happen and why a line out. Runs nothing. */
const machine = await openMachine();
const place = {
  path: process.env['PATH'] ?? '',
  home: homedir(),
  own: {
    bundle: [dirname(fileURLToPath(import.meta.url))],
    stateFolder: join(homedir(), 'Library/Application Support/Latchkey'),
    keychainService: 'Latchkey',
  },
};
for await (const line of boundedLines(process.stdin)) {
  const answer = `${JSON.stringify(await explainLine(line, place, machine))}\n`;
  if (!process.stdout.write(answer)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
