import type { Claim } from '../approvals/claim.ts';
import type { Assessment } from '../request/assessment.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { AllowedVersion } from '../versions/allowed-version.ts';

/** One question to the person at this Mac. It names one request, and only that one can be answered with it. */
export interface Prompt {
  readonly id: string;
  /** The digest of the assessment that is shown: an answer has to carry the same one. */
  readonly digest: string;
  readonly request: RunRequest;
  readonly assessment: Assessment;
  /** First bytes of each bound file, by real path, from the very read that was hashed. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** What each bound file was when this person allowed it last, by real path. */
  readonly lastAllowed: ReadonlyMap<string, AllowedVersion>;
  /** The gateway as this Mac paired with it, never as the request calls it. */
  readonly gateway: { readonly id: string; readonly name: string; readonly address: string };
  readonly choices: readonly Choice[];
  /** Why each other choice is not offered. */
  readonly withheld: Readonly<Partial<Record<Choice, Withheld>>>;
  /** The request says that it was approved elsewhere. That counts for nothing here, and the person should know of it. */
  readonly claim?: Claim;
  /** Where the request came from, in the gateway's word: webchat, telegram, cron. Left out: the gateway did not say. */
  readonly origin?: string;
  /** The other computer that this would run on, as the gateway calls it. Left out: it runs here. */
  readonly host?: string;
  readonly askedAtMs: number;
  /** Wall clock, in milliseconds. No answer by then is no. */
  readonly expiresAtMs: number;
}

/** From the narrowest yes to the widest, then the no. */
export const CHOICES = [
  'allow-once',
  'allow-15m',
  'allow-1h',
  'allow-session',
  'allow-always',
  /** The program of this command with any other arguments, in any folder. */
  'allow-always-any',
  'deny',
] as const;
export type Choice = (typeof CHOICES)[number];
export type AllowChoice = Exclude<Choice, 'deny'>;

/** Why a choice is not offered. */
export const WITHHELD = [
  /** The policy asks each time, or the shape can be allowed once only. */
  'once-only',
  'hidden-characters',
  /** It uses a secret, or a file that usually holds some. */
  'secret',
  /** It runs a file that nobody can read here. */
  'unreadable',
  'high-warning',
  /** No rule could say exactly this and nothing more. */
  'no-rule',
  /** Arguments are opened for one command at a time. */
  'several-commands',
  /** With other arguments its program could do more than look. */
  'arguments-decide',
] as const;
export type Withheld = (typeof WITHHELD)[number];

/** Why a prompt went away without an answer of its own. Every one of them means no. */
export type CloseReason =
  | 'expired'
  | 'cancelled'
  | 'connection-lost'
  /** An operator answered it on another of the gateway's surfaces. */
  | 'answered-elsewhere'
  | 'surface-gone'
  | 'too-many'
  | 'paused'
  | 'locked'
  | 'sleep'
  | 'unpaired'
  | 'quit'
  /** The person asked not to be disturbed by this agent or session. */
  | 'quiet';

export type PromptOutcome =
  | { readonly kind: 'decided'; readonly choice: AllowChoice }
  | { readonly kind: 'decided'; readonly choice: 'deny'; readonly reason: string | null }
  /** An answer to an identical one may settle it: it is judged again. */
  | { readonly kind: 'reconsidered' }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

interface AnswerTo {
  readonly id: string;
  readonly digest: string;
}

export type Answer =
  | (AnswerTo & { readonly decision: AllowChoice })
  | (AnswerTo & {
      readonly decision: 'deny';
      /** For the agent to read, in the person's words. */
      readonly reason?: string | undefined;
      /** Whose next questions are denied without being asked, for a while. */
      readonly quiet?: QuietScope | undefined;
    });

export type QuietScope = 'session' | 'agent';

/** What became of an answer. Only `accepted` changed anything. */
export type AnswerResult = 'accepted' | 'unknown-prompt' | 'wrong-digest' | 'not-offered';
