import { createHash } from 'node:crypto';
import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, syncFolder, writeOwnFile } from './own-file.ts';
import type { Seal } from './seal.ts';
import { StateError } from './state-error.ts';

/** A fact that stands until it is taken back, over restarts and crashes. */
export type Mark = 'paused' | 'contained' | { readonly unpaired: string };

/**
 * Marks are files, and names in the seal; either is enough. Setting one needs nothing to be read first, so a broken file
 * still counts, and it works with a locked Keychain. Taking a file away does not take the mark back.
 */
export class Marks {
  readonly #folder: string;
  readonly #seal: Seal;

  private constructor(folder: string, seal: Seal) {
    this.#folder = folder;
    this.#seal = seal;
  }

  /** @throws {StateError} when marks cannot be kept in this folder. */
  static async open(stateFolder: string, seal: Seal): Promise<Marks> {
    const folder = join(stateFolder, 'marks');
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await syncFolder(stateFolder);
    } catch (error) {
      throw new StateError(`${folder} cannot be used (${codeOf(error)}).`);
    }
    return new Marks(folder, seal);
  }

  /**
   * Never rejects. A mark that cannot be looked at counts as set, and so does each once the folder itself is gone. Where
   * the seal cannot be read this Mac is paused: that it was not could not be shown.
   */
  async isSet(mark: Mark): Promise<boolean> {
    if (this.#seal.hasMark(nameOf(mark)) || (mark === 'paused' && this.#seal.problem !== null)) return true;
    const gone = async (path: string) => {
      const found = await lstat(path).catch(codeOf);
      return found === 'ENOENT';
    };
    return !(await gone(this.#pathOf(mark))) || (await gone(this.#folder));
  }

  /** Resolves once the mark would survive a crash. @throws {StateError} when it could not be set. */
  async set(mark: Mark, now: Date): Promise<void> {
    const which = typeof mark === 'string' ? { mark } : { mark: 'unpaired', gatewayId: mark.unpaired };
    await writeOwnFile(this.#pathOf(mark), `${JSON.stringify({ ...which, at: now.toISOString() })}\n`);
    // With a locked Keychain the file alone is the mark.
    await this.#seal.addMark(nameOf(mark)).catch(() => undefined);
  }

  /** @throws {StateError} when it may still be set. */
  async clear(mark: Mark): Promise<void> {
    await this.#seal.retry();
    await this.#seal.removeMark(nameOf(mark));
    const path = this.#pathOf(mark);
    try {
      await rm(path, { force: true });
      await syncFolder(this.#folder);
    } catch (error) {
      throw new StateError(`${path} cannot be removed (${codeOf(error)}).`);
    }
  }

  #pathOf(mark: Mark): string {
    return join(this.#folder, nameOf(mark));
  }
}

/** A gateway's id is the gateway's own text: never part of a path. */
function nameOf(mark: Mark): string {
  return typeof mark === 'string'
    ? mark
    : `unpaired-${createHash('sha256').update(mark.unpaired).digest('hex')}`;
}
