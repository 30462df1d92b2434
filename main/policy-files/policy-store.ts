import { EventEmitter } from 'node:events';
import { join, relative } from 'node:path';

import { z } from 'zod';

import type { Journal } from '../audit/journal.ts';
import { tightenedPolicy } from '../edits/policy-changes.ts';
import { newRules, type RuleMaker, withMaker } from '../edits/rule-makers.ts';
import { tightenedRules } from '../edits/rules-changes.ts';
import {
  type EffectivePolicy,
  effectivePolicy,
  entryKey,
  stricterByOne,
} from '../policy/effective-policy.ts';
import { policyDocument } from '../policy/policy-document.ts';
import { agentKey, DEFAULT_POLICY, type PolicyFile, policyFile, withAllowed } from '../policy/policy-file.ts';
import { NO_RULES, type RulesFile, rulesFile } from '../policy/rules-file.ts';
import type { RulePattern } from '../request/assessment.ts';
import type { Judged } from '../request/judged.ts';
import type { EditResult, Guarded } from '../state/guarded-document.ts';
import { JsonDocument } from '../state/json-document.ts';
import type { Seal, Strictest } from '../state/seal.ts';
import { type FirstFiles, type Sealed, SealedDocument } from '../state/sealed-document.ts';
import { withFirstUse, withHashes } from './remembered-files.ts';

/** What a judgement is based on, and the name of that state of the policy. */
export interface AgentPolicy {
  readonly effective: EffectivePolicy;
  readonly version: string;
}

/** Who changes the policy. `file`: another program of this user, by writing the file. */
export interface Author {
  readonly by: 'person' | 'gateway' | 'file' | 'latchkey';
  readonly gatewayId: string | null;
}

const PERSON: Author = { by: 'person', gatewayId: null };

/** Where no good file was ever read, nothing is allowed. */
const DENY_ALL: PolicyFile = { version: 1, defaults: { security: 'deny', ask: 'off', askFallback: 'deny' } };

const POLICY = 'exec-approvals.json';
const RULES = 'rules.json';

export interface PolicyParts {
  readonly stateFolder: string;
  /** What files are that are there at the first start: the person's own, or such as anybody can have put there. */
  readonly firstFiles: FirstFiles;
  readonly seal: Seal;
  readonly journal: Pick<Journal, 'append'>;
}

/** The hash of no file at all. */
const NO_FILE = '0'.repeat(64);

/**
 * What counts where the seal is broken: from there the files of the policy are asked about rule by rule, for every gateway
 * that had some, and the settings are the defaults, which are the safe choices.
 * @param places names of the places of gateways beside the state folder's own.
 */
export function strictest(places: readonly string[]): Strictest {
  const folders = ['', ...places.map((name) => join('gateways', name))];
  const documents = folders.flatMap((folder) => [
    [join(folder, POLICY), sealedAs(DENY_ALL)] as const,
    [join(folder, RULES), sealedAs(NO_RULES)] as const,
  ]);
  return {
    documents: { ...Object.fromEntries(documents), 'settings.json': sealedAs({}) },
    // A mark that may have been taken away counts as set; and whom this Mac would connect to is not certain either.
    marks: ['paused', 'contained'],
  };
}

const sealedAs = (content: object) => ({ hash: NO_FILE, text: JSON.stringify(content), taken: null });

/**
 * The user's policy: `exec-approvals.json` in the gateway's shape, and `rules.json` for what that has no place for. Read
 * afresh for every judgement, changed only from the state it was read in. Of what others write into the files only what
 * tightens counts; the rest waits in `outside`.
 */
export class PolicyStore extends EventEmitter<{ changed: [] }> {
  readonly #parts: PolicyParts;
  #policy: SealedDocument<PolicyFile>;
  #rules: SealedDocument<RulesFile>;
  #degraded: string | null = null;
  #last = '';

  private constructor(parts: PolicyParts, { policy, rules }: Documents) {
    super();
    this.#parts = parts;
    this.#policy = policy;
    this.#rules = rules;
  }

  /** Files that are there at the first start are the user's own; where there are none, the defaults are written. @throws {StateError} */
  static async open(folder: string, parts: PolicyParts): Promise<PolicyStore> {
    const store = new PolicyStore(parts, await openDocuments(folder, parts));
    await store.version();
    return store;
  }

  /**
   * Goes on with the files of another folder, as `open` would: another gateway is served, and nothing that was judged or
   * shown by the files before counts any more.
   * @throws {StateError} when they cannot be used: then everything is as it was.
   */
  async serve(folder: string): Promise<void> {
    if (pathsIn(folder).policy === this.path) return;
    const { policy, rules } = await openDocuments(folder, this.#parts);
    this.#policy = policy;
    this.#rules = rules;
    await this.version();
    this.emit('changed');
  }

  get path(): string {
    return this.#policy.path;
  }

  /** Why the files do not count as they are; null when they do. */
  get degraded(): string | null {
    return this.#degraded;
  }

  /** The policy that counts now. Never rejects. */
  read(): Promise<Sealed<PolicyFile>> {
    return this.#policy.current();
  }

  /** What counts now of what the gateway's shape has no place for. Never rejects. */
  readRules(): Promise<Sealed<RulesFile>> {
    return this.#rules.current();
  }

  /** Never rejects. */
  async forAgent(agentId: string | null): Promise<AgentPolicy> {
    const { policy, rules, version } = await this.#current();
    const good = policy.value !== null && rules.value !== null;
    const effective = effectivePolicy(good ? policy.value : DENY_ALL, agentId, rules.value ?? NO_RULES);
    return { effective: this.#degraded === null ? effective : stricterByOne(effective), version };
  }

  /** Names the state that the files are in now. Never rejects. */
  async version(): Promise<string> {
    return (await this.#current()).version;
  }

  /**
   * Stores what "always allow here" means for what was judged, with the programs' hashes. False when the policy is not
   * the one any more that it was judged by, or cannot be written: an answer must not bring back a rule that was taken
   * away meanwhile.
   */
  async allowAlways(
    { request, assessment, policyVersion }: Judged,
    width: 'exact' | 'any-arguments',
  ): Promise<boolean> {
    const { policy, rules, version } = await this.#current();
    if (version !== policyVersion || this.#degraded !== null) return false;
    const patterns = width === 'exact' ? assessment.allowAlways : assessment.allowAlwaysAny;
    if (policy.value === null || rules.value === null || patterns === null) return false;
    const next = withAllowed(policy.value, request.agentId, patterns, Date.now());
    const keys = keysOf(next, request.agentId, patterns);
    const hashes = assessment.segments.map(({ executable, sha256 }) => ({ executable, sha256 }));
    try {
      // First what narrows the rules: notes for an entry that is not there yet do no harm.
      const hashed = withHashes(rules.value, keys, hashes);
      // Pressed again for what is allowed already, it changes nothing: what hangs on this policy stays.
      const renewed = keys.filter((key) => hashed.entries[key] !== rules.value?.entries[key]);
      const made = [...newRules(policy.value, next), ...renewed];
      const noted = await this.#editRules(rules, withMaker(hashed, made, 'person', new Date()));
      return noted && (await this.#editPolicy(policy.hash, next, PERSON)).kind === 'applied';
    } catch {
      return false;
    }
  }

  /**
   * Remembers what the programs were that rules covered for the first time. A change is noticed from then on. False when
   * that was not possible: then nothing may run on the strength of them.
   */
  async rememberMatched({ assessment }: Judged): Promise<boolean> {
    const { rules } = await this.#current();
    if (rules.value === null) return false;
    let next: RulesFile | null = rules.value;
    for (const matched of assessment.matched) next = next && withFirstUse(next, matched);
    try {
      return next !== null && (await this.#editRules(rules, next));
    } catch {
      return false;
    }
  }

  /**
   * Replaces the policy if what counts still is what `baseHash` names. The record has the edit before it takes effect.
   * @param maker who wanted the rules that are new in it.
   * @throws {StateError | AuditError} when it could not be written, sealed or recorded.
   */
  async edit(
    baseHash: string | null,
    next: PolicyFile,
    author: Author,
    maker: RuleMaker = 'person',
  ): Promise<EditResult<PolicyFile>> {
    const result = await this.#editPolicy(baseHash, next, author);
    await this.#noteMaker(result, next, maker);
    return result;
  }

  /** As `edit`, for `rules.json`. */
  editRules(baseHash: string | null, next: RulesFile, author: Author): Promise<EditResult<RulesFile>> {
    return this.#recorded(this.#rules, next, author, () => this.#rules.edit(baseHash, next));
  }

  /** Ends what waits outside, by the person's word: `next` counts and is what the file says. @throws as `edit` */
  async settlePolicy(shown: Sealed<PolicyFile>, next: PolicyFile): Promise<EditResult<PolicyFile>> {
    const result = await this.#recorded(this.#policy, next, PERSON, () => this.#policy.settle(shown, next));
    await this.#noteMaker(result, next, 'file');
    return result;
  }

  /** @throws as `edit` */
  settleRules(shown: Sealed<RulesFile>, next: RulesFile): Promise<EditResult<RulesFile>> {
    return this.#recorded(this.#rules, next, PERSON, () => this.#rules.settle(shown, next));
  }

  /** Puts an edit on the record that was not made: it waits, or was refused. Never rejects. */
  async recordUndone(author: Author, before: Guarded<object>, next: object, result: 'refused' | 'waiting') {
    const entry = editEntry(author, before.value, before.hash, next);
    await this.#parts.journal.append({ ...entry, result, afterHash: null }).catch(() => undefined);
  }

  #editPolicy(baseHash: string | null, next: PolicyFile, author: Author) {
    return this.#recorded(this.#policy, next, author, () => this.#policy.edit(baseHash, next));
  }

  /** The rules are made already: a note that cannot be kept does not take them back. */
  async #noteMaker(result: EditResult<PolicyFile>, next: PolicyFile, maker: RuleMaker): Promise<void> {
    if (result.kind !== 'applied' || result.before.value === null) return;
    const rules = await this.#rules.current();
    // While that file waits for the person, a note would be one more difference to read.
    if (rules.value === null || rules.outside !== null) return;
    const noted = withMaker(rules.value, newRules(result.before.value, next), maker, new Date());
    await this.#editRules(rules, noted).catch(() => undefined);
    await this.#current();
  }

  async #recorded<T extends object>(
    document: SealedDocument<T>,
    next: T,
    author: Author,
    edit: () => Promise<EditResult<T>>,
  ): Promise<EditResult<T>> {
    const before = await document.current();
    const entry = editEntry(author, before.value, before.hash, next);
    await this.#parts.journal.append({ ...entry, result: 'waiting', afterHash: null });
    const result = await edit();
    const after = result.kind === 'applied' ? { result: 'applied' as const, afterHash: result.hash } : null;
    await this.#parts.journal.append({ ...entry, ...(after ?? { result: 'refused', afterHash: null }) });
    await this.#current();
    this.emit('changed');
    return result;
  }

  async #editRules({ value, hash }: Guarded<RulesFile>, next: RulesFile): Promise<boolean> {
    if (next === value) return true;
    const entry = editEntry({ by: 'latchkey', gatewayId: null }, value, hash, next);
    const result = await this.#rules.edit(hash, next);
    const applied = result.kind === 'applied' ? { result: result.kind, afterHash: result.hash } : null;
    await this.#parts.journal.append({ ...entry, ...(applied ?? { result: 'refused', afterHash: null }) });
    return applied !== null;
  }

  async #current() {
    const [policy, rules] = await Promise.all([this.#policy.current(), this.#rules.current()]);
    const degraded = policy.degraded ?? rules.degraded;
    // A file that is changed while something is being decided stops that, whether the change counts or waits.
    const outside = [policy.outside, rules.outside].map((waiting) => waiting?.hash);
    const version = JSON.stringify([this.path, policy.hash, rules.hash, degraded, outside]);
    this.#degraded = degraded;
    if (version !== this.#last) {
      this.#last = version;
      this.emit('changed');
    }
    return { policy, rules, version };
  }
}

interface Documents {
  readonly policy: SealedDocument<PolicyFile>;
  readonly rules: SealedDocument<RulesFile>;
}

async function openDocuments(
  folder: string,
  { stateFolder, firstFiles, seal, journal }: PolicyParts,
): Promise<Documents> {
  const adopted = (before: Guarded<object>, after: object, hash: string) => {
    const entry = editEntry({ by: 'file', gatewayId: null }, before.value, before.hash, after);
    // It holds in any case: what tightens does not wait for the record.
    journal.append({ ...entry, result: 'applied', afterHash: hash }).catch(() => undefined);
  };
  const paths = pathsIn(folder);
  const shared = (path: string) => ({
    seal,
    adopted,
    name: relative(stateFolder, path),
    // Files for another gateway are made by us, empty: one that is there already is somebody else's.
    firstFile: folder === stateFolder ? firstFiles : 'asked',
  });
  return {
    policy: await SealedDocument.open({
      document: new JsonDocument(paths.policy, policyDocument),
      ...shared(paths.policy),
      initial: DEFAULT_POLICY,
      tightened: tightenedPolicy,
    }),
    rules: await SealedDocument.open({
      document: new JsonDocument(paths.rules, rulesFile),
      ...shared(paths.rules),
      initial: NO_RULES,
      tightened: tightenedRules,
    }),
  };
}

const pathsIn = (folder: string) => ({ policy: join(folder, POLICY), rules: join(folder, RULES) });

function editEntry(author: Author, before: object | null, beforeHash: string | null, after: object) {
  const json = z.json();
  return {
    kind: 'policy-edit',
    ...author,
    beforeHash,
    before: json.parse(before),
    after: json.parse(after),
  } as const;
}

/** The names in rules.json of the entries that "always allow here" made, now or before. */
function keysOf(file: PolicyFile, agentId: string | null, patterns: readonly RulePattern[]): string[] {
  const list = Object.entries(policyFile.parse(file).agents ?? {}).find(
    ([id]) => id === agentKey(agentId),
  )?.[1].allowlist;
  return (list ?? []).flatMap((entry) => {
    const isOne = patterns.some(
      ({ pattern, argPattern }) => entry?.pattern === pattern && (entry.argPattern ?? null) === argPattern,
    );
    if (entry === null || !isOne) return [];
    return (entry.source === 'allow-always') === ((entry.argPattern ?? null) !== null)
      ? [entryKey(entry)]
      : [];
  });
}
