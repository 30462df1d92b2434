import type { Grant } from '../grants/grant.ts';
import type { OperatorStatus } from '../operator/operator-status.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { QuietTime } from '../prompt/quiet-times.ts';
import type { Unpaired } from '../unpair/unpairing.ts';

/** In the order that the tray shows them when several apply: the first that is true wins. */
export type NodeState =
  'unpaired' | 'attention' | 'paused' | 'awaiting-approval' | 'connecting' | 'offline' | 'connected';

/** All that a window, the tray or a terminal needs to show. A new one replaces the old one whole. */
export interface NodeSnapshot {
  /** Grows with every change: an older snapshot that arrives late is to be ignored. */
  readonly revision: number;
  readonly state: NodeState;
  /** What is going on and what to do now, for a person; null where the state says it all. */
  readonly detail: string | null;
  /** What to run on the gateway now; null where there is nothing to do there. */
  readonly command: string | null;
  /** The request that an operator has to approve on the gateway, while one waits. */
  readonly requestId: string | null;
  /** Whether the gateway lets commands through; null while that is not known. */
  readonly commandsApproved: boolean | null;
  readonly gateway: PairedGateway | null;
  /** The questions that wait, oldest first. */
  readonly prompts: readonly Prompt[];
  /** What is allowed for now, oldest first. */
  readonly grants: readonly Grant[];
  /** Whom the person does not want to be asked about for now. */
  readonly quiet: readonly QuietTime[];
  /** How many commands run now. */
  readonly running: number;
  /** Stopped after an incident: paused and disconnected, over restarts, until the person ends it. */
  readonly contained: boolean;
  /** How the last unpairing ended, with what was looked for after it; null when there was none since the start. */
  readonly unpaired: Unpaired | null;
  /** True when the policy file cannot be read and the last good policy is applied one step stricter. */
  readonly policyDegraded: boolean;
  /** How many edits of the policy wait for the person. */
  readonly policyEdits: number;
  readonly authority: Authority;
}

/** Whose yes counts. */
export interface Authority {
  /** An operator's yes on any of the gateway's surfaces counts as well as one on this Mac. */
  readonly trustsGatewayApprovals: boolean;
  /** The command line says so, and the setting does not count. */
  readonly isForced: boolean;
  /** The optional second connection. */
  readonly operator: OperatorStatus;
  /** Whether commands for other computers are asked about here. */
  readonly showsOtherHosts: boolean;
}

/** The gateway as this Mac paired with it. */
export interface PairedGateway {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly deviceId: string;
}
