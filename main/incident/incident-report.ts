import { commandText } from '../request/command-text.ts';
import { displayString } from '../text/display.ts';
import type { IncidentFacts, IncidentRun } from './incident-facts.ts';

const time = (ms: number) => new Date(ms).toISOString();

/**
 * The report as a text for people, in Markdown. Made from the record alone: the same record, period and gateways give the
 * same bytes, whenever and wherever it is made. It holds no output of commands, and what the record masked stays masked;
 * it still names files and commands, so it is not for everybody.
 */
export function incidentReport(facts: IncidentFacts, commands: readonly string[]): string {
  const { span, runs, refused, secrets, dropped, badPlaces } = facts;
  const period = span === null ? 'The record is empty.' : `From ${time(span.fromMs)} to ${time(span.toMs)}.`;
  return [
    '# Latchkey incident report',
    '',
    `${period} ${runs.length} commands ran, ${refused} requests did not.`,
    ...(dropped === null ? [] : ['', droppedLine(dropped)]),
    ...(badPlaces === 0
      ? []
      : ['', `${badPlaces} places in the record could not be read: this may not be all.`]),
    '',
    '## What ran',
    '',
    ...(runs.length === 0 ? ['Nothing.', ''] : runs.flatMap(runLines)),
    '## What to replace',
    '',
    'Named in these commands. Every command could read all that its user can: this is where to begin.',
    '',
    ...(secrets.length === 0
      ? ['Nothing was named.']
      : secrets.map(({ kind, name, runs: times }) => `- ${kind}: ${inText(name)} (${times})`)),
    '- pairing: key and token of this Mac, replaced by removing it on the gateway and pairing again',
    '',
    "## On the gateway's computer",
    '',
    ...commands.map((command) => `    ${command}`),
    '',
  ].join('\n');
}

function droppedLine({ entries, untilMs }: NonNullable<IncidentFacts['dropped']>): string {
  const until = untilMs === null ? '' : `, up to ${time(untilMs)},`;
  return `${entries} older entries${until} were dropped from the record to save room.`;
}

function runLines({ atMs, agentId, argv, cwd, by, exitCode, endedBy, files }: IncidentRun): string[] {
  const end = exitCode === null ? 'no end recorded' : `exit code ${exitCode}`;
  const ended = endedBy === null ? '' : `, ended: ${inText(endedBy)}`;
  return [
    `${time(atMs)}, allowed by ${inText(by)}, ${end}${ended}`,
    '',
    // Indented, and on one line: nothing that an agent wrote can pass for a heading or a link.
    `    ${plain(commandText([...argv]))}`,
    ...(cwd === null ? [] : [`    in ${plain(cwd)}`]),
    `    by ${agentId === null ? 'an agent without a name' : `agent ${plain(agentId)}`}`,
    ...files.map(({ path, sha256 }) => `    ran ${plain(path)} (${sha256 ?? 'not hashed'})`),
    '',
  ];
}

/** One line without anything that is invisible or reorders. */
const plain = (text: string): string => displayString(text).replaceAll(/[\r\n]+/g, ' ');

/** The same outside an indented block: nothing in it means something in Markdown. */
const inText = (text: string): string => plain(text).replaceAll(/[\\`*_{}[\]()#!<>|~&]/g, '\\$&');
