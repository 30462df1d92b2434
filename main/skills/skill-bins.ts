import { EventEmitter } from 'node:events';

import { z } from 'zod';

import type { FileFacts } from '../facts/file-facts.ts';
import type { Program } from '../facts/look-up.ts';
import { policyFile } from '../policy/policy-file.ts';
import { isPlainPath, runsOthers, type TickedSkill } from '../policy/skill-rules.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';

/** A command that the gateway's skills use, as it is found on this Mac. */
export interface SkillBin {
  readonly name: string;
  /** Its real path now. */
  readonly path: string;
  /** `proposed`: new, or found somewhere else than when it was ticked; it runs like any other command. */
  readonly standing: 'ticked' | 'proposed' | 'never';
}

export interface SkillBinsOptions {
  /** What the gateway answers when it is asked for the names; null: nothing. */
  readonly ask: () => Promise<unknown>;
  readonly locate: (name: string) => Promise<Program | null>;
  readonly files: FileFacts;
  readonly policy: Pick<PolicyStore, 'read' | 'readRules' | 'editRules' | 'on'>;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/;
const MOST = 200;
const LARGEST_PROGRAM = 512 * 1024 * 1024;

/** Nothing but names, and only as many as anybody would read. */
const answer = z.object({ bins: z.array(z.unknown()) });
const skillName = z.string().regex(NAME);

/**
 * The commands that `autoAllowSkills` is about. What the gateway names is a proposal; what the person ticked, name and
 * real path, is in `rules.json`, and only that counts.
 */
export class SkillBins extends EventEmitter<{ changed: [] }> {
  readonly #options: SkillBinsOptions;
  #names: readonly string[] = [];
  #list: readonly SkillBin[] = [];
  #wanted = false;

  constructor(options: SkillBinsOptions) {
    super();
    this.#options = options;
    options.policy.on('changed', () => void this.look());
  }

  /** Whether the policy lets skills' commands run at all. */
  get wanted(): boolean {
    return this.#wanted;
  }

  get list(): readonly SkillBin[] {
    return this.#list;
  }

  /** Asks the gateway anew. Never rejects. */
  async refresh(): Promise<void> {
    await this.look();
    if (!this.#wanted) return;
    const given = answer.safeParse(await this.#options.ask()).data?.bins ?? [];
    const names = given.slice(0, MOST).flatMap((name) => skillName.safeParse(name).data ?? []);
    this.#names = [...new Set(names)].sort();
    await this.look();
  }

  /** Another gateway is served: what the one before named is not asked for any more. */
  forget(): void {
    this.#names = [];
    this.#list = [];
    this.emit('changed');
  }

  /** Looks again where the names lead. Never rejects. */
  async look(): Promise<void> {
    const { policy } = this.#options;
    const [file, rules] = await Promise.all([policy.read(), policy.readRules()]);
    const parsed = policyFile.safeParse(file.value).data;
    this.#wanted = [parsed?.defaults, ...Object.values(parsed?.agents ?? {})].some(
      (layer) => layer?.autoAllowSkills === true,
    );
    const ticked = rules.value?.skills ?? [];
    const names = this.#wanted ? [...new Set([...ticked.map(({ name }) => name), ...this.#names])] : [];
    const found = await Promise.all(names.map((name) => this.#find(name, ticked)));
    const list = found.flat();
    const isSame = JSON.stringify(list) === JSON.stringify(this.#list);
    this.#list = list;
    if (!isSame) this.emit('changed');
  }

  /**
   * Lets this name run, as long as it leads to this path. @throws {Error} with words for a person when it leads somewhere
   * else by now, could run anything, or cannot be kept.
   */
  async tick(name: string, path: string): Promise<void> {
    const program = await this.#options.locate(name);
    if (program?.by !== 'name' || program.file.realPath !== path)
      throw new Error(`${name} leads to another program by now: look again.`);
    if (runsOthers(name, program) || !isPlainPath(path))
      throw new Error(`${name} can run other programs, so it is asked about every time.`);
    const sha256 = program.file.replaceable ? await this.#hash(path) : null;
    await this.#keep((ticked) => [...ticked.filter((one) => one.name !== name), { name, path, sha256 }]);
  }

  /** @throws {Error} when it could not be kept. */
  async untick(name: string): Promise<void> {
    await this.#keep((ticked) => ticked.filter((one) => one.name !== name));
  }

  async #find(name: string, ticked: readonly TickedSkill[]): Promise<SkillBin[]> {
    const program = await this.#options.locate(name);
    // A program that somebody else could put there is nobody's to propose.
    if (program?.by !== 'name' || program.file.shared) return [];
    const path = program.file.realPath;
    if (runsOthers(name, program) || !isPlainPath(path)) return [{ name, path, standing: 'never' }];
    const isTicked = ticked.some((one) => one.name === name && one.path === path);
    return [{ name, path, standing: isTicked ? 'ticked' : 'proposed' }];
  }

  async #hash(path: string): Promise<string> {
    const read = await this.#options.files.once().read(path, { limit: LARGEST_PROGRAM, keep: 0 });
    if (!read.ok) throw new Error(`${path} cannot be read.`);
    return read.sha256;
  }

  async #keep(change: (ticked: readonly TickedSkill[]) => readonly TickedSkill[]): Promise<void> {
    const { policy } = this.#options;
    const { value, hash } = await policy.readRules();
    if (value === null) throw new Error('The rules cannot be read: repair rules.json first.');
    const next = { ...value, skills: [...change(value.skills ?? [])] };
    const edited = await policy.editRules(hash, next, { by: 'person', gatewayId: null });
    if (edited.kind !== 'applied') throw new Error('The rules changed meanwhile: look again.');
    await this.look();
  }
}
