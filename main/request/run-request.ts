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

/** More than a person reads and less than takes long to judge: what is longer is refused before anybody looks at it. */
const MAX_WORDS = 4096;
const MAX_TEXT = 256 * 1024;
const TOO_LONG = `longer than ${MAX_TEXT} characters`;

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);

/** Shared by `system.run.prepare` and `system.run`; null and absent mean the same on the wire. */
export const commandParams = z.object({
  command: z
    .array(z.string())
    .min(1, 'command must not be empty')
    .max(MAX_WORDS, `at most ${MAX_WORDS} words`)
    .refine((argv) => lengthOf(argv) <= MAX_TEXT, TOO_LONG),
  rawCommand: z.string().nullish(),
  cwd: z.string().nullish(),
  env: z
    .record(z.string(), z.string())
    .refine((env) => lengthOf(Object.entries(env).flat()) <= MAX_TEXT, TOO_LONG)
    .nullish(),
  agentId: z.string().nullish(),
  sessionKey: z.string().nullish(),
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
