/** Prints what was seen, for the reader of the run's log: "  listed: Linux". */
export function fact(what: string, seen: unknown): void {
  const text = typeof seen === 'string' ? seen : JSON.stringify(seen);
  process.stdout.write(`  ${what}: ${text.trim().replaceAll('\n', '\n    ')}\n`);
}
