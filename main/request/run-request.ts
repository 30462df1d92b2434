import { z } from 'zod';

/** What the gateway asks to run, after validation. Nothing in here has been judged yet. */
export interface RunRequest {
  /** Exactly what would be executed, byte for byte. Never empty. */
  readonly argv: readonly string[];
  /** The gateway's own rendering of the command: checked against argv, never executed. */
  readonly rawCommand: string | null;
  /** The directory as asked for, not yet resolved. Null: the home folder. */
  readonly cwd: string | null;
  /** Environment overrides as asked for, not yet judged. */
  readonly env: Readonly<Record<string, string>>;
  readonly agentId: string | null;
  /** Routes answers. It authenticates nobody. */
  readonly sessionKey: string | null;
}

/** As much as can be shown to a person whole. What is longer is refused before anybody looks at it, never cut. */
const MAX_WORDS = 4096;
const MAX_BYTES = 64 * 1024;
const TOO_LONG = `longer than ${MAX_BYTES} bytes`;
/** Names stand in the heading of a prompt, which does not scroll. */
export const AGENT_CHARACTERS = 256;
const SESSION_CHARACTERS = 1024;
const PATH_BYTES = 4096;

const utf8 = new TextEncoder();
const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + utf8.encode(text).length, 0);

/** Shared by `system.run.prepare` and `system.run`; null and absent mean the same on the wire. */
export const commandParams = z.object({
  command: z
    .array(z.string())
    .min(1, 'command must not be empty')
    .max(MAX_WORDS, `at most ${MAX_WORDS} words`)
    .refine((argv) => bytesOf(argv) <= MAX_BYTES, TOO_LONG),
  /** Only compared, and quotes make it longer than the words. */
  rawCommand: z
    .string()
    .max(4 * MAX_BYTES)
    .nullish(),
  cwd: z
    .string()
    .refine((cwd) => bytesOf([cwd]) <= PATH_BYTES, `longer than ${PATH_BYTES} bytes`)
    .nullish(),
  env: z
    .record(z.string(), z.string())
    .refine((env) => bytesOf(Object.entries(env).flat()) <= MAX_BYTES, TOO_LONG)
    .nullish(),
  agentId: z.string().max(AGENT_CHARACTERS).nullish(),
  sessionKey: z.string().max(SESSION_CHARACTERS).nullish(),
});

/** Brings validated wire parameters into the shape that the rest of the program uses. */
export function toRunRequest(params: z.infer<typeof commandParams>): RunRequest {
  return {
    argv: params.command,
    rawCommand: params.rawCommand ?? null,
    cwd: params.cwd ?? null,
    env: params.env ?? {},
    agentId: params.agentId ?? null,
    sessionKey: params.sessionKey ?? null,
  };
}
