import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';

/** `unknown`: nobody could say, or not in time. */
export type Signature = 'valid' | 'none' | 'unknown';

const PATIENCE_MS = 5000;
/** More programs than one Mac runs for agents. */
const KEPT = 500;

/**
 * Whether programs carry a valid signature, by `codesign`. For showing: no decision waits for it, and it never rejects.
 * An answer counts for as long as the file is the same one, by device, inode and change time.
 */
export class CodeSignatures {
  readonly #codesign: string;
  readonly #known = new Map<string, Promise<Signature>>();

  constructor(codesign = '/usr/bin/codesign') {
    this.#codesign = codesign;
  }

  async of(path: string): Promise<Signature> {
    const file = await stat(path, { bigint: true }).catch(() => null);
    if (file?.isFile() !== true) return 'unknown';
    const key = `${file.dev}:${file.ino}:${file.ctimeNs}`;
    // What cannot be asked at all is thrown: it is as unknown as what is not answered.
    const known = this.#known.get(key) ?? this.#ask(path).catch(() => 'unknown' as const);
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    const signature = await known;
    // What could not be said now can be said later.
    if (signature === 'unknown') this.#known.delete(key);
    return signature;
  }

  #ask(path: string): Promise<Signature> {
    return new Promise((resolve) => {
      const options = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', env: {}, maxBuffer: 64 * 1024 } as const;
      // An absolute path is no option, whatever its name. 1: `codesign` looked, and there is none or it does not hold.
      execFile(this.#codesign, ['--verify', path], options, (error) => {
        resolve(error === null ? 'valid' : error.code === 1 ? 'none' : 'unknown');
      });
    });
  }
}
