import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Verdict } from '../../main/request/assessment.ts';
import {
  anyText,
  command,
  disturbedCode,
  grammarText,
  piece,
  shellBehindWrapper,
  wrapped,
} from './arbitrary-commands.ts';
import { type Asked, disk, judge, reader, T } from './world.ts';

const RANK: Record<Verdict, number> = { run: 0, prompt: 1, deny: 2 };
const shared = disk();
const RULES = [
  '/usr/bin/ls',
  '/usr/bin/echo',
  'git',
  { pattern: `${T}/bin/python3`, argPattern: '^run\\.py$' },
];
const rank = async (what: string | readonly string[], asked: object = {}) =>
  RANK[(await judge(what, { rules: RULES, disk: shared, ...asked })).verdict];

/** Everything that could make an answer mild. */
const policies = fc.constantFrom<Asked>(
  {},
  { rules: ['*'] },
  { rules: ['*'], granted: () => true },
  { rules: [], granted: () => true },
  { rules: ['*', { pattern: `${T}/bin/python3`, argPattern: '.*' }] },
  { security: 'full', ask: 'off' },
  {
    security: 'full',
    ask: 'off',
    notes: {
      never: [
        { name: 'ls', effect: 'deny' },
        { name: 'git', effect: 'prompt' },
      ],
    },
  },
  {
    notes: {
      never: [
        { name: 'python3', effect: 'deny' },
        { name: 'id', effect: 'prompt' },
      ],
    },
  },
  { security: 'allowlist', ask: 'off' },
  { security: 'deny' },
);
const runs = { numRuns: Number(process.env['LATCHKEY_PROPERTY_RUNS'] ?? 250) };

describe('the texts that are made here', () => {
  it('are of every shape that is read, and of every cause to read nothing', async () => {
    const shell = await reader;
    const seen = new Set<string>();
    for (const text of fc.sample(anyText, { numRuns: 1500, seed: 1 })) {
      const reading = shell.read(text);
      if (reading.kind === 'opaque') seen.add(reading.cause);
      else for (const { features } of reading.commands) for (const each of features) seen.add(each);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['assignment', 'background', 'control-flow', 'expansion', 'glob', 'group', 'here-document'],
        ...['in-substitution', 'redirection', 'subshell', 'substitution', 'tilde'],
        ...['control-character', 'empty', 'shells-differ', 'syntax', 'unfinished'],
      ]),
    );
  });
});

describe('whatever comes in', () => {
  it('is asked about or denied where there is no rule, and never throws', async () => {
    const asks = fc.constantFrom<Asked>({}, { ask: 'always' }, { ask: 'off' }, { security: 'deny' });
    await fc.assert(
      fc.asyncProperty(anyText, asks, async (text, asked) => {
        const { verdict, reason } = await judge(text, { disk: shared, ...asked });
        expect(['prompt', 'deny']).toContain(verdict);
        expect(reason).not.toBe('internal-error');
      }),
      runs,
    );
  });

  it('is judged the same as any argv', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, anyText), { minLength: 1, maxLength: 6 }), async (argv) => {
        const { verdict, reason } = await judge(argv, { disk: shared });
        expect(['prompt', 'deny']).toContain(verdict);
        expect(reason).not.toBe('internal-error');
      }),
      runs,
    );
  });

  it('runs by rules only where every command in it is listed', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { verdict, segments, operands } = await judge(text, { rules: RULES, disk: shared });
        if (verdict !== 'run') return;
        expect(segments.length).toBeGreaterThan(0);
        for (const { executable, argv } of segments) {
          expect(['/usr/bin/ls', '/usr/bin/echo', `${T}/bin/git`, `${T}/bin/python3`]).toContain(executable);
          if (executable?.endsWith('python3') === true) expect(argv.slice(1)).toEqual(['run.py']);
        }
        expect(operands.length).toBe(
          segments.filter(({ executable }) => executable?.endsWith('python3')).length > 0 ? 1 : 0,
        );
      }),
      runs,
    );
  });

  it('runs by no rule where it is a shell behind a wrapper', async () => {
    await fc.assert(
      fc.asyncProperty(shellBehindWrapper, policies, async (text, asked) => {
        if (asked.security === 'full') return;
        expect((await judge(text, { disk: shared, ...asked, granted: () => false })).verdict).not.toBe('run');
      }),
      runs,
    );
  });

  it('is not even asked about where code is fed, computed or in a shell that changes', async () => {
    await fc.assert(
      fc.asyncProperty(disturbedCode, policies, async (text, asked) => {
        if (asked.security === 'full') return;
        expect((await judge(text, { disk: shared, ...asked })).verdict).toBe('deny');
      }),
      runs,
    );
  });

  it('comes out the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(await judge(text, { disk: shared })).toEqual(await judge(text, { disk: shared }));
      }),
      { numRuns: 100 },
    );
  });
});

describe('nothing is milder', () => {
  it('with an entry more in the never-list', async () => {
    const names = fc.constantFrom('ls', 'rm', 'python3', 'sh', 'git', 'sudo', 'run.sh');
    await fc.assert(
      fc.asyncProperty(
        anyText,
        names,
        fc.constantFrom('deny', 'prompt'),
        policies,
        async (text, name, effect, asked) => {
          const before = (asked.notes ?? { never: [] }) as { never: object[] };
          const notes = { never: [...before.never, { name, effect }] };
          expect(await rank(text, { ...asked, notes })).toBeGreaterThanOrEqual(await rank(text, asked));
        },
      ),
      runs,
    );
  });

  // Not behind a package runner: what PATH has not, it fetches, which is asked about.
  it('behind a wrapper', async () => {
    await fc.assert(
      fc.asyncProperty(wrapped, policies, async ({ inner, text }, asked) => {
        // Where all runs unasked, names of our own files ask, which nobody finds in a text that is too deep to be read.
        if (asked.security === 'full' && /[~$]/.test(inner)) return;
        // A grant names one request exactly, and the wrapped one is another.
        const ungranted = { ...asked, granted: () => false };
        expect(await rank(text, ungranted)).toBeGreaterThanOrEqual(await rank(inner, ungranted));
      }),
      runs,
    );
  });

  it('with a command more in the chain', async () => {
    const joint = fc.constantFrom(' && ', ' || ', '; ', ' | ', '\n', ' & ');
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 1, maxLength: 4 }),
        joint,
        command,
        policies,
        async (chain, mark, more, asked) => {
          const text = chain.join(mark);
          const before = await rank(text, asked);
          expect(await rank(text + mark + more, asked)).toBeGreaterThanOrEqual(before);
          expect(await rank(more + mark + text, asked)).toBeGreaterThanOrEqual(before);
        },
      ),
      runs,
    );
  });

  it('with a command more before or behind any text', async () => {
    await fc.assert(
      fc.asyncProperty(grammarText, command, policies, async (text, more, asked) => {
        const before = await rank(text, asked);
        expect(await rank(`${text}\n${more}`, asked)).toBeGreaterThanOrEqual(before);
        expect(await rank(`${more}\n${text}`, asked)).toBeGreaterThanOrEqual(before);
      }),
      runs,
    );
  });

  it('when it was prepared with something', async () => {
    const security = fc.constantFrom('deny', 'allowlist', 'full', null);
    const ask = fc.constantFrom('off', 'on-miss', 'always', null);
    await fc.assert(
      fc.asyncProperty(
        command,
        security,
        ask,
        security,
        ask,
        async (text, ours, oursAsk, theirs, theirsAsk) => {
          const asked = { security: ours ?? 'allowlist', ask: oursAsk ?? 'on-miss' };
          const prepared = { security: theirs, ask: theirsAsk };
          expect(await rank(text, { ...asked, prepared })).toBeGreaterThanOrEqual(await rank(text, asked));
        },
      ),
      runs,
    );
  });

  it('when the policy file is bad', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom('deny', 'allowlist', 'full'), async (text, security) => {
        const worse = await rank(text, { security, oneStricter: true });
        expect(worse).toBeGreaterThanOrEqual(await rank(text, { security }));
        expect(worse).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});
