import { createHash } from 'node:crypto';
import { lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { codeOf, syncFolder, writeOwnFile } from './own-file.ts';
import { StateError } from './state-error.ts';

/** A fact that stands until it is taken back, over restarts and crashes. */
export type Mark = 'paused' | { readonly unpaired: string };

/** Marks are files: setting one needs no content to be read first, so a broken one still counts. */
export class Marks {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws {StateError} when marks cannot be kept in this folder. */
  static async open(stateFolder: string): Promise<Marks> {
    const folder = join(stateFolder, 'marks');
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await syncFolder(stateFolder);
    } catch (error) {
      throw new StateError(`${folder} cannot be used (${codeOf(error)}).`);
    }
    return new Marks(folder);
  }

  /** Never rejects. A mark that cannot be looked at counts as set, and so does each once the folder itself is gone. */
  async isSet(mark: Mark): Promise<boolean> {
    const gone = async (path: string) => {
      const found = await lstat(path).catch(codeOf);
      return found === 'ENOENT';
    };
    return !(await gone(this.#pathOf(mark))) || (await gone(this.#folder));
  }

  /** Resolves once the mark would survive a crash. @throws {StateError} when it could not be set. */
  async set(mark: Mark, now: Date): Promise<void> {
    const which = mark === 'paused' ? { mark } : { mark: 'unpaired', gatewayId: mark.unpaired };
    await writeOwnFile(this.#pathOf(mark), `${JSON.stringify({ ...which, at: now.toISOString() })}\n`);
  }

  /** @throws {StateError} when it may still be set. */
  async clear(mark: Mark): Promise<void> {
    const path = this.#pathOf(mark);
    try {
      await rm(path, { force: true });
      await syncFolder(this.#folder);
    } catch (error) {
      throw new StateError(`${path} cannot be removed (${codeOf(error)}).`);
    }
  }

  #pathOf(mark: Mark): string {
    // A gateway's id is the gateway's own text: never part of a path.
    const name =
      mark === 'paused' ? mark : `unpaired-${createHash('sha256').update(mark.unpaired).digest('hex')}`;
    return join(this.#folder, name);
  }
}
