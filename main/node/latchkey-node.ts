import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';

import type { Journal } from '../audit/journal.ts';
import type { Dispatcher } from '../commands/dispatcher.ts';
import type { EditDesk } from '../edits/edit-desk.ts';
import { address as parseAddress, offerFromAddress, type PairingOffer } from '../pairing/pairing-offer.ts';
import type { PairingRecord } from '../pairing/pairing-record.ts';
import { parseSetupCode } from '../pairing/setup-code.ts';
import type { Answer, AnswerResult, CloseReason, Prompt, PromptOutcome } from '../prompt/prompt.ts';
import type { PromptDesk } from '../prompt/prompt-desk.ts';
import type { Marks } from '../state/marks.ts';
import type { Seal } from '../state/seal.ts';
import type { Instance } from '../state/single-instance.ts';
import type { Answers } from './answers.ts';
import type { Gate } from './gate.ts';
import type { GatewayBook } from './gateway-book.ts';
import type { GatewayLink } from './gateway-link.ts';
import type { Gateways } from './gateways.ts';
import type { Edits } from './open-edits.ts';
import type { PolicyStore } from './policy-store.ts';
import type { FinishedRun, NoticeFrom, RefusedRun, Reports, StoppedRun } from './reports.ts';
import type { Runs } from './runs.ts';
import type { SettingsStore } from './settings-store.ts';
import type { NodeSnapshot, NodeState } from './snapshot.ts';

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
  /** What to run on the gateway, so that it forgets this Mac too: a node may not remove itself. */
  readonly removeCommand: string;
}

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
  readonly marks: Marks;
  readonly journal: Journal;
  readonly settings: SettingsStore;
  readonly policy: PolicyStore;
  readonly seal: Seal;
  readonly edits: Edits;
  readonly book: GatewayBook;
  readonly gateways: Gateways;
  readonly link: GatewayLink;
  readonly desk: PromptDesk;
  readonly answers: Answers;
  readonly runs: Runs;
  readonly dispatcher: Dispatcher;
  readonly gate: Gate;
  readonly reports: Reports;
  readonly allowPlaintext: boolean;
}

const ANSWERS_MS = 2000;

/** The whole node without a window: whatever shows or asks attaches to it as a surface. */
export class LatchkeyNode extends EventEmitter<NodeEvents> {
  readonly #parts: Parts;
  #revision = 0;
  #unpairing: Promise<Unpaired> | null = null;
  #stopping: Promise<void> | null = null;
  /** What could not be finished, in words, until it is. */
  #trouble: string | null = null;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
    const { desk, answers, link, dispatcher, runs, reports, policy, edits } = parts;
    desk.on('opened', (prompt) => {
      this.emit('prompt', prompt);
      this.#changed();
    });
    desk.on('closed', (prompt, outcome) => {
      this.emit('prompt-closed', prompt, outcome);
      this.#changed();
    });
    for (const changing of [runs, policy, answers.grants, answers.quiet, edits.desk])
      changing.on('changed', () => this.#changed());
    reports.on('finished', (run) => void this.emit('finished', run));
    reports.on('denied', (run) => void this.emit('denied', run));
    reports.on('stopped', (run) => void this.emit('stopped', run));
    reports.on('notice', (notice) => void this.emit('notice', notice));
    link.on('status', () => this.#changed());
    link.on('invoke', (invoke) => void dispatcher.handle(invoke, (answer) => link.reply(invoke, answer)));
    link.on('cancel', (invoke) => dispatcher.cancel(invoke));
    link.on('lost', () => {
      dispatcher.connectionLost();
      answers.grants.connectionLost(link.record?.gatewayId ?? '');
    });
  }

  /** Finishes an unpairing that was cut short, then takes up the pairing that is kept. */
  async start(): Promise<void> {
    for (const record of this.#parts.book.all) {
      if (await this.#parts.marks.isSet({ unpaired: record.gatewayId })) await this.#forget(record);
    }
    const active = this.#parts.book.active;
    if (active === null || !(await this.#parts.marks.isSet({ unpaired: active.gatewayId }))) {
      await this.#parts.link.resume();
    }
    this.#changed();
  }

  snapshot(): NodeSnapshot {
    const { link, desk, answers, runs, policy, edits } = this.#parts;
    const { text, command, requestId, commandsApproved } = link.status;
    const record = link.record;
    return {
      revision: this.#revision,
      state: this.#state(),
      detail: this.#trouble ?? text,
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
      policyDegraded: policy.degraded !== null,
      policyEdits: edits.desk.pending.length,
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
    await this.#parts.gateways.turn(() => this.#parts.link.pair(offer));
    await this.#trustAgain();
    this.#trouble = null;
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

  /** Denies what waits and refuses what comes; what runs goes on. @throws {StateError} when that would not survive a restart. */
  async pause(): Promise<void> {
    const { gate, desk, marks, journal } = this.#parts;
    gate.paused = true;
    desk.closeAll('paused');
    this.#changed();
    await marks.set('paused', new Date());
    await journal.append({ kind: 'pause', paused: true, by: 'person' });
  }

  /** @throws {StateError} when the mark could not be taken away: then this Mac stays paused. */
  async resume(): Promise<void> {
    const { gate, marks, journal, policy } = this.#parts;
    await journal.append({ kind: 'pause', paused: false, by: 'person' });
    await marks.clear('paused');
    await policy.version();
    gate.paused = false;
    this.#changed();
  }

  /**
   * Ends remote execution for good: marks, denies, ends runs, disconnects, deletes the secret. Works offline. From the
   * first step on nothing starts any more; what cannot be finished now, such as a locked Keychain, is at the next start.
   */
  unpair(): Promise<Unpaired> {
    const record = this.#parts.link.record;
    if (record === null) return Promise.reject(new Error('This Mac is not paired with a gateway.'));
    this.#unpairing ??= this.#unpair(record).finally(() => (this.#unpairing = null));
    return this.#unpairing;
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

  get policy(): PolicyStore {
    return this.#parts.policy;
  }

  get settings(): SettingsStore {
    return this.#parts.settings;
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
    const { seal, gate, marks, policy } = this.#parts;
    if (seal.problem === null || !(await seal.retry())) return;
    gate.paused = await marks.isSet('paused');
    await policy.version();
  }

  async #stop(): Promise<void> {
    const { gate, desk, link, journal, instance, edits } = this.#parts;
    edits.stop();
    gate.quitting = true;
    desk.closeAll('quit');
    await this.#endRuns('quit');
    await link.disconnect();
    await journal.close();
    await instance.release();
  }

  /** Resolves when what ran is gone and its end recorded, and the gateway has its answers or was waited for long enough. */
  async #endRuns(reason: 'quit' | 'unpaired'): Promise<void> {
    const { runs, dispatcher } = this.#parts;
    await runs.endAll(reason);
    await Promise.race([dispatcher.idle(), setTimeout(ANSWERS_MS, undefined, { ref: false })]);
  }

  async #unpair(record: PairingRecord): Promise<Unpaired> {
    const { gate, marks, journal, desk, link } = this.#parts;
    const { gatewayId, deviceId } = record;
    gate.unpaired = true;
    desk.closeAll('unpaired');
    const ended = this.#endRuns('unpaired');
    const note = (step: string) =>
      journal.append({ kind: 'unpair', gatewayId, deviceId, step }).catch(() => undefined);
    // A mark that cannot be set is no reason to stay paired: the secret goes all the same.
    await marks.set({ unpaired: gatewayId }, new Date()).catch(() => note('not-marked'));
    await note('begun');
    await ended;
    await link.disconnect();
    await this.#forget(record);
    this.#changed();
    return { deviceId, removeCommand: removeCommand(deviceId) };
  }

  async #forget(record: PairingRecord): Promise<void> {
    const { link, journal, gate } = this.#parts;
    const { gatewayId, deviceId } = record;
    try {
      await link.forget(record);
      await journal
        .append({ kind: 'unpair', gatewayId, deviceId, step: 'secret-deleted' })
        .catch(() => undefined);
      this.#trouble = `Unpaired. The gateway keeps its own record of this Mac until you run there: \`${removeCommand(deviceId)}\``;
    } catch (error) {
      const why = error instanceof Error ? error.message : 'an unknown error';
      this.#trouble = `Unpaired, but the secret could not be deleted yet: ${why} It is tried again at the next start.`;
    }
    gate.unpaired = false;
  }

  #state(): NodeState {
    const { gate, link } = this.#parts;
    if (link.record === null) return 'unpaired';
    if (gate.paused) return 'paused';
    return link.status.state;
  }

  #changed(): void {
    this.#revision += 1;
    this.emit('changed', this.snapshot());
  }
}

const removeCommand = (deviceId: string): string => `openclaw devices remove ${deviceId}`;

function hostOf({ addresses: [address = ''] }: PairingRecord): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
