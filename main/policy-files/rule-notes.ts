import { z } from 'zod';

import { RULE_MAKERS, type RuleMaker, withMaker } from '../edits/rule-makers.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Program } from '../facts/look-up.ts';
import { effectivePolicy } from '../policy/effective-policy.ts';
import { type PolicyFile, policyFile } from '../policy/policy-file.ts';
import { isName, type Rule } from '../policy/rule.ts';
import { NO_RULES, type RulesFile } from '../policy/rules-file.ts';
import type { PolicyStore } from './policy-store.ts';

/**
 * A file that is not what it was when its rule was made, or that PATH finds now for a rule by name: the rule does not
 * count for it.
 */
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

type Locate = (name: string) => Promise<Program | null>;

/** Each rule of any agent once. */
function rulesOf(policy: PolicyFile | null, notes: RulesFile): readonly Rule[] {
  const file = policy ?? { version: 1 as const };
  const agents = Object.keys(policyFile.safeParse(policy).data?.agents ?? {});
  const all = agents.flatMap((id) => effectivePolicy(file, id, notes).rules);
  return [...new Map(all.map((rule) => [rule.key, rule])).values()];
}

/** What `rules.json` keeps, for the person to see and to edit. */
export class RuleNotes {
  readonly #policy: PolicyStore;
  readonly #files: FileFacts;
  readonly #locate: Locate;
  /** What a file was at the last look, by what tells one state of it from another. */
  readonly #seen = new Map<string, { readonly state: string; readonly sha256: string | null }>();

  /** @param locate finds a program by name, on the PATH of the runs. */
  constructor(policy: PolicyStore, files: FileFacts, locate: Locate) {
    this.#policy = policy;
    this.#files = files;
    this.#locate = locate;
  }

  async now(): Promise<RuleNotesNow> {
    const [policy, rules] = [await this.#policy.read(), await this.#policy.readRules()];
    const notes = rules.value ?? NO_RULES;
    const all = rulesOf(policy.value, notes);
    const off = new Map(all.flatMap(({ key, off: why }) => (why === null ? [] : [[key, why] as const])));
    return {
      hash: rules.hash,
      editable: rules.value !== null && rules.degraded === null,
      never: notes.never,
      off: [...off].map(([key, why]) => ({ key, why })),
      changed: await this.#changed(all),
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
    const [policy, { value, hash }] = [await this.#policy.read(), await this.#policy.readRules()];
    const notes = value && Object.hasOwn(value.entries, key) ? value.entries[key] : undefined;
    if (value === null || notes === undefined || hash !== baseHash) return false;
    this.#seen.clear();
    const rules = rulesOf(policy.value, value).filter((rule) => rule.key === key);
    const changed = await this.#changed(rules);
    const hashes = new Map(Object.entries(notes.hashes));
    if (shown.length === 0 || JSON.stringify(changed.map(({ sha256 }) => sha256)) !== JSON.stringify(shown))
      return false;
    for (const { path, sha256 } of changed) if (sha256 !== null) hashes.set(path, sha256);
    for (const path of hashes.keys()) if ((await this.#hashOf(path)) === null) hashes.delete(path);
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

  async #changed(rules: readonly Rule[]): Promise<ChangedFile[]> {
    const changed = await Promise.all(
      rules.map(async (rule): Promise<ChangedFile[]> => {
        const moved = await this.#moved(rule);
        const looked = await Promise.all(
          Object.keys(rule.hashes).map(async (path) => ({
            key: rule.key,
            path,
            sha256: await this.#hashOf(path),
          })),
        );
        const others = looked.filter(({ path, sha256 }) => sha256 !== rule.hashes[path]);
        // Where the program went elsewhere it does not matter that it is gone.
        return moved === null ? others : [...others.filter(({ sha256 }) => sha256 !== null), moved];
      }),
    );
    return changed.flat();
  }

  /** What PATH finds now for a rule by name that was used for another file: an update that came in a folder of its own. */
  async #moved({ key, pattern, hashes, places }: Rule): Promise<ChangedFile | null> {
    if (!isName(pattern) || Object.keys(hashes).length + places.length === 0) return null;
    const found = await this.#locate(pattern);
    if (found?.by !== 'name' || found.file.shared || !found.file.replaceable) return null;
    const path = found.file.realPath;
    return Object.hasOwn(hashes, path) ? null : { key, path, sha256: await this.#hashOf(path) };
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
