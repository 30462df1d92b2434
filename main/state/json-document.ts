import { createHash } from 'node:crypto';

import { z } from 'zod';

import { type FileContent, readOwnFile, writeOwnFile } from './own-file.ts';
import { StateError } from './state-error.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** What a document holds right now. `hash` is the SHA-256 (hex) of the file's bytes, null where they could not be read. */
export type DocumentContent<T> =
  | { readonly kind: 'value'; readonly value: T; readonly hash: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly reason: string; readonly hash: string | null };

/** One JSON file of ours with the schema of what it holds. */
export class JsonDocument<T> {
  readonly path: string;
  readonly #schema: z.ZodType<T>;

  constructor(path: string, schema: z.ZodType<T>) {
    this.path = path;
    this.#schema = schema;
  }

  /** Never rejects: what cannot be read or understood is a `bad` document with the reason. */
  async read(): Promise<DocumentContent<T>> {
    return (await this.readWithStats()).content;
  }

  /** As `read`, with the state of the file that was read; null where there was none to read. */
  async readWithStats(): Promise<{ content: DocumentContent<T>; stats: FileContent['stats'] | null }> {
    try {
      const file = await readOwnFile(this.path, MAX_BYTES);
      if (file === null) return { content: { kind: 'missing' }, stats: null };
      return { content: this.#parse(file.bytes), stats: file.stats };
    } catch (error) {
      const reason = error instanceof StateError ? error.message : `${this.path}: ${String(error)}`;
      return { content: { kind: 'bad', reason, hash: null }, stats: null };
    }
  }

  /**
   * Replaces the file. Resolves to the new hash once it would survive a crash.
   * @throws {StateError} when it could not be written, or the value is not one the schema takes: then the file is as it was.
   */
  async write(value: T): Promise<string> {
    const { bytes, hash } = this.encode(value);
    await writeOwnFile(this.path, bytes);
    return hash;
  }

  /** What the file of this value would be. @throws {StateError} on a value that the schema does not take, or a huge one. */
  encode(value: T): { readonly bytes: Buffer; readonly hash: string } {
    const checked = this.#schema.safeParse(value);
    if (!checked.success) {
      throw new StateError(`${this.path} was not changed: ${z.prettifyError(checked.error)}`);
    }
    const bytes = Buffer.from(`${JSON.stringify(checked.data, null, 2)}\n`);
    if (bytes.length > MAX_BYTES) {
      throw new StateError(`${this.path} was not changed: it would be larger than ${MAX_BYTES} bytes.`);
    }
    return { bytes, hash: sha256(bytes) };
  }

  /** A value that was kept elsewhere as JSON; null where the schema does not take it. */
  parseText(text: string): T | null {
    const content = this.#parse(Buffer.from(text));
    return content.kind === 'value' ? content.value : null;
  }

  #parse(bytes: Buffer): DocumentContent<T> {
    const hash = sha256(bytes);
    let json: unknown;
    try {
      json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch {
      return { kind: 'bad', reason: `${this.path} is not valid JSON.`, hash };
    }
    const parsed = this.#schema.safeParse(json);
    if (parsed.success) return { kind: 'value', value: parsed.data, hash };
    return { kind: 'bad', reason: `${this.path} is not understood: ${z.prettifyError(parsed.error)}`, hash };
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
