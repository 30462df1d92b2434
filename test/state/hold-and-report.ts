import { holdStateFolder } from '../../main/state/single-instance.ts';

/** Tries to hold the folder at the given moment, prints "held" or the refusal, and stays until its input ends. */
const [folder = '', at = '0'] = process.argv.slice(2);
setTimeout(
  () => {
    holdStateFolder(folder, 'Latchkey')
      .then(() => 'held', String)
      .then(
        (line) => process.stdout.write(`${line}\n`),
        () => undefined,
      );
  },
  Number(at) - Date.now(),
);
process.stdin.resume();
