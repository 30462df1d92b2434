import fc from 'fast-check';
import { expect, it } from 'vitest';

import {
  OUTPUT_CAP_BYTES,
  OutputCapture,
  type OutputStream,
  TAIL_CHARS,
} from '../../main/run/output-capture.ts';

/** Feeds the bytes in chunks of the given sizes, over and over. */
function capture(parts: readonly (readonly [OutputStream, Buffer])[], sizes: readonly number[] = [65_536]) {
  const output = new OutputCapture();
  for (const [stream, bytes] of parts) {
    for (let at = 0, n = 0; at < bytes.length; n++) {
      const size = sizes[n % sizes.length] ?? 1;
      output.take(stream, bytes.subarray(at, at + size));
      at += size;
    }
  }
  return output.finish();
}

const text = fc.string({ unit: 'binary', maxLength: 3_000 });
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

it('gives back what was written, however it came', () => {
  fc.assert(
    fc.property(text, text, sizes, (out, err, chunks) => {
      const captured = capture(
        [
          ['stdout', Buffer.from(out)],
          ['stderr', Buffer.from(err)],
        ],
        chunks,
      );
      expect(captured.stdout).toBe(Buffer.from(out).toString());
      expect(captured.stderr).toBe(Buffer.from(err).toString());
      expect(captured.truncated).toBe(false);
    }),
  );
});

it('over the cap is a beginning and an end of what was written, never more, never half a character', () => {
  const unit = fc.constantFrom('a', 'ä', '€', '🔑', '\n');
  const long = fc.array(unit, { minLength: 50, maxLength: 80 }).map((chars) => chars.join('').repeat(4_000));
  fc.assert(
    fc.property(
      long,
      fc.integer({ min: 1, max: 70_000 }),
      fc.integer({ min: 0, max: 5 }),
      (written, size, other) => {
        const captured = capture(
          [
            ['stderr', Buffer.alloc(other, 'x')],
            ['stdout', Buffer.from(written)],
          ],
          [size, size + 1],
        );
        const kept = Buffer.byteLength(captured.stdout) + Buffer.byteLength(captured.stderr);
        const whole = Buffer.byteLength(written) + other <= OUTPUT_CAP_BYTES;
        expect(captured.truncated).toBe(!whole);
        expect(kept).toBeLessThanOrEqual(OUTPUT_CAP_BYTES);
        if (!whole) expect(kept).toBeGreaterThan(OUTPUT_CAP_BYTES - 4);
        expect(written.startsWith(captured.stdout)).toBe(true);
        const tail = other > 0 ? captured.outputTail.slice(0, -other - 1) : captured.outputTail;
        expect(written.endsWith(tail)).toBe(true);
        // Half a pair would not survive the way through UTF-8.
        expect(Buffer.from(tail).toString()).toBe(tail);
        expect(captured.outputTail.length).toBeGreaterThan(TAIL_CHARS - 2);
        expect(captured.outputTail.length).toBeLessThanOrEqual(TAIL_CHARS);
      },
    ),
    { numRuns: 40 },
  );
});

it('shares the cap: what one stream used, the other has not', () => {
  const captured = capture([
    ['stdout', Buffer.alloc(OUTPUT_CAP_BYTES - 10, 'o')],
    ['stderr', Buffer.from('0123456789')],
    ['stdout', Buffer.from('!')],
  ]);
  expect(captured.stderr).toBe('0123456789');
  expect(captured.stdout).toHaveLength(OUTPUT_CAP_BYTES - 10);
  expect(captured.truncated).toBe(true);
});

it('at the cap, to the byte, nothing is missing', () => {
  expect(capture([['stdout', Buffer.alloc(OUTPUT_CAP_BYTES, 'o')]])).toMatchObject({ truncated: false });
});

it('shows bytes that are no text as such, a byte order mark included', () => {
  const captured = capture([['stdout', Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0xff, 0xc3])]]);
  expect(captured.stdout).toBe('\uFEFFA\uFFFD\uFFFD');
});

it('has a tail of both: errors last', () => {
  expect(
    capture([
      ['stderr', Buffer.from('bad')],
      ['stdout', Buffer.from('good')],
    ]).outputTail,
  ).toBe('good\nbad');
  expect(capture([['stderr', Buffer.from('bad')]]).outputTail).toBe('bad');
  expect(capture([]).outputTail).toBe('');
});
