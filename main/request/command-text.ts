/**
 * The one rendering of argv that gateway and node agree on: joined by a space, an element in double quotes when it is
 * empty or holds white space or a double quote. For reading, never for running: other argvs render the same.
 */
export function commandText(argv: readonly string[]): string {
  return argv.map((arg) => (/^$|[\s"]/.test(arg) ? `"${arg.replaceAll('"', '\\"')}"` : arg)).join(' ');
}

/** The text that a plain `sh -c <text>` runs; null for every other argv. What the gateway calls the preview. */
export function shellPayload(argv: readonly string[]): string | null {
  const [shell, flag, payload, ...rest] = argv;
  if (shell === undefined || payload === undefined || rest.length > 0 || flag !== '-c') return null;
  return PLAIN_SHELL.test(shell) ? payload : null;
}

const PLAIN_SHELL = /^(?:\/(?:usr\/(?:local\/)?)?bin\/)?(?:sh|bash|dash|ksh|zsh)$/;

/** Whether the gateway's own rendering says what argv says. A rendering that says something else is an attempt to mislead. */
export function rawCommandMatches(rawCommand: string | null, argv: readonly string[]): boolean {
  return rawCommand === null || rawCommand === commandText(argv) || rawCommand === shellPayload(argv);
}
