import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { explainLine } from './explain/explain-line.ts';
import { boundedLines } from './explain/lines.ts';
import { openMachine } from './facts/machine.ts';
import { realPlaces } from './facts/real-places.ts';

/** `npm run explain`: a request a line in, what would happen and why a line out. Runs nothing. */
const usage = `usage: npm run --silent explain

Reads a request a line from standard input, as a JSON object, and writes what would happen to it, and why, as a line.
"command" is needed: the program and its arguments, as a list. The rest may be left out:

  "id"          stands in the answer as well
  "rawCommand"  the command as the gateway writes it; refused where it says something else than "command"
  "cwd"         the folder it would run in; the home folder without it
  "env"         variables that the request sets
  "path"        the PATH of the run; the one of this process without it
  "agentId", "sessionKey"  who asks; whose rules count goes by the agent
  "policy"      a whole policy, or its settings alone, such as {"security":"full"}; the defaults without it
  "rules"       patterns to allow, or a whole rules.json

The policy of this Mac is not read.
`;
const MISUSE = 64;

const help = readCommandLine();
if (help) process.stdout.write(usage);
else if (help === false) await answerLines();

/** Whether only help is asked for; null: the command line says something else, and was answered. */
function readCommandLine(): boolean | null {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
    return values.help;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = MISUSE;
    return null;
  }
}

async function answerLines(): Promise<void> {
  const machine = await openMachine();
  // The app's own folder whole: a question here is of no state folder, so nothing in it is taken for somebody else's.
  const [bundle = '', stateFolder = ''] = await realPlaces([
    dirname(fileURLToPath(import.meta.url)),
    join(homedir(), 'Library/Application Support/Latchkey'),
  ]);
  const place = {
    path: process.env['PATH'] ?? '',
    home: homedir(),
    own: { bundle: [bundle], files: [], stateFolder, keychainService: 'Latchkey' },
  };
  for await (const line of boundedLines(process.stdin)) {
    const answer = `${JSON.stringify(await explainLine(line, place, machine))}\n`;
    if (!process.stdout.write(answer)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}
