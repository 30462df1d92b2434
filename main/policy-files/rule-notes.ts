import { z } from 'zod';

import { RULE_MAKERS, type RuleMaker, withMaker } from '../edits/rule-makers.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { effectivePolicy } from '../policy/effective-policy.ts';
import { policyFile } from '../policy/policy-file.ts';
import { NO_RULES, type RulesFile } from '../policy/rules-file.ts';
import type { PolicyStore } from './policy-store.ts';

/** A file that is not what it was when its rule was made: the rule does not count for it. */
export interface ChangedFile {
  /** Names the rule. */
  readonly key: string;
  readonly path: string;
  /** SHA-256 (hex) of what it is now; null: it cannot be read. */
  readonly sha256: string | null;
}

export interface RuleNotesNow {
  /** Names the `rules.json` that counts; an edit carries it. */
  readonly hash: string | null;
  readonly editable: boolean;
  readonly never: RulesFile['never'];
  /** Rules that match nothing, with why. */
  readonly off: readonly { readonly key: string; readonly why: 'bad-arg-pattern' | 'examples-fail' }[];
  readonly changed: readonly ChangedFile[];
  readonly made: readonly RuleMade[];
}

/** Who wanted a rule that the person made or let in, and when; nothing is known of those from before this was kept. */
export interface RuleMade {
  readonly key: string;
  readonly by: RuleMaker;
  /** Wall clock, in milliseconds. */
  readonly atMs: number;
}

const madeNote = z.object({
  by: z.enum(RULE_MAKERS),
  at: z.iso
    .datetime()
    .transform((at) => Date.parse(at))
    .pipe(z.number().nonnegative()),
});

const PERSON = { by: 'person', gatewayId: null } as const;
/** As for what is bound. */
const BOUNDS = { limit: 100 * 1024 * 1024, keep: 0 };

/** What `rules.json` keeps, for the person to see and to edit. */
export class RuleNotes {
  readonly #policy: PolicyStore;
  readonly #files: FileFacts;
  /** What a file was at the last look, by what tells one state of it from another. */
  readonly #seen = new Map<string, { readonly state: string; readonly sha256: string | null }>();

  constructor(policy: PolicyStore, files: FileFacts) {
    this.#policy = policy;
    this.#files = files;
  }

  async now(): Promise<RuleNotesNow> {
    const [policy, rules] = [await this.#policy.read(), await this.#policy.readRules()];
    const notes = rules.value ?? NO_RULES;
    const agents = Object.keys(policyFile.safeParse(policy.value).data?.agents ?? {});
    const file = policy.value ?? { version: 1 as const };
    const all = agents.flatMap((id) => effectivePolicy(file, id, notes).rules);
    const off = new Map(all.flatMap(({ key, off: why }) => (why === null ? [] : [[key, why] as const])));
    return {
      hash: rules.hash,
      editable: rules.value !== null && rules.degraded === null,
      never: notes.never,
      off: [...off].map(([key, why]) => ({ key, why })),
      changed: await this.#changed(notes, new Set(all.map(({ key }) => key))),
      made: Object.entries(notes.entries).flatMap(([key, note]) => {
        const made = madeNote.safeParse(note).data;
        return made === undefined ? [] : [{ key, by: made.by, atMs: made.at }];
      }),
    };
  }

  /**
   * Takes the files of a rule for what was allowed, as they were shown. False when something of that changed meanwhile.
   * @throws {StateError | AuditError} when it could not be stored or recorded.
   */
  async renew(baseHash: string, key: string, shown: readonly string[]): Promise<boolean> {
    const { value, hash } = await this.#policy.readRules();
    const notes = value && Object.hasOwn(value.entries, key) ? value.entries[key] : undefined;
    if (value === null || notes === undefined || hash !== baseHash) return false;
    this.#seen.clear();
    const changed = await this.#changed(value, new Set([key]));
    const hashes = new Map(Object.entries(notes.hashes));
    if (shown.length === 0 || JSON.stringify(changed.map(({ sha256 }) => sha256)) !== JSON.stringify(shown))
      return false;
    for (const { path, sha256 } of changed) if (sha256 !== null) hashes.set(path, sha256);
    const entries = new Map(Object.entries(value.entries));
    entries.set(key, { ...notes, hashes: Object.fromEntries(hashes) });
    const next = withMaker({ ...value, entries: Object.fromEntries(entries) }, [key], 'person', new Date());
    return (await this.#policy.editRules(baseHash, next, PERSON)).kind === 'applied';
  }

  /**
   * Puts a name on the never-list, or takes it off. An agent of null stands for all. False when the list changed meanwhile.
   * @throws {StateError | AuditError} when it could not be stored or recorded.
   */
  async setNever(
    baseHash: string,
    { name, agent, effect }: { name: string; agent: string | null; effect: 'deny' | 'prompt' | null },
  ): Promise<boolean> {
    const { value, hash } = await this.#policy.readRules();
    if (value === null || hash !== baseHash) return false;
    const others = value.never.filter((one) => one.name !== name || (one.agent ?? null) !== agent);
    const entry = effect && { name, effect, ...(agent === null ? {} : { agent }) };
    const next = { ...value, never: entry === null ? others : [...others, entry] };
    return (await this.#policy.editRules(baseHash, next, PERSON)).kind === 'applied';
  }

  async #changed({ entries }: RulesFile, keys: ReadonlySet<string>): Promise<ChangedFile[]> {
    const remembered = Object.entries(entries).flatMap(([key, { hashes }]) =>
      keys.has(key) ? Object.entries(hashes).map(([path, sha256]) => ({ key, path, sha256 })) : [],
    );
    const looked = await Promise.all(
      remembered.map(async ({ key, path, sha256 }) => ({
        key,
        path,
        was: sha256,
        sha256: await this.#hashOf(path),
      })),
    );
    return looked.flatMap(({ was, ...file }) => (file.sha256 === was ? [] : [file]));
  }

  /** Null: it is gone or cannot be read. */
  async #hashOf(path: string): Promise<string | null> {
    const found = await this.#files.trace(path);
    if (!found.found) return null;
    const state = JSON.stringify(found.components);
    const seen = this.#seen.get(path);
    if (seen?.state === state) return seen.sha256;
    const read = await this.#files.read(path, BOUNDS);
    const sha256 = read.ok ? read.sha256 : null;
    this.#seen.set(path, { state, sha256 });
    return sha256;
  }
}
