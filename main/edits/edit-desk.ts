import { EventEmitter } from 'node:events';

import { onlyTightens } from '../policy/only-tightens.ts';
import type { PolicyFile } from '../policy/policy-file.ts';
import type { RulesFile } from '../policy/rules-file.ts';
import type { EditResult, Guarded } from '../state/guarded-document.ts';
import type { Sealed } from '../state/sealed-document.ts';
import {
  type EditSource,
  gatewayEdit,
  type ListedChange,
  type PendingEdit,
  policyFileEdit,
  rulesFileEdit,
  undoEdit,
} from './pending-edit.ts';
import { MOST_CHANGES, type PolicyChange, policyChanges, withChanges } from './policy-changes.ts';
import type { RuleMaker } from './rule-makers.ts';
import { type RulesChange, withRulesChanges } from './rules-changes.ts';
import { sharedView } from './shared-view.ts';
import { undone } from './undo.ts';
import type { Tightening, UndoBook } from './undo-book.ts';

/** How long an edit of the gateway's waits for the person. */
const WAITS_MS = 10 * 60_000;

interface Author {
  readonly by: 'person' | 'gateway' | 'file';
  readonly gatewayId: string | null;
}

/** The policy, as the desk needs it. */
export interface EditedPolicy {
  readonly path: string;
  on(event: 'changed', listener: () => void): unknown;
  read(): Promise<Sealed<PolicyFile>>;
  readRules(): Promise<Sealed<RulesFile>>;
  edit(
    baseHash: string | null,
    next: PolicyFile,
    author: Author,
    maker?: RuleMaker,
  ): Promise<EditResult<PolicyFile>>;
  settlePolicy(shown: Sealed<PolicyFile>, next: PolicyFile): Promise<EditResult<PolicyFile>>;
  settleRules(shown: Sealed<RulesFile>, next: RulesFile): Promise<EditResult<RulesFile>>;
  recordUndone(
    author: Author,
    before: Guarded<object>,
    next: object,
    result: 'refused' | 'waiting',
  ): Promise<void>;
}

export interface EditDecision {
  readonly id: string;
  /** The changes that are wanted, by id. None: all of it is refused. */
  readonly approve: readonly string[];
}

/** `changed`: what it was made on is not the same any more, so it is asked again. */
export type EditDecisionResult = 'done' | 'unknown-edit' | 'changed';

export type Proposal = 'applied' | 'changed' | 'waits' | 'too-many';

/** What a gateway wants. */
interface Wish {
  readonly from: Extract<EditSource, { kind: 'gateway' }>;
  /** The policy that it is about: another gateway's has nothing to do with it. */
  readonly path: string;
  readonly changes: readonly PolicyChange[];
}

interface Asked extends Wish {
  readonly expiresAtMs: number;
  readonly timer: NodeJS.Timeout;
}

interface DeskEvents {
  changed: [];
  /** Something new waits for the person. */
  waiting: [edit: PendingEdit];
  /** What waited does not any more. */
  closed: [id: string];
  /** The gateway tightened the policy. */
  tightened: [edit: Tightening];
}

/**
 * Edits of the policy that somebody else than the person wants: the gateway's, and those of files that were changed
 * outside. What only tightens is made, and can be undone; the rest waits here, and only the person ends that.
 */
export class EditDesk extends EventEmitter<DeskEvents> {
  readonly #policy: EditedPolicy;
  readonly #undo: UndoBook;
  readonly #now: () => number;
  #asked: Asked | null = null;
  #undoing: Tightening | null = null;
  #pending: readonly PendingEdit[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** @param now the wall clock, in milliseconds. */
  constructor(policy: EditedPolicy, undo: UndoBook, now: () => number) {
    super();
    this.#policy = policy;
    this.#undo = undo;
    this.#now = now;
    policy.on('changed', () => void this.look());
  }

  /** What waits: first what the person wants to undo, then files, and last what a gateway wants, which can be made to come at any time. */
  get pending(): readonly PendingEdit[] {
    return this.#pending;
  }

  /** What gateways tightened and the person can take back, newest first. */
  get undoable(): readonly Tightening[] {
    return this.#undo.all.filter(({ path }) => path === this.#policy.path);
  }

  /** Looks at the files as they are now. Never rejects. */
  look(): Promise<void> {
    return this.#inTurn(() => this.#look());
  }

  /**
   * An edit of the gateway's, made on what `baseHash` names. A later one replaces one that waits: what the gateway does
   * not want any more is not asked about. The same one again leaves it as it is.
   * @throws {StateError | AuditError} when it could not be stored or recorded.
   */
  propose(
    baseHash: string,
    next: PolicyFile,
    gateway: { readonly id: string; readonly name: string },
  ): Promise<Proposal> {
    return this.#inTurn(async () => {
      const base = await this.#policy.read();
      const { value, hash, degraded } = base;
      if (hash !== baseHash || value === null) return 'changed';
      // What the gateway is not shown, it does not take away by not saying it.
      const changes = policyChanges(sharedView(value), next);
      if (changes.length > MOST_CHANGES) return 'too-many';
      const wanted = withChanges(value, changes);
      const author = { by: 'gateway', gatewayId: gateway.id } as const;
      if (degraded === null && onlyTightens(value, wanted)) {
        if (changes.length > 0) {
          const { kind } = await this.#policy.edit(hash, wanted, author);
          if (kind === 'changed') return kind;
          const { path } = this.#policy;
          const from = { id: gateway.id, name: gateway.name };
          await this.#tightened({ path, from, changes, before: sharedView(value) });
        }
        this.#forgetAsked();
        await this.#look();
        return 'applied';
      }
      const { path } = this.#policy;
      if (this.#asked?.path !== path || !same(this.#asked.changes, changes)) {
        await this.#policy.recordUndone(author, base, wanted, 'waiting');
        this.#forgetAsked();
        this.#asked = this.#begin({
          from: { kind: 'gateway', id: gateway.id, name: gateway.name },
          path,
          changes,
        });
      }
      await this.#look();
      return 'waits';
    });
  }

  /**
   * The person's word on an edit. Nothing is made of one that is not exactly what was shown.
   * @throws {StateError | AuditError} when it could not be stored or recorded: then it still waits.
   */
  decide({ id, approve }: EditDecision): Promise<EditDecisionResult> {
    return this.#inTurn(async () => {
      const shown = this.#pending.find((edit) => edit.id === id);
      const chosen = shown?.changes.filter((change) => approve.includes(change.id)) ?? [];
      if (shown === undefined || chosen.length !== new Set(approve).size) return 'unknown-edit';
      // What is decided is what the files are now, not what they were when it was put on the screen.
      await this.#look();
      if (!this.#pending.some((edit) => edit.id === id)) return 'changed';
      const kind = await this.#make(shown, chosen);
      await this.#look();
      return kind === 'applied' ? 'done' : 'changed';
    });
  }

  /**
   * Takes back what a gateway tightened, as far as it still is so. Where that would allow anything that was not allowed
   * before it, since the policy was changed meanwhile, it waits like any other edit.
   * @throws {StateError | AuditError} when it could not be stored or recorded.
   */
  undo(id: string): Promise<EditDecisionResult | 'waits'> {
    return this.#inTurn(async () => {
      const edit = this.undoable.find((one) => one.id === id);
      const { value, hash } = await this.#policy.read();
      if (edit === undefined || value === null) return 'unknown-edit';
      const next = undone(value, edit.changes);
      if (policyChanges(value, next).length > 0) {
        if (edit.before === undefined || !onlyTightens(edit.before, sharedView(next))) {
          this.#undoing = edit;
          await this.#look();
          return 'waits';
        }
        const author = { by: 'person', gatewayId: edit.from.id } as const;
        const { kind } = await this.#policy.edit(hash, next, author);
        if (kind === 'changed') return 'changed';
      }
      await this.#undone(edit);
      await this.#look();
      return 'done';
    });
  }

  async #undone(edit: Tightening): Promise<void> {
    await this.#undo.remove(edit);
    this.emit('changed');
  }

  async #make(shown: PendingEdit, chosen: readonly ListedChange[]): Promise<'applied' | 'changed'> {
    if (shown.from.kind === 'file') return this.#settle(shown.from.file, chosen);
    const base = await this.#policy.read();
    if (base.value === null) return 'changed';
    const all = withChanges(base.value, ofPolicy(shown.changes));
    const author = { by: 'person', gatewayId: shown.from.id } as const;
    if (chosen.length === 0) await this.#policy.recordUndone(author, base, all, 'refused');
    else {
      const next = withChanges(base.value, ofPolicy(chosen));
      const maker = shown.from.kind === 'undo' ? 'person' : 'gateway';
      const { kind } = await this.#policy.edit(base.hash, next, author, maker);
      if (kind === 'changed') return kind;
    }
    if (shown.from.kind === 'gateway') this.#forgetAsked();
    else if (this.#undoing !== null) {
      if (chosen.length > 0) await this.#undone(this.#undoing);
      this.#undoing = null;
    }
    return 'applied';
  }

  async #settle(
    file: 'exec-approvals.json' | 'rules.json',
    chosen: readonly ListedChange[],
  ): Promise<'applied' | 'changed'> {
    if (file === 'rules.json') {
      const now = await this.#policy.readRules();
      if (now.value === null) return 'changed';
      if (chosen.length === 0) await this.#recordOutside(now, 'refused');
      const changes = chosen.map(({ change }) => change).filter(isOfRules);
      return (await this.#policy.settleRules(now, withRulesChanges(now.value, changes))).kind;
    }
    const now = await this.#policy.read();
    if (now.value === null) return 'changed';
    if (chosen.length === 0) await this.#recordOutside(now, 'refused');
    return (await this.#policy.settlePolicy(now, withChanges(now.value, ofPolicy(chosen)))).kind;
  }

  async #recordOutside<T extends object>(file: Sealed<T>, result: 'waiting' | 'refused'): Promise<void> {
    if (file.outside?.kind !== 'edit') return;
    await this.#policy.recordUndone({ by: 'file', gatewayId: null }, file, file.outside.value, result);
  }

  /** The edit is already in force; failing to offer undo must not make it look failed. */
  async #tightened(edit: Omit<Tightening, 'id' | 'atMs'>): Promise<void> {
    const entry = await this.#undo.add(edit).catch(() => null);
    if (entry === null) return;
    this.emit('tightened', entry);
    this.emit('changed');
  }

  /** What is left to ask of the gateway's wish. */
  #gatewayEdit(policy: Sealed<PolicyFile>): PendingEdit | null {
    if (this.#asked === null) return null;
    const { path, from, changes, expiresAtMs } = this.#asked;
    const edit = path === this.#policy.path ? gatewayEdit(from, policy, changes, expiresAtMs) : null;
    if (edit === null) this.#forgetAsked();
    return edit;
  }

  #begin(wish: Wish): Asked {
    const timer = setTimeout(() => void this.#expire(timer), WAITS_MS);
    timer.unref();
    return { ...wish, expiresAtMs: this.#now() + WAITS_MS, timer };
  }

  #forgetAsked(): void {
    clearTimeout(this.#asked?.timer);
    this.#asked = null;
  }

  /** Nobody answered: that is a no. */
  #expire(timer: NodeJS.Timeout): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#asked?.timer !== timer) return;
      const { from, changes } = this.#asked;
      const base = await this.#policy.read();
      const author = { by: 'gateway', gatewayId: from.id } as const;
      const wanted = base.value === null ? {} : withChanges(base.value, changes);
      await this.#policy.recordUndone(author, base, wanted, 'refused');
      this.#forgetAsked();
      await this.#look();
    });
  }

  async #look(): Promise<void> {
    const [policy, rules] = [await this.#policy.read(), await this.#policy.readRules()];
    const asked = this.#gatewayEdit(policy);
    const undoing = this.#undoing?.path === this.#policy.path ? undoEdit(this.#undoing, policy) : null;
    if (undoing === null) this.#undoing = null;
    const all = [undoing, policyFileEdit(policy), rulesFileEdit(rules), asked];
    const next = all.filter((edit) => edit !== null);
    const known = new Set(this.#pending.map(({ id }) => id));
    const gone = this.#pending.filter(({ id }) => !next.some((edit) => edit.id === id));
    const fresh = next.filter(({ id }) => !known.has(id));
    this.#pending = next;
    for (const { from } of fresh) {
      const outside =
        from.kind === 'file' ? { 'exec-approvals.json': policy, 'rules.json': rules }[from.file] : null;
      if (outside !== null) await this.#recordOutside(outside, 'waiting');
    }
    for (const { id } of gone) this.emit('closed', id);
    for (const edit of fresh) this.emit('waiting', edit);
    if (gone.length + fresh.length > 0) this.emit('changed');
  }

  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

const same = (one: readonly PolicyChange[], other: readonly PolicyChange[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const ofPolicy = (changes: readonly ListedChange[]): PolicyChange[] =>
  changes.map(({ change }) => change).filter((change) => !isOfRules(change));

const isOfRules = (change: PolicyChange | RulesChange): change is RulesChange =>
  change.kind === 'never' || change.kind === 'hash' || change.kind === 'note';
