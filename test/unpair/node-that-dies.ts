import { createInterface } from 'node:readline';

import { Journal } from '../../main/audit/journal.ts';
import { openNode } from '../../main/node/open-node.ts';
import { Marks } from '../../main/state/marks.ts';
import { FileSecrets } from './file-secrets.ts';

/**
 * A whole node that kills itself, as `kill -9` would, at one point of its unpairing, its pause or its containment: before or
 * after a mark is set, before or after the secret is deleted, or once a step of it is in the record. Pairs with the setup code that it is given, and
 * unpairs, pauses or contains when a line says so.
 */
const [stateDir = '', secretsPath = '', dieAt = '', setupCode = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const at = (point: string) => {
  if (point === dieAt) die();
};

const append = Reflect.get(Journal.prototype, 'append');
Journal.prototype.append = async function (facts) {
  const entry = await append.call(this, facts);
  if (facts.kind === 'unpair') at(`recorded ${facts.step}`);
  if (facts.kind === 'incident') at('recorded contained');
  return entry;
};
const set = Reflect.get(Marks.prototype, 'set');
Marks.prototype.set = async function (mark, now) {
  at('before the mark');
  await set.call(this, mark, now);
  at('after the mark');
};
class DyingSecrets extends FileSecrets {
  override async remove(account: string): Promise<boolean> {
    at('before the secret is deleted');
    const removed = await super.remove(account);
    at('after the secret is deleted');
    return removed;
  }
}

const node = await openNode({
  stateDir,
  program: 'a test',
  secrets: new DyingSecrets(secretsPath),
  path: '/usr/local/bin:/usr/bin:/bin',
  bundle: [],
});
// The policy that the test wrote is the person's.
for (const { id, changes } of node.edits.pending)
  await node.edits.decide({ id, approve: changes.map((change) => change.id) });
node.attachSurface();
node.on('prompt', () => process.stdout.write('prompt\n'));
node.on('changed', ({ state }) => process.stdout.write(`${state}\n`));
await node.start();
await node.pair({ by: 'setup-code', setupCode });
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'unpair') await node.unpair();
  if (line === 'pause') await node.pause();
  if (line === 'contain') await node.halt.contain();
  process.stdout.write(`done ${line}\n`);
}
