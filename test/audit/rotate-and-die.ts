import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

import { Journal } from '../../main/audit/journal.ts';

/**
 * Appends to the journal in this place, and kills itself, as `kill -9` would, at one point of the change to the next file.
 * Prints the number of each entry that is said to be on the disk.
 */
const [path = '', dieAt = ''] = process.argv.slice(2);
const at = (point: string) => {
  if (point === dieAt) process.kill(process.pid, 'SIGKILL');
};

const { open, rename, rm } = fs;
fs.rename = async (from, to) => {
  at('before it is put aside');
  await rename(from, to);
  at('after it was put aside');
};
fs.rm = async (place, options) => {
  at('before the oldest goes');
  await rm(place, options);
  at('after the oldest went');
};
fs.open = async (place, flags, mode) => {
  const file = await open(place, flags, mode);
  if (place !== path || typeof flags !== 'number' || (flags & fs.constants.O_EXCL) === 0) return file;
  at('after the next was made');
  const appendFile = file.appendFile.bind(file);
  const datasync = file.datasync.bind(file);
  let isFirst = true;
  file.appendFile = async (data) => {
    if (isFirst && dieAt === 'in its first line' && data instanceof Uint8Array) {
      await appendFile(data.subarray(0, data.length / 2));
      at(dieAt);
    }
    await appendFile(data);
    if (isFirst) at('after its first line');
    isFirst = false;
  };
  file.datasync = async () => {
    await datasync();
    at('after its first sync');
  };
  return file;
};
syncBuiltinESMExports();

const limits = { fileBytes: 600, keptFiles: 2, keptMs: 0, mostFiles: 2 };
const journal = await Journal.open(path, () => new Date(0), limits);
for (let index = 0; index < 60; index++) {
  const { seq } = await journal.append({ kind: 'note', text: `note ${index}` });
  process.stdout.write(`${seq}\n`);
}
