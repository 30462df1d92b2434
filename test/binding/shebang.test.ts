import { expect, it } from 'vitest';

import { readShebang, SHEBANG_BYTES } from '../../main/binding/shebang.ts';

/** The words of the interpreter, or what is to be said of the line. */
function read(text: string): string {
  const shebang = readShebang(Buffer.from(text, 'latin1'));
  return shebang.kind === 'interpreter' ? shebang.argv.join(' ') : shebang.kind;
}
const long = '/'.padEnd(SHEBANG_BYTES, 'x');

it.each([
  ['#!/bin/sh\necho', '/bin/sh'],
  ['#!/bin/sh', '/bin/sh'],
  ['#! \t/bin/sh \t\n', '/bin/sh'],
  ['#!/bin/sh -e\n', '/bin/sh -e'],
  ['#!/bin/sh \t -e\n', '/bin/sh -e'],
  ['#!/usr/bin/env python3\n', '/usr/bin/env python3'],
  ['#!/opt/myenv x-\n', '/opt/myenv x-'],
  // No first line of that kind
  ['', 'none'],
  ['#', 'none'],
  ['!!/bin/sh\n', 'none'],
  ['##/bin/sh\n', 'none'],
  [' #!/bin/sh\n', 'none'],
  ['\u007fELF', 'none'],
  // Nobody could say which program that is, or with which words
  ['#!', 'unclear'],
  ['#!\n', 'unclear'],
  ['#!sh\n', 'unclear'],
  ['#!./sh\n', 'unclear'],
  ['#!/bin/sh -e -u\n', 'unclear'],
  ['#!/bin/sh\r\n', 'unclear'],
  ['#!/bin/sh\u00a0\n', 'unclear'],
  ['#!\u00a0/bin/sh\n', 'unclear'],
  ['#!/bin/s\u00e9\n', 'unclear'],
  ['#!/bin/sh #x\n', 'unclear'],
  ['#!/bin/s\u000bh\n', 'unclear'],
  ['#!/usr/bin/env\n', 'unclear'],
  ['#!/usr/bin/env -S python3\n', 'unclear'],
  ['#!/usr/bin/env -i\n', 'unclear'],
  ['#!/usr/bin/env A=1\n', 'unclear'],
  // Cut off where it was no longer read
  [`#!${long}`, 'unclear'],
  [`#!${long}`.slice(0, SHEBANG_BYTES), 'unclear'],
  [`#!${long}`.slice(0, SHEBANG_BYTES - 1), long.slice(0, SHEBANG_BYTES - 3)],
])('the first line %j starts: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});
