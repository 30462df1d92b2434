// Changes everything that a run depends on, and changes it back, as fast as it can, at moments that nobody can foresee.
// Ends when its input does.
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [home = ''] = process.argv.slice(2);
const at = (name) => join(home, name);
const say = (word) => `echo ${word}\n`;
const cell = new Int32Array(new SharedArrayBuffer(4));
const pause = (mostMs) => Atomics.wait(cell, 0, 0, Math.random() * mostMs);

/** Each: something else in the place of what was approved, for a moment, and then the same as before. */
const attacks = [
  // Other bytes in the file.
  (hold) => {
    writeFileSync(at('work/run.sh'), say('unapproved'));
    hold();
    writeFileSync(at('work/run.sh'), say('approved'));
  },
  // Another file in its place.
  (hold) => {
    writeFileSync(at('work/new.sh'), say('unapproved'));
    renameSync(at('work/run.sh'), at('work/old.sh'));
    renameSync(at('work/new.sh'), at('work/run.sh'));
    hold();
    renameSync(at('work/old.sh'), at('work/run.sh'));
  },
  // A link on the way leads elsewhere.
  (hold) => {
    symlinkSync('bad', at('work/next'));
    renameSync(at('work/next'), at('work/link'));
    hold();
    symlinkSync('good', at('work/next'));
    renameSync(at('work/next'), at('work/link'));
  },
  // A folder on the way is another one.
  (hold) => {
    renameSync(at('work/good'), at('work/away'));
    renameSync(at('work/bad'), at('work/good'));
    hold();
    renameSync(at('work/good'), at('work/bad'));
    renameSync(at('work/away'), at('work/good'));
  },
  // A program of that name, in a folder that PATH goes through before.
  (hold) => {
    writeFileSync(at('first/tool'), `#!/bin/sh\n${say('unapproved')}`, { mode: 0o755 });
    hold();
    unlinkSync(at('first/tool'));
  },
  // The folder itself was not there.
  (hold) => {
    mkdirSync(at('absent'));
    writeFileSync(at('absent/tool'), `#!/bin/sh\n${say('unapproved')}`, { mode: 0o755 });
    hold();
    rmSync(at('absent'), { recursive: true });
  },
];

process.stdin.on('end', () => process.exit()).resume();
process.stdout.write('ready\n');
const round = () => {
  for (let turn = 0; turn < 4; turn += 1) {
    const attack = attacks[Math.floor(Math.random() * attacks.length)];
    attack?.(() => Math.random() < 0.5 && pause(6));
    if (Math.random() < 0.7) pause(40);
  }
  setImmediate(round);
};
round();
