/** `npm run bench`; and, started by it, the process of the bare responder, which loads nothing else. */
const [role, url, journal] = process.argv.slice(2);

const usage = `usage: npm run bench

Measures latency, throughput, start and memory, each beside a minimal program that does the same input and output.
Takes about two minutes, and no arguments.
`;

if (role === 'responder' && url !== undefined && journal !== undefined) {
  const { respond } = await import('./responder.ts');
  await respond(url, journal);
} else if (role === undefined) {
  const { report } = await import('./report.ts');
  await report();
} else if (role === '--help' || role === '-h') process.stdout.write(usage);
else {
  process.stderr.write(`bench: takes no arguments, and was given ${role}\n\n${usage}`);
  process.exitCode = 64;
}
