import { expect, it } from 'vitest';

import { noticeBody } from '../../main/app/notice-body.ts';

it.each([
  ['its title and its words, a line each', ['Done', 'The build is ready'], 'Done\nThe build is ready'],
  ['words alone', ['', 'The build is ready'], 'The build is ready'],
  ['nothing', ['', ''], ''],
  ['escapes for what reorders', ['\u202Eabc', ''], '\\u{202E}abc'],
  ['the beginning of what is long', ['', 'é'.repeat(10_000)], `${'é'.repeat(239)}…`],
] as const)('a notice of the gateway shows %s', (_, [title, body], shown) => {
  expect(noticeBody(title, body)).toBe(shown);
});
