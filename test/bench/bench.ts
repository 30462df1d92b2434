/** `npm run bench`; and, started by it, the process of the bare responder, which loads nothing else. */
const [role, url, journal] = process.argv.slice(2);

if (role === 'responder' && url !== undefined && journal !== undefined) {
  const { respond } = await import('./responder.ts');
  await respond(url, journal);
} else {
  const { report } = await import('./report.ts');
  await report();
}
