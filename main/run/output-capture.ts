/** Most bytes of one run's output that are kept, both streams together. */
export const OUTPUT_CAP_BYTES = 200_000;
/** Characters of the tail. */
export const TAIL_CHARS = 20_000;
/** No character of UTF-8 is longer. */
const TAIL_BYTES = TAIL_CHARS * 4;

export type OutputStream = 'stdout' | 'stderr';

/** Output as text; no character is cut in two. Bytes that are no UTF-8 become U+FFFD. */
export interface CapturedOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly outputTail: string;
  readonly truncated: boolean;
}

/** Keeps the beginning and the end of two streams, in memory that does not grow with what is written. */
export class OutputCapture {
  readonly #streams = { stdout: new StreamCapture(), stderr: new StreamCapture() };
  #room = OUTPUT_CAP_BYTES;

  take(stream: OutputStream, chunk: Buffer): void {
    this.#room -= this.#streams[stream].take(chunk, this.#room);
  }

  finish(): CapturedOutput {
    const { stdout, stderr } = this.#streams;
    const tail = [stdout.tail(), stderr.tail()].filter((text) => text !== '').join('\n');
    return {
      stdout: stdout.head(),
      stderr: stderr.head(),
      outputTail: lastChars(tail, TAIL_CHARS),
      truncated: stdout.truncated || stderr.truncated,
    };
  }
}

class StreamCapture {
  #head = Buffer.alloc(0);
  #headLength = 0;
  /** The last bytes, once there are more than the head holds. */
  #tail: LastBytes | null = null;

  get truncated(): boolean {
    return this.#tail !== null;
  }

  /** Returns how many bytes went into the head: at most `room`. */
  take(chunk: Buffer, room: number): number {
    const kept = this.truncated ? 0 : Math.min(chunk.length, room);
    // Copied out: a chunk of one byte can hold on to a much larger piece of memory.
    this.#grow(this.#headLength + kept);
    chunk.copy(this.#head, this.#headLength, 0, kept);
    this.#headLength += kept;
    if (kept === chunk.length) return kept;
    if (this.#tail === null) {
      this.#tail = new LastBytes();
      this.#tail.take(this.#head.subarray(0, this.#headLength));
    }
    this.#tail.take(chunk.subarray(kept));
    return kept;
  }

  head(): string {
    const bytes = this.#head.subarray(0, this.#headLength);
    // Not flushed when it was cut: an unfinished character at the cut is ours, not the command's.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: this.truncated });
  }

  tail(): string {
    return lastChars(this.#tail === null ? this.head() : this.#tail.text(), TAIL_CHARS);
  }

  #grow(length: number): void {
    if (length <= this.#head.length) return;
    const grown = Buffer.alloc(Math.min(OUTPUT_CAP_BYTES, Math.max(length, this.#head.length * 2, 4096)));
    this.#head.copy(grown, 0, 0, this.#headLength);
    this.#head = grown;
  }
}

/** The last bytes of a stream. Twice the room, so that making room is seldom needed however small the chunks are. */
class LastBytes {
  readonly #bytes = Buffer.alloc(2 * TAIL_BYTES);
  #length = 0;

  take(chunk: Buffer): void {
    const last = chunk.subarray(-TAIL_BYTES);
    if (this.#length + last.length > this.#bytes.length) {
      this.#bytes.copyWithin(0, this.#length - TAIL_BYTES, this.#length);
      this.#length = TAIL_BYTES;
    }
    last.copy(this.#bytes, this.#length);
    this.#length += last.length;
  }

  text(): string {
    const bytes = this.#bytes.subarray(Math.max(0, this.#length - TAIL_BYTES), this.#length);
    // The first bytes can be the end of a character that began before them.
    const start = bytes.subarray(0, 3).findIndex((byte) => (byte & 0xc0) !== 0x80);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(Math.max(0, start)));
  }
}

function lastChars(text: string, count: number): string {
  const last = text.slice(-count);
  return /^[\uDC00-\uDFFF]/.test(last) ? last.slice(1) : last;
}
