/** The longest request is far shorter; what is longer is somebody's mistake, or an attempt on our memory. */
const LONGEST_LINE = 1024 * 1024;

/** A line of text, or null for one that is longer than any request. */
export type BoundedLine = string | null;

/** Splits a stream into lines without ever holding more than one of bounded length. Blank lines are dropped. */
export async function* boundedLines(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<BoundedLine> {
  let rest = Buffer.alloc(0);
  let skipping = false;
  const take = (): BoundedLine | undefined => {
    const line = skipping ? null : rest.toString('utf8').replace(/\r$/, '');
    skipping = false;
    rest = Buffer.alloc(0);
    return line?.trim() === '' ? undefined : line;
  };
  for await (const chunk of input) {
    let bytes = Buffer.from(chunk);
    for (let end = bytes.indexOf(0x0a); ; end = bytes.indexOf(0x0a)) {
      const piece = end === -1 ? bytes : bytes.subarray(0, end);
      if (rest.length + piece.length > LONGEST_LINE) skipping = true;
      rest = skipping ? Buffer.alloc(0) : Buffer.concat([rest, piece]);
      if (end === -1) break;
      const line = take();
      if (line !== undefined) yield line;
      bytes = bytes.subarray(end + 1);
    }
  }
  if (skipping || rest.length > 0) {
    const line = take();
    if (line !== undefined) yield line;
  }
}
