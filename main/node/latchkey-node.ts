import { EventEmitter } from 'node:events';

import type { Journal } from '../audit/journal.ts';
import type { Dispatcher } from '../commands/dispatcher.ts';
import type { EditDesk } from '../edits/edit-desk.ts';
import { endEverything } from '../halt/end-everything.ts';
import type { Gate } from '../halt/gate.ts';
import { CONTAINED, type Halt } from '../halt/halt.ts';
import type { Incidents } from '../incident/incidents.ts';
import type { Operator } from '../operator/operator.ts';
import type { GatewayBook } from '../pairing/gateway-book.ts';
import { address as parseAddress, offerFromAddress, type PairingOffer } from '../pairing/pairing-offer.ts';
import type { PairingRecord } from '../pairing/pairing-record.ts';
import { parseSetupCode } from '../pairing/setup-code.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { RuleNotes } from '../policy-files/rule-notes.ts';
import type { Answer, AnswerResult, CloseReason, Prompt, PromptOutcome } from '../prompt/prompt.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import type { Runs } from '../run/runs.ts';
import type { SkillBins } from '../skills/skill-bins.ts';
import type { Marks } from '../state/marks.ts';
import type { Seal } from '../state/seal.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import type { Instance } from '../state/single-instance.ts';
import type { Unpaired, Unpairing } from '../unpair/unpairing.ts';
import type { Answers } from './answers.ts';
import type { GatewayLink } from './gateway-link.ts';
import type { Gateways } from './gateways.ts';
import type { Edits } from './open-edits.ts';
import type { FinishedRun, NoticeFrom, RefusedRun, Reports, StoppedRun } from './reports.ts';
import type { NodeSnapshot, NodeState } from './snapshot.ts';
import type { WhoseYes } from './whose-yes.ts';

export type PairRequest =
  | { readonly by: 'setup-code'; readonly setupCode: string; readonly pinWhenTrusted?: boolean | undefined }
  | {
      readonly by: 'address';
      readonly address: string;
      readonly token: string;
      readonly fingerprint: string | null;
      /** The certificate of the first trusted connection is to be the only one from then on. */
      readonly pinWhenTrusted?: boolean | undefined;
    };

interface NodeEvents {
  changed: [snapshot: NodeSnapshot];
  prompt: [prompt: Prompt];
  'prompt-closed': [prompt: Prompt, outcome: PromptOutcome];
  finished: [run: FinishedRun];
  denied: [run: RefusedRun];
  stopped: [run: StoppedRun];
  notice: [notice: NoticeFrom];
}

/** Made by `openNode`. */
export interface Parts {
  readonly instance: Instance;
  readonly halt: Halt;
  readonly unpairing: Unpairing;
  readonly incidents: Incidents;
  readonly marks: Marks;
  readonly journal: Journal;
  readonly settings: SettingsStore;
  readonly operator: Operator;
  readonly whoseYes: WhoseYes;
  readonly policy: PolicyStore;
  readonly seal: Seal;
  readonly edits: Edits;
  readonly ruleNotes: RuleNotes;
  readonly book: GatewayBook;
  readonly gateways: Gateways;
  readonly skills: SkillBins;
  readonly link: GatewayLink;
  readonly desk: PromptDesk;
  readonly answers: Answers;
  readonly runs: Runs;
  readonly dispatcher: Dispatcher;
  readonly gate: Gate;
  readonly reports: Reports;
  readonly allowPlaintext: boolean;
}

/** The whole node without a window: whatever shows or asks attaches to it as a surface. */
export class LatchkeyNode extends EventEmitter<NodeEvents> {
  readonly #parts: Parts;
  #revision = 0;
  #stopping: Promise<void> | null = null;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
    const { desk, answers, link, dispatcher, runs, reports, policy, edits, skills } = parts;
    desk.on('opened', (prompt) => {
      this.emit('prompt', prompt);
      this.#changed();
    });
    desk.on('closed', (prompt, outcome) => {
      this.emit('prompt-closed', prompt, outcome);
      this.#changed();
    });
    const { grants, quiet } = answers;
    const { halt, unpairing, settings, operator } = parts;
    for (const changing of [runs, policy, grants, quiet, edits.desk, halt, unpairing, settings, operator])
      changing.on('changed', () => this.#changed());
    reports.on('finished', (run) => void this.emit('finished', run));
    reports.on('denied', (run) => void this.emit('denied', run));
    reports.on('stopped', (run) => void this.emit('stopped', run));
    reports.on('notice', (notice) => void this.emit('notice', notice));
    link.on('status', () => this.#changed());
    link.on('connected', () => void skills.refresh());
    skills.on('changed', () => this.#changed());
    link.on('invoke', (invoke) => void dispatcher.handle(invoke, (answer) => link.reply(invoke, answer)));
    link.on('cancel', (invoke) => dispatcher.cancel(invoke));
    link.on('lost', () => {
      dispatcher.connectionLost();
      answers.grants.connectionLost(link.record?.gatewayId ?? '');
    });
  }

  /** Finishes an unpairing that was cut short, then takes up the pairing that is kept. */
  async start(): Promise<void> {
    await this.#parts.unpairing.finish();
    await this.#parts.link.resume();
    this.#changed();
  }

  snapshot(): NodeSnapshot {
    const { link, desk, answers, runs, policy, edits, halt, unpairing, seal } = this.#parts;
    const { text, command, requestId, commandsApproved } = link.status;
    const record = link.record;
    return {
      revision: this.#revision,
      state: this.#state(),
      detail: unpairing.trouble ?? (halt.contained ? (seal.broken ?? CONTAINED) : text),
      command,
      requestId,
      commandsApproved,
      gateway:
        record === null
          ? null
          : {
              id: record.gatewayId,
              name: record.gatewayName ?? hostOf(record),
              address: record.addresses[0] ?? '',
              deviceId: record.deviceId,
            },
      prompts: desk.waiting,
      grants: answers.grants.live,
      quiet: answers.quiet.live,
      running: runs.count,
      contained: halt.contained,
      unpaired: unpairing.latest,
      policyDegraded: policy.degraded !== null,
      policyEdits: edits.desk.pending.length,
      authority: {
        trustsGatewayApprovals: this.#parts.whoseYes.trustsGateway,
        isForced: this.#parts.whoseYes.isForced,
        operator: this.#parts.operator.status,
        showsOtherHosts: this.#parts.whoseYes.showsOtherHosts,
      },
    };
  }

  /**
   * Starts to pair, in place of any other gateway; how it goes on is in the snapshots.
   * @throws {PairingError} when what was given cannot be used, or the secret cannot be kept: then nobody was contacted.
   */
  async pair(request: PairRequest): Promise<void> {
    const rules = { allowPlaintext: this.#parts.allowPlaintext };
    const offer: PairingOffer =
      request.by === 'setup-code'
        ? parseSetupCode(request.setupCode, Date.now(), rules)
        : offerFromAddress(request, rules);
    const { pinWhenTrusted = false } = request;
    // Before anybody is contacted: that this Mac is contained may be known only to the Keychain.
    await this.#trustAgain();
    await this.#parts.gateways.turn(() => this.#parts.link.pair({ ...offer, pinWhenTrusted }));
    this.#parts.unpairing.turnPage();
    this.#changed();
  }

  /**
   * Whether the pairing that is kept already serves what is asked for, so that a program started twice with the same
   * words pairs once. An expired setup code still names its gateway.
   * @throws {PairingError} when what was given cannot be used.
   */
  serves(request: PairRequest): boolean {
    const { link, allowPlaintext } = this.#parts;
    const rules = { allowPlaintext };
    const addresses =
      request.by === 'setup-code'
        ? parseSetupCode(request.setupCode, 0, rules).addresses
        : [parseAddress(request.address, rules)];
    const kept = link.status.state === 'attention' ? [] : (link.record?.addresses ?? []);
    return addresses.some(({ url }) => kept.includes(url));
  }

  /** Gives up a pairing that is not finished. What was kept of it goes. */
  async cancelPairing(): Promise<void> {
    const record = this.#parts.link.record;
    if (record?.pairedAtMs !== null) return;
    await this.#parts.link.disconnect();
    await this.#parts.link.forget(record);
    // The one that was served before it, if there was one.
    const before = this.#parts.gateways.all.find(({ paired }) => paired);
    if (before !== undefined) await this.#parts.gateways.switchTo(before.id);
    this.#changed();
  }

  /** Tries to connect now instead of later. */
  retry(): void {
    this.#parts.link.retry();
  }

  answer(answer: Answer): AnswerResult {
    return this.#parts.answers.answer(answer);
  }

  /** Says that questions can be seen from now on, until `detach`. */
  attachSurface(): { detach: () => void } {
    return this.#parts.desk.attachSurface();
  }

  closePrompts(reason: CloseReason): void {
    this.#parts.desk.closeAll(reason);
  }

  /** @throws {StateError} when that would not survive a restart. */
  pause(): Promise<void> {
    return this.#parts.halt.pause();
  }

  /** @throws {StateError} when the mark could not be taken away: then this Mac stays paused. */
  resume(): Promise<void> {
    return this.#parts.halt.resume();
  }

  /** Ends remote execution for good. Works offline; what cannot be finished now is at the next start. */
  unpair(): Promise<Unpaired> {
    return this.#parts.unpairing.unpair(this.#parts.link.record);
  }

  suspend(): void {
    this.#parts.desk.closeAll('sleep');
    void this.#parts.link.suspend();
  }

  wake(): void {
    this.#parts.link.wake();
  }

  /** What answers leave behind for a while: grants, quiet times. */
  get answers(): Answers {
    return this.#parts.answers;
  }

  /** The gateways that are remembered, and what is to be decided about the one that is served. */
  get gateways(): Gateways {
    return this.#parts.gateways;
  }

  /** The commands that the gateway's skills use, and which of them the person ticked. */
  get skills(): SkillBins {
    return this.#parts.skills;
  }

  get policy(): PolicyStore {
    return this.#parts.policy;
  }

  get halt(): Halt {
    return this.#parts.halt;
  }

  /** What happened, from the record. */
  get incidents(): Incidents {
    return this.#parts.incidents;
  }

  get unpairing(): Unpairing {
    return this.#parts.unpairing;
  }

  /** The optional second connection, which sees what the gateway wants approved. */
  get operator(): Operator {
    return this.#parts.operator;
  }

  /** Whether a yes given elsewhere counts. */
  get whoseYes(): WhoseYes {
    return this.#parts.whoseYes;
  }

  get settings(): SettingsStore {
    return this.#parts.settings;
  }

  get ruleNotes(): RuleNotes {
    return this.#parts.ruleNotes;
  }

  /** Edits of the policy that the person has not made. */
  get edits(): EditDesk {
    return this.#parts.edits.desk;
  }

  /** Denies what waits, ends what runs, disconnects. Nothing is unpaired. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** After a Keychain that could not be used: looks again at what it vouches for. */
  async #trustAgain(): Promise<void> {
    const { seal, gate, marks, policy, settings, book } = this.#parts;
    if (seal.problem === null || !(await seal.retry())) return;
    gate.paused = await marks.isSet('paused');
    gate.contained = await marks.isSet('contained');
    await settings.look();
    await book.trustAgain();
    await policy.version();
  }

  async #stop(): Promise<void> {
    const { gate, desk, link, journal, instance, book, edits, seal } = this.#parts;
    edits.stop();
    gate.quitting = true;
    desk.closeAll('quit');
    await endEverything(
      this.#parts,
      'quit',
      book.all.map(({ gatewayId }) => gatewayId),
    );
    await link.disconnect();
    await book.settled();
    await seal.settled();
    await journal.close();
    await instance.release();
  }

  #state(): NodeState {
    const { gate, link } = this.#parts;
    if (link.record === null) return 'unpaired';
    if (gate.halted) return 'paused';
    return link.status.state;
  }

  #changed(): void {
    this.#revision += 1;
    this.emit('changed', this.snapshot());
  }
}

function hostOf({ addresses: [address = ''] }: PairingRecord): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
