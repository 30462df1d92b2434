/** The first line of a script, as the kernel reads it. */
export type Shebang =
  /** No script, or one without a first line of that kind. */
  | { readonly kind: 'none' }
  | { readonly kind: 'interpreter'; readonly argv: readonly string[] }
  /** One that cannot be judged: relative, cut off, or with an argument that is split again. */
  | { readonly kind: 'unclear' };

/** How much of a file decides. Kernels read less. */
export const SHEBANG_BYTES = 512;

export function readShebang(head: Uint8Array): Shebang {
  if (head[0] !== 0x23 || head[1] !== 0x21) return { kind: 'none' };
  const end = head.indexOf(0x0a);
  if (end === -1 && head.length >= SHEBANG_BYTES) return { kind: 'unclear' };
  const line = Buffer.from(head.subarray(2, end === -1 ? undefined : end)).toString('latin1');
  // Linux takes the rest of the line for one argument, macOS splits it and ends it at `#`: with one plain word both
  // agree. Only blanks and tabs stand between words: `#!/bin/sh` and a carriage return is another interpreter.
  const words = line.split(/[ \t]+/).filter((word) => word !== '');
  const [interpreter, ...args] = words;
  if (interpreter?.startsWith('/') !== true || !/^[\x21\x22\x24-\x7e]*$/.test(words.join('')))
    return { kind: 'unclear' };
  if (args.length > 1) return { kind: 'unclear' };
  const [name] = args;
  if (interpreter.endsWith('/env')) {
    if (name === undefined || name.startsWith('-') || name.includes('=')) return { kind: 'unclear' };
    return { kind: 'interpreter', argv: [interpreter, name] };
  }
  return { kind: 'interpreter', argv: [interpreter, ...args] };
}
