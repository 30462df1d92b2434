import type { FileFacts } from '../facts/file-facts.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { ShellReader } from '../shell/reading.ts';
import type { Assessment } from './assessment.ts';
import type { Ask, EffectivePolicy, Security } from './effective-policy.ts';

/** Everything a judgement depends on, apart from the disk. */
export interface Case {
  readonly request: RunRequest;
  readonly policy: EffectivePolicy;
  /** What `system.run.prepare` was given; it can only tighten. Null: nothing. */
  readonly prepared: { readonly security: Security | null; readonly ask: Ask | null } | null;
  /** Whether a grant that is still valid names exactly this digest. */
  readonly granted: (digest: string) => boolean;
  /** The PATH that the run will have. */
  readonly path: string;
  /** Home folder of the user: where a request without a directory runs, and what `~` means. */
  readonly home: string;
  readonly gatewayId: string;
  readonly own: OwnPlaces;
}

/** What belongs to Latchkey itself: it never runs what is in its bundle, and what names the rest prompts at least. */
export interface OwnPlaces {
  /** Absolute paths: application bundle, program folder, the executable of this process. */
  readonly bundle: readonly string[];
  readonly stateFolder: string;
  /** Name of the Keychain item. */
  readonly keychainService: string;
}

export interface Machine {
  readonly files: FileFacts;
  readonly shell: ShellReader;
}

export interface Assessed {
  readonly assessment: Assessment;
  /** First bytes of each operand, by real path, from the very read that was hashed. Kept out of what is recorded. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** Decides one request. Never throws: what it cannot judge is denied. */
export async function assess(input: Case, machine: Machine): Promise<Assessed> {
  return Promise.reject(new Error('not yet'));
}
