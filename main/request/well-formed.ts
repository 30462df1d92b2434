import type { RunRequest } from './run-request.ts';

/**
 * Names the first field that no process can be given as it stands: NUL ends a C string, and a lone surrogate has no
 * UTF-8. Null: every field is what it seems.
 */
export function illFormedField(request: RunRequest): string | null {
  const fields: [string, string | null][] = [
    ...request.argv.map((arg, index): [string, string] => [`command[${index}]`, arg]),
    ['cwd', request.cwd],
    ['rawCommand', request.rawCommand],
    ['agentId', request.agentId],
    ['sessionKey', request.sessionKey],
    ...Object.entries(request.env).flatMap(([name, value]): [string, string][] => [
      ['env', name],
      [`env.${name}`, value],
    ]),
  ];
  const bad = fields.find(([, value]) => value !== null && isIllFormed(value));
  return bad?.[0] ?? null;
}

// With the `u` flag a surrogate that has its partner is not matched by \p{Cs}.
const LONE_SURROGATE = /\p{Cs}/u;

/** Whether a text holds NUL or a lone surrogate. */
function isIllFormed(text: string): boolean {
  return text.includes('\0') || LONE_SURROGATE.test(text);
}
