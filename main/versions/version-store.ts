import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { sha256Hex } from '../request/digest.ts';
import { JsonDocument } from '../state/json-document.ts';
import { readOwnFile, writeOwnFile } from '../state/own-file.ts';
import type { Seal } from '../state/seal.ts';
import { StateError } from '../state/state-error.ts';
import type { AllowedVersion } from './allowed-version.ts';

/** A file that was just allowed, with the bytes that were hashed and shown. */
export interface Allowed {
  /** Real path. */
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The first bytes at least; all of them, or nothing is kept but the hash. */
  readonly bytes: Uint8Array | undefined;
}

export interface VersionLimits {
  readonly entries: number;
  readonly totalBytes: number;
}

/** Files are shown up to 1 MiB each, so no larger one comes here. */
const LIMITS: VersionLimits = { entries: 500, totalBytes: 32 * 1024 * 1024 };
const LARGEST_BYTES = 1024 * 1024;

const index = z.strictObject({
  version: z.literal(1),
  files: z.array(
    z.strictObject({
      gatewayId: z.string(),
      path: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** 0: the bytes are not kept. */
      keptBytes: z.int().nonnegative(),
      allowedAtMs: z.number().nonnegative(),
    }),
  ),
});
type Entry = z.infer<typeof index>['files'][number];

const NAME = 'versions/index.json';

/**
 * What each file was when the person last allowed it, so that the next prompt shows what changed. Nothing is allowed
 * because of it, but people read by it: whoever could write "you allowed exactly this" would hide what is new. So the list
 * is sealed, and one that another program wrote counts as none. Each copy is named by its hash and is looked at again
 * before it is shown.
 */
export class VersionStore {
  readonly #folder: string;
  readonly #index: JsonDocument<z.infer<typeof index>>;
  readonly #seal: Pick<Seal, 'document' | 'put'>;
  readonly #limits: VersionLimits;
  /** One after the other: what is asked for after an approval sees it. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, seal: Pick<Seal, 'document' | 'put'>, limits: VersionLimits) {
    this.#folder = folder;
    this.#seal = seal;
    this.#index = new JsonDocument(join(folder, 'index.json'), index);
    this.#limits = limits;
  }

  /** @throws {StateError} when there is something else in the place of its folder. */
  static async open(
    stateFolder: string,
    seal: Pick<Seal, 'document' | 'put'>,
    limits = LIMITS,
  ): Promise<VersionStore> {
    const folder = join(stateFolder, 'versions');
    await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
    const stats = await lstat(folder).catch(() => null);
    if (stats?.isDirectory() !== true || stats.uid !== process.getuid?.()) {
      throw new StateError(`${folder} cannot be used. Move away what is there, then start again.`);
    }
    return new VersionStore(folder, seal, limits);
  }

  /** What was allowed before of these files, by path. Never rejects: what cannot be read was never allowed. */
  recall(gatewayId: string, paths: readonly string[]): Promise<ReadonlyMap<string, AllowedVersion>> {
    return this.#next(async () => {
      const known = paths.length === 0 ? [] : await this.#read();
      const found = new Map<string, AllowedVersion>();
      for (const path of paths) {
        const entry = known.find((each) => each.gatewayId === gatewayId && each.path === path);
        if (entry === undefined) continue;
        const { sha256, allowedAtMs } = entry;
        found.set(path, { sha256, allowedAtMs, bytes: await this.#bytes(entry) });
      }
      return found;
    }, new Map());
  }

  /** Keeps what the person just allowed. Never rejects: what cannot be kept is shown whole the next time. */
  remember(gatewayId: string, files: readonly Allowed[], allowedAtMs: number): Promise<void> {
    return this.#next(async () => {
      if (files.length === 0) return;
      const fresh: Entry[] = [];
      for (const file of files) {
        const { path, sha256 } = file;
        fresh.push({ gatewayId, path, sha256, keptBytes: await this.#keep(file), allowedAtMs });
      }
      const replaced = (old: Entry) =>
        fresh.some((each) => each.path === old.path && old.gatewayId === gatewayId);
      const older = (await this.#read()).filter((old) => !replaced(old));
      const kept = this.#withinLimits([...fresh, ...older]);
      await this.#store(kept, 'loosens');
    }, undefined);
  }

  async #store(kept: readonly Entry[], how: 'tightens' | 'loosens'): Promise<void> {
    const hash = await this.#index.write({ version: 1, files: [...kept] });
    const sealed = this.#seal.put(NAME, { hash, text: '', taken: null }, how);
    // A list that is not sealed counts as none, and that is what it is to be here.
    await (how === 'tightens' ? sealed.catch(() => undefined) : sealed);
    await this.#sweep(kept);
  }

  /** How many files are remembered for this gateway. @throws {StateError} when the list cannot be read. */
  async count(gatewayId: string): Promise<number> {
    const content = await this.#index.read();
    if (content.kind === 'bad') throw new StateError(content.reason);
    const files = content.kind === 'value' ? content.value.files : [];
    return files.filter((entry) => entry.gatewayId === gatewayId).length;
  }

  /** Nothing is remembered for this gateway from now on. @throws {StateError} when that could not be kept. */
  async forget(gatewayId: string): Promise<void> {
    const done = this.#queue.then(async () => {
      const known = await this.#read();
      const kept = known.filter((entry) => entry.gatewayId !== gatewayId);
      if (kept.length < known.length || (await this.count(gatewayId)) > 0)
        await this.#store(kept, 'tightens');
    });
    this.#queue = done.catch(() => undefined);
    await done;
  }

  #next<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    const result = this.#queue.then(work).catch(() => otherwise);
    this.#queue = result;
    return result;
  }

  async #read(): Promise<readonly Entry[]> {
    const content = await this.#index.read();
    return content.kind === 'value' && content.hash === this.#seal.document(NAME)?.hash
      ? content.value.files
      : [];
  }

  async #bytes({ sha256, keptBytes }: Entry): Promise<Uint8Array | null> {
    if (keptBytes === 0) return null;
    const file = await readOwnFile(join(this.#folder, sha256), LARGEST_BYTES).catch(() => null);
    return file !== null && sha256Hex(file.bytes) === sha256 ? file.bytes : null;
  }

  /** Resolves to how many bytes were kept. */
  async #keep({ bytes, sha256, sizeBytes }: Allowed): Promise<number> {
    if (bytes?.length !== sizeBytes || sizeBytes > LARGEST_BYTES) return 0;
    if (sha256Hex(bytes) !== sha256) return 0;
    await writeOwnFile(join(this.#folder, sha256), bytes);
    return sizeBytes;
  }

  /** The newest, as many as there is room for; in the room each content counts once. */
  #withinLimits(entries: readonly Entry[]): Entry[] {
    const kept: Entry[] = [];
    const counted = new Set<string>();
    let total = 0;
    for (const entry of entries.slice(0, this.#limits.entries)) {
      if (!counted.has(entry.sha256)) total += entry.keptBytes;
      counted.add(entry.sha256);
      kept.push(total > this.#limits.totalBytes ? { ...entry, keptBytes: 0 } : entry);
    }
    return kept;
  }

  /** Takes away every copy that nothing names any more, and what a crash left behind. */
  async #sweep(kept: readonly Entry[]): Promise<void> {
    const named = new Set([
      'index.json',
      ...kept.filter(({ keptBytes }) => keptBytes > 0).map(({ sha256 }) => sha256),
    ]);
    for (const name of await readdir(this.#folder)) {
      if (!named.has(name)) await rm(join(this.#folder, name), { force: true });
    }
  }
}
