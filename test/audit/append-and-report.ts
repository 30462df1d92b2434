import { Journal } from '../../main/audit/journal.ts';

/** Appends without end, many at a time, and prints the number of each entry once it is said to be on the disk. */
const journal = await Journal.open(process.argv[2] ?? '');
for (;;) {
  const batch = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () =>
    journal.append({ kind: 'note', text: 'x '.repeat(Math.floor(Math.random() * 500)) }),
  );
  const entries = await Promise.all(batch);
  process.stdout.write(entries.map(({ seq }) => `${seq}\n`).join(''));
}
