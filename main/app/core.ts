import type { EditDesk } from '../edits/edit-desk.ts';
import type { Halt } from '../halt/halt.ts';
import type { Incidents } from '../incident/incidents.ts';
import type { Answers } from '../node/answers.ts';
import type { Gateways } from '../node/gateways.ts';
import type { PairRequest } from '../node/latchkey-node.ts';
import type { NoticeFrom, StoppedRun } from '../node/reports.ts';
import type { NodeSnapshot } from '../node/snapshot.ts';
import type { WhoseYes } from '../node/whose-yes.ts';
import type { Operator } from '../operator/operator.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { RuleNotes } from '../policy-files/rule-notes.ts';
import type { Answer, AnswerResult, CloseReason, Prompt, PromptOutcome } from '../prompt/prompt.ts';
import type { SkillBins } from '../skills/skill-bins.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import type { Unpaired } from '../unpair/unpairing.ts';

/** What the app needs of the core; `LatchkeyNode` is it. The app adds windows and a tray, and decides nothing. */
export interface Core {
  snapshot(): NodeSnapshot;
  on(event: 'changed', listener: (snapshot: NodeSnapshot) => void): unknown;
  /** A question is over, with how it ended. Comes before the snapshot without it. */
  on(event: 'prompt-closed', listener: (prompt: Prompt, outcome: PromptOutcome) => void): unknown;
  /** It was allowed, and did not run after all. */
  on(event: 'stopped', listener: (run: StoppedRun) => void): unknown;
  /** Words of the gateway, as they came. */
  on(event: 'notice', listener: (notice: NoticeFrom) => void): unknown;

  /** @throws {Error} whose message is for a person. */
  pair(request: PairRequest): Promise<void>;
  /** Gives up a pairing that is not finished; does nothing to one that is. */
  cancelPairing(): Promise<void>;
  answer(answer: Answer): AnswerResult;
  pause(): Promise<void>;
  resume(): Promise<void>;
  unpair(): Promise<Unpaired>;
  /** Says that questions can be seen from now on. */
  attachSurface(): { detach(): void };
  /** Denies everything that waits. */
  closePrompts(reason: CloseReason): void;
  /** What answers leave behind for a while. */
  readonly answers: Pick<Answers, 'isPressing' | 'denyAll' | 'grants' | 'quiet'>;
  readonly gateways: Pick<Gateways, keyof Gateways>;
  readonly skills: Pick<SkillBins, 'wanted' | 'list' | 'refresh' | 'tick' | 'untick'>;
  readonly policy: Pick<PolicyStore, 'read' | 'edit'>;
  readonly halt: Pick<Halt, 'contain' | 'contained' | 'endContainment' | 'kept' | 'pause'>;
  readonly incidents: Pick<Incidents, 'commands' | 'facts' | 'report'>;
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  readonly operator: Pick<Operator, 'status' | 'enable' | 'disable'>;
  readonly whoseYes: Pick<WhoseYes, keyof WhoseYes>;
  readonly ruleNotes: Pick<RuleNotes, 'now' | 'renew' | 'setNever'>;
  /** Edits of the policy that the person has not made. */
  readonly edits: Pick<EditDesk, 'pending' | 'undoable' | 'decide' | 'undo'> & {
    on(event: 'changed' | 'tightened', listener: () => void): unknown;
  };
  stop(): Promise<void>;
}
