import { describe, expect, it } from 'vitest';

import { offerFor } from '../../main/prompt/choices.ts';
import { namesSecretFile } from '../../main/prompt/secret-files.ts';
import type { Assessment } from '../../main/request/assessment.ts';
import { exampleAssessment } from '../app/examples.ts';

const NONE = new Map<string, Uint8Array>();
const script = { path: '/w/job.sh', sha256: 'a'.repeat(64), sizeBytes: 5, modifiedAtMs: 0 };
const exact = [{ pattern: '/usr/bin/git', argPattern: 'sha256:x' }];
const any = [{ pattern: '/usr/bin/git', argPattern: null }];
const runs = (...argv: string[]) => ({ binding: { ...exampleAssessment().binding, argv } });
const warns = (code: string) => ({ warnings: [{ code, text: '' }] });

const why = (rest: Partial<Assessment>, contents = NONE) => {
  const { choices, withheld } = offerFor({
    assessment: exampleAssessment({ allowAlways: exact, allowAlwaysAny: any, ...rest }),
    contents,
  });
  return { choices, ...withheld };
};
const SHORT = ['allow-15m'] as const;
const LONG = ['allow-1h', 'allow-session'] as const;

describe('what is offered', () => {
  it('where nothing speaks against it is everything, from the narrowest to the widest', () => {
    expect(why({}).choices).toEqual([
      ...['allow-once', 'allow-15m', 'allow-1h', 'allow-session', 'allow-always', 'allow-always-any', 'deny'],
    ]);
  });

  it.each<[string, Partial<Assessment>, string]>([
    ['the policy asks each time', { grantable: false }, 'once-only'],
    ['it is warned of hidden characters', warns('hidden-characters'), 'hidden-characters'],
    ['it is warned of mixed scripts', warns('mixed-scripts'), 'hidden-characters'],
    ['a word holds a direction mark', runs('ls', 'a\u202Eb'), 'hidden-characters'],
    ['a word holds a letter of another script', runs('p\u0443thon3', 'x'), 'hidden-characters'],
    ['a word holds a secret', runs('curl', '-H', 'Authorization: Bearer ghp_abcdefghijklmnopqrst'), 'secret'],
    ['a word names a file of secrets', runs('cat', './.env'), 'secret'],
    ['the shell text names one', runs('/bin/sh', '-c', 'cat ~/.ssh/id_ed25519 | wc'), 'secret'],
    ['a script was not kept for reading', { operands: [script] }, 'unreadable'],
  ])('no while when %s, and it says so', (_when, rest, reason) => {
    const offered = why(rest);
    for (const choice of [...SHORT, ...LONG]) {
      expect(offered.choices).not.toContain(choice);
      expect(offered).toHaveProperty([choice], reason);
    }
    expect(offered.choices).toContain('allow-once');
  });

  it.each([
    ['binary', new Uint8Array([35, 0, 1, 2, 3])],
    ['no Unicode', new Uint8Array([255, 254, 253, 252, 251])],
    ['cut short', new Uint8Array([35, 33])],
  ])('no while for a script that is %s', (_what, bytes) => {
    expect(why({ operands: [script] }, new Map([[script.path, bytes]]))['allow-15m']).toBe('unreadable');
  });

  it('a while for a script that can be read', () => {
    const contents = new Map([[script.path, new TextEncoder().encode('echo\n')]]);
    expect(why({ operands: [script] }, contents).choices).toContain('allow-session');
  });

  it('a quarter of an hour at most with a high warning, and never always', () => {
    const offered = why(warns('sends-files'));
    expect(offered.choices).toEqual(['allow-once', 'allow-15m', 'deny']);
    for (const choice of [...LONG, 'allow-always', 'allow-always-any'])
      expect(offered).toHaveProperty([choice], 'high-warning');
  });

  it('everything with a caution', () => {
    expect(why(warns('shared-operand')).choices).toContain('allow-always');
  });

  it('line ends and tabs of a shell text hide nothing', () => {
    expect(why(runs('/bin/sh', '-c', 'ls\n\tpwd')).choices).toContain('allow-15m');
  });

  it('no always where no rule could say it', () => {
    expect(why({ allowAlways: null })['allow-always']).toBe('no-rule');
  });
});

describe('any arguments', () => {
  const [one] = exampleAssessment().segments;
  const two = [one, one].filter((segment) => segment !== undefined);
  it.each<[string, Partial<Assessment>, string]>([
    ['there is a high warning', warns('sends-files'), 'high-warning'],
    ['"always" is not offered', { allowAlways: null }, 'no-rule'],
    ['its arguments decide what it does', { allowAlwaysAny: null }, 'arguments-decide'],
    ['there is more than one command', { allowAlwaysAny: null, segments: two }, 'several-commands'],
  ])('are not offered where %s, and it says so', (_when, rest, reason) => {
    const offered = why(rest);
    expect(offered.choices).not.toContain('allow-always-any');
    expect(offered).toHaveProperty(['allow-always-any'], reason);
  });
});

describe('a file of secrets', () => {
  it.each([
    '.env',
    './.env.local',
    'config/.env',
    '~/.ssh/config',
    'server.pem',
    'id_rsa',
    '/Users/me/.aws/credentials',
    '--key=tls.key',
    '@.npmrc',
    'cat .env; ls',
  ])('is %s', (text) => expect(namesSecretFile(text)).toBe(true));

  it.each([
    '.envrc-example',
    '.env.example',
    'environment',
    'keys.ts',
    'monkey',
    'id_rsa.pub.txt',
    'git status',
  ])('is not %s', (text) => expect(namesSecretFile(text)).toBe(false));
});
