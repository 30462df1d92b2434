import { EventEmitter } from 'node:events';
import { join } from 'node:path';

import { z } from 'zod';

import type { Journal } from '../audit/journal.ts';
import type { Judged } from '../commands/authorise.ts';
import type { SharedPolicy } from '../commands/exec-approvals.ts';
import type { RulePattern } from '../policy/assessment.ts';
import {
  type EffectivePolicy,
  effectivePolicy,
  entryKey,
  stricterByOne,
} from '../policy/effective-policy.ts';
import { onlyTightens } from '../policy/only-tightens.ts';
import { policyDocument } from '../policy/policy-document.ts';
import { agentKey, DEFAULT_POLICY, type PolicyFile, policyFile, withAllowed } from '../policy/policy-file.ts';
import { NO_RULES, type RulesFile, rulesFile } from '../policy/rules-file.ts';
import { type EditResult, type Guarded, GuardedDocument } from '../state/guarded-document.ts';
import { JsonDocument } from '../state/json-document.ts';

/** What a judgement is based on, and the name of that state of the policy. */
export interface AgentPolicy {
  readonly effective: EffectivePolicy;
  readonly version: string;
}

interface Author {
  readonly by: 'person' | 'gateway' | 'latchkey';
  readonly gatewayId: string | null;
}

/** Where no good file was ever read, nothing is allowed. */
const DENY_ALL: PolicyFile = { version: 1, defaults: { security: 'deny', ask: 'off', askFallback: 'deny' } };

/**
 * The user's policy: `exec-approvals.json` in the gateway's shape, and `rules.json` for what that has no place for. Read
 * afresh for every judgement, changed only from the state it was read in.
 */
export class PolicyStore extends EventEmitter<{ changed: [] }> implements SharedPolicy {
  #policy: GuardedDocument<PolicyFile>;
  #rules: GuardedDocument<RulesFile>;
  readonly #journal: Pick<Journal, 'append'>;
  #degraded: string | null = null;

  private constructor({ policy, rules }: Documents, journal: Pick<Journal, 'append'>) {
    super();
    this.#policy = policy;
    this.#rules = rules;
    this.#journal = journal;
  }

  /** Files that are there are the user's own; where there are none, the defaults are written. @throws {StateError} */
  static async open(folder: string, journal: Pick<Journal, 'append'>): Promise<PolicyStore> {
    const store = new PolicyStore(await openDocuments(folder), journal);
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
    const { policy, rules } = await openDocuments(folder);
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

  /** The policy file as it is now. Never rejects. */
  read(): Promise<Guarded<PolicyFile>> {
    return this.#policy.current();
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
  async allowAlways({ request, assessment, policyVersion }: Judged): Promise<boolean> {
    const { policy, rules, version } = await this.#current();
    if (version !== policyVersion || this.#degraded !== null) return false;
    if (policy.value === null || rules.value === null || assessment.allowAlways === null) return false;
    const next = withAllowed(policy.value, request.agentId, assessment.allowAlways, Date.now());
    const keys = keysOf(next, request.agentId, assessment.allowAlways);
    const hashes = assessment.segments.map(({ executable, sha256 }) => ({ executable, sha256 }));
    try {
      // First what narrows the rules: notes for an entry that is not there yet do no harm.
      const noted = await this.#editRules(rules, withHashes(rules.value, keys, hashes));
      return (
        noted && (await this.edit(policy.hash, next, { by: 'person', gatewayId: null })).kind === 'applied'
      );
    } catch {
      return false;
    }
  }

  /**
   * Remembers what the programs were that rules covered for the first time, where others than root can write them. A
   * change is noticed from then on. False when that was not possible: then nothing may run on the strength of them.
   */
  async rememberMatched({ assessment }: Judged): Promise<boolean> {
    const { rules } = await this.#current();
    if (rules.value === null) return false;
    let next = rules.value;
    for (const matched of assessment.matched) next = withHashes(next, [matched.key], [matched], 'first');
    try {
      return await this.#editRules(rules, next);
    } catch {
      return false;
    }
  }

  async propose(
    baseHash: string,
    next: PolicyFile,
    gatewayId: string | null,
  ): Promise<'applied' | 'changed' | 'loosens'> {
    const { value, hash, degraded } = await this.read();
    if (hash !== baseHash || value === null) return 'changed';
    const author = { by: 'gateway', gatewayId } as const;
    if (degraded === null && onlyTightens(value, next)) return (await this.edit(baseHash, next, author)).kind;
    await this.#journal.append({
      ...editEntry(author, value, hash, next),
      result: 'refused',
      afterHash: null,
    });
    return 'loosens';
  }

  /**
   * Replaces the policy file if it still is the one with `baseHash`. The record has the edit before it takes effect.
   * @throws {StateError | AuditError} when it could not be written or recorded.
   */
  async edit(baseHash: string | null, next: PolicyFile, author: Author): Promise<EditResult<PolicyFile>> {
    const before = await this.read();
    const entry = editEntry(author, before.value, before.hash, next);
    await this.#journal.append({ ...entry, result: 'waiting', afterHash: null });
    const result = await this.#policy.edit(baseHash, next);
    const after = result.kind === 'applied' ? { result: 'applied' as const, afterHash: result.hash } : null;
    await this.#journal.append({ ...entry, ...(after ?? { result: 'refused', afterHash: null }) });
    this.emit('changed');
    return result;
  }

  async #editRules({ value, hash }: Guarded<RulesFile>, next: RulesFile): Promise<boolean> {
    if (next === value) return true;
    const entry = editEntry({ by: 'latchkey', gatewayId: null }, value, hash, next);
    const result = await this.#rules.edit(hash, next);
    const applied = result.kind === 'applied' ? { result: result.kind, afterHash: result.hash } : null;
    await this.#journal.append({ ...entry, ...(applied ?? { result: 'refused', afterHash: null }) });
    return applied !== null;
  }

  async #current() {
    const [policy, rules] = await Promise.all([this.#policy.current(), this.#rules.current()]);
    const degraded = policy.degraded ?? rules.degraded;
    if (degraded !== this.#degraded) {
      this.#degraded = degraded;
      this.emit('changed');
    }
    const version = JSON.stringify([this.path, policy.hash, rules.hash, degraded]);
    return { policy, rules, version };
  }
}

interface Documents {
  readonly policy: GuardedDocument<PolicyFile>;
  readonly rules: GuardedDocument<RulesFile>;
}

async function openDocuments(folder: string): Promise<Documents> {
  const paths = pathsIn(folder);
  return {
    policy: await GuardedDocument.open(new JsonDocument(paths.policy, policyDocument), DEFAULT_POLICY),
    rules: await GuardedDocument.open(new JsonDocument(paths.rules, rulesFile), NO_RULES),
  };
}

const pathsIn = (folder: string) => ({
  policy: join(folder, 'exec-approvals.json'),
  rules: join(folder, 'rules.json'),
});

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
    return entry !== null && entry.source === 'allow-always' && isOne ? [entryKey(entry)] : [];
  });
}

/** Those with a hash are programs that others than root can write. `first`: what is remembered already stays. */
function withHashes(
  rules: RulesFile,
  keys: readonly string[],
  programs: readonly { readonly executable: string | null; readonly sha256: string | null }[],
  mode: 'first' | 'replace' = 'replace',
): RulesFile {
  const found = programs.flatMap(({ executable, sha256 }) =>
    executable === null || sha256 === null ? [] : [[executable, sha256] as const],
  );
  const entries = new Map(Object.entries(rules.entries));
  let changed = false;
  for (const key of keys) {
    const notes = entries.get(key) ?? { hashes: {}, matches: [], mismatches: [] };
    const hashes = new Map(Object.entries(notes.hashes));
    for (const [path, sha256] of found) {
      if (hashes.get(path) === sha256 || (mode === 'first' && hashes.has(path))) continue;
      hashes.set(path, sha256);
      changed = true;
    }
    entries.set(key, { ...notes, hashes: Object.fromEntries(hashes) });
  }
  return changed ? { ...rules, entries: Object.fromEntries(entries) } : rules;
}
