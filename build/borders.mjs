import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What each folder of main may import, all of it: nothing else, and never in a circle. Lint reads it, and refuses to
 * start when a folder is missing here. A line that grows is a decision; look first whether the file is in its folder.
 */
export const MAY_REACH = {
  // Values: shapes, words and digests, without I/O.
  request: [],
  text: [],
  // Judgement. It asks about the disk through the `FileFacts` it is handed.
  shell: ['request'],
  facts: ['request', 'shell'],
  binding: ['facts', 'request'],
  policy: ['binding', 'facts', 'request', 'shell', 'text'],
  approvals: ['policy', 'request'],
  explain: ['facts', 'policy', 'request'],
  // What this Mac holds: processes, Keychain items, files.
  run: [],
  secrets: [],
  state: ['run', 'secrets'],
  audit: ['state'],
  versions: ['request', 'state'],
  edits: ['policy', 'state'],
  'policy-files': ['audit', 'edits', 'facts', 'policy', 'request', 'state'],
  skills: ['facts', 'policy', 'policy-files'],
  incident: ['audit', 'request', 'text'],
  // The person's answers.
  prompt: ['approvals', 'audit', 'policy', 'request', 'text', 'versions'],
  grants: ['audit', 'prompt', 'request'],
  // The gateway.
  gateway: [],
  nearby: [],
  pairing: ['gateway', 'secrets', 'state'],
  commands: [
    ...['approvals', 'audit', 'binding', 'edits', 'gateway', 'grants', 'policy', 'prompt', 'request', 'run'],
    ...['text', 'versions'],
  ],
  operator: ['approvals', 'commands', 'gateway', 'pairing', 'prompt', 'request'],
  // Ends.
  halt: ['audit', 'commands', 'prompt', 'request', 'run', 'state'],
  unpair: ['audit', 'pairing', 'secrets', 'state'],
  // Puts the parts together.
  node: [
    ...[
      'approvals',
      'audit',
      'binding',
      'commands',
      'edits',
      'facts',
      'gateway',
      'grants',
      'halt',
      'incident',
    ],
    ...['operator', 'pairing', 'policy', 'policy-files', 'prompt', 'request', 'run', 'secrets', 'skills'],
    ...['state', 'unpair', 'versions'],
  ],
  // Surfaces. `ipc` is the contract with the windows.
  ipc: ['prompt', 'state', 'text'],
  app: [
    ...[
      'edits',
      'facts',
      'halt',
      'incident',
      'ipc',
      'nearby',
      'node',
      'operator',
      'pairing',
      'policy',
      'policy-files',
    ],
    ...['prompt', 'request', 'secrets', 'skills', 'state', 'text', 'unpair', 'versions'],
  ],
  headless: ['edits', 'grants', 'incident', 'node', 'operator', 'prompt', 'request', 'state', 'text'],
};

function refuseCircles(folder, path = []) {
  if (path.includes(folder))
    throw new Error(`Import borders go in a circle: ${[...path, folder].join(' -> ')}`);
  for (const next of MAY_REACH[folder]) refuseCircles(next, [...path, folder]);
}

/** The folders that `folder` may not reach. @throws where the table is not whole, or goes in a circle */
export function outOfReach(folder) {
  refuseCircles(folder);
  return Object.keys(MAY_REACH).filter((other) => other !== folder && !MAY_REACH[folder].includes(other));
}

const main = join(import.meta.dirname, '..', 'main');
const folders = readdirSync(main, { withFileTypes: true }).filter((entry) => entry.isDirectory());
for (const { name } of folders)
  if (!(name in MAY_REACH)) throw new Error(`main/${name} has no line in build/borders.mjs.`);
for (const name of Object.keys(MAY_REACH))
  if (!folders.some((folder) => folder.name === name)) throw new Error(`There is no main/${name} any more.`);
