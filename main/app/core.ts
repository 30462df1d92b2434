import type { NodeSnapshot } from '../node/snapshot.ts';
import type { Ask, Security } from '../policy/effective-policy.ts';
import type { Answer, AnswerResult, CloseReason, Prompt, PromptOutcome } from '../prompt/prompt.ts';

/** What the app needs of the core; `LatchkeyNode` is it. The app adds windows and a tray, and decides nothing. */
export interface Core {
  snapshot(): NodeSnapshot;
  on(event: 'changed', listener: (snapshot: NodeSnapshot) => void): unknown;
  /** A question is over, with how it ended. Comes before the snapshot without it. */
  on(event: 'prompt-closed', listener: (prompt: Prompt, outcome: PromptOutcome) => void): unknown;

  /** @throws {Error} whose message is for a person. */
  pair(request: PairRequest): Promise<void>;
  cancelPairing(): void;
  answer(answer: Answer): AnswerResult;
  /** The bound bytes of a question's files, by real path: those that were hashed, never a second read. */
  contentsOf(promptId: string): ReadonlyMap<string, Uint8Array>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  unpair(): Promise<Unpaired>;
  /** Says that questions can be seen from now on. */
  attachSurface(): { detach(): void };
  /** Denies everything that waits. */
  closePrompts(reason: CloseReason): void;
  suspend(): void;
  wake(): void;

  readPolicy(): Promise<PolicyDocument>;
  /** Counts only while the file is still the one that `baseHash` names. */
  editPolicy(baseHash: string, next: PolicyFile): Promise<PolicyEditResult>;
  stop(): Promise<void>;
}

export type PairRequest =
  | { readonly by: 'setup-code'; readonly setupCode: string }
  | {
      readonly by: 'address';
      readonly address: string;
      readonly token: string;
      readonly fingerprint: string | null;
    };

export interface Unpaired {
  readonly deviceId: string;
  /** What to run on the gateway, so that it forgets this Mac too. */
  readonly removeCommand: string;
}

export interface PolicyDocument {
  readonly file: PolicyFile;
  readonly hash: string;
  readonly degraded: boolean;
}

export type PolicyEditResult =
  | { readonly ok: true; readonly hash: string }
  | { readonly ok: false; readonly reason: 'changed-meanwhile' | 'refused'; readonly message: string };

/** The gateway's own shape, version 1; fields that are not named here are kept as they are. */
export interface PolicyFile {
  readonly version: 1;
  readonly defaults?: PolicyModes | undefined;
  readonly agents?: Readonly<Record<string, AgentEntry>> | undefined;
  readonly [other: string]: unknown;
}

export interface PolicyModes {
  readonly security?: Security | undefined;
  readonly ask?: Ask | undefined;
  readonly askFallback?: Security | undefined;
  readonly [other: string]: unknown;
}

export interface AgentEntry extends PolicyModes {
  readonly allowlist?: readonly AllowlistEntry[] | undefined;
}

export interface AllowlistEntry {
  readonly id?: string | undefined;
  readonly pattern: string;
  readonly argPattern?: string | undefined;
  readonly lastUsedAt?: number | undefined;
  readonly lastUsedCommand?: string | undefined;
  readonly [other: string]: unknown;
}
