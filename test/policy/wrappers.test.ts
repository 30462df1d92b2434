import { describe, expect, it } from 'vitest';

import { ANYTHING, carriers, judge, LISTED, said, T } from './world.ts';

describe('a wrapper is looked through, and a shell behind it is asked about whatever the rules say', () => {
  it.each<[wrapper: string, plain?: string]>([
    ['env'],
    ['env --'],
    ['env A=1', 'prompt environment-wrapper'],
    ['nice'],
    ['nice -n 5'],
    ['nice -5'],
    ['nice --adjustment=5'],
    ['nohup'],
    ['timeout 5'],
    ['timeout -s KILL 5'],
    ['timeout --signal=KILL 5'],
    ['timeout -k5 --foreground 5'],
    ['time'],
    ['time -p'],
    ['stdbuf -oL'],
    ['stdbuf -i 0 --output=L'],
    ['caffeinate'],
    ['caffeinate -dims'],
    ['caffeinate -t 5'],
    ['arch -arm64'],
    ['arch -arch x86_64'],
    ['xcrun', 'prompt fetched-program'],
    ['npm exec', 'prompt fetched-program'],
    ['npm exec --', 'prompt fetched-program'],
    ['npx', 'prompt fetched-program'],
    ['npx --yes', 'prompt fetched-program'],
    ['pnpm exec'],
    ['pnpm --reporter silent exec --'],
    ['pnpm dlx', 'prompt fetched-program'],
    ['yarn exec'],
    ['yarn dlx', 'prompt fetched-program'],
    ['bunx', 'prompt fetched-program'],
    ['nice nohup'],
  ])('%s', async (wrapper, plain = 'run rule-matches') => {
    const ls = await judge(`${wrapper} ls`, { rules: ANYTHING });
    const shell = await judge(`${wrapper} bash job.sh`, { rules: ANYTHING, granted: () => true });
    const files = shell.operands.map(({ path }) => path);
    expect([said(ls), ls.segments.map(({ argv }) => argv)]).toEqual([plain, [['ls']]]);
    expect([said(shell).split(' ')[0], shell.allowAlways, files]).toEqual(['prompt', null, [`${T}/job.sh`]]);
    expect(shell.onceOnly).toBe(true);
  });

  it('pnpm node', async () => {
    const { operands } = await judge('pnpm node run.js');
    expect(operands.map(({ path }) => path)).toEqual([`${T}/run.js`]);
    expect((await judge('pnpm node -e 1')).verdict).toBe('deny');
  });

  it.each(['setsid', 'ionice -c 3', 'chronic', 'unbuffer', 'watch', 'strace', 'env -i', 'env -u A'])(
    '%s is none: what it runs is not looked into, and a script under it is refused',
    async (prefix) => {
      expect(said(await judge(`${prefix} ls`, { rules: LISTED, disk: carriers }))).toBe('prompt carrier');
      expect((await judge(`${prefix} sh job.sh`, { rules: ANYTHING, disk: carriers })).verdict).toBe('deny');
    },
  );

  it('time is a word of some shells, which have one option for it: the others are for the program alone', async () => {
    for (const option of ['-l', '-v', '-lp', '--', '-o x', '--x']) {
      expect(said(await judge(`time ${option} ls`, { rules: LISTED }))).toBe('deny opaque-text');
      const plain = said(await judge(`time ${option} ls`.split(' '), { rules: LISTED }));
      expect(plain).toBe(/^--?(?:o x|x)$/.test(option) ? 'prompt carrier' : 'run rule-matches');
    }
    for (const text of ['time ls', 'time -p ls'])
      expect(said(await judge(text, { rules: LISTED }))).toBe('run rule-matches');
  });

  it.each([
    ['nice nice nice ls', 'run rule-matches'],
    ['nice nice nice nice ls', 'deny too-deep'],
    ['sudo env env ls', 'prompt carrier'],
    ['sudo env env env ls', 'deny too-deep'],
    ['sudo sudo sudo sudo ls', 'deny too-deep'],
    ['nice nice nice sudo ls', 'deny too-deep'],
    ["nice nice nice sh -c 'ls'", 'deny too-deep'],
    ["sh -c 'nice nice nice ls'", 'deny too-deep'],
  ])('at four layers the answer is no: %s', async (text, expected) => {
    expect(said(await judge(text, { rules: LISTED }))).toBe(expected);
  });

  it.each([
    'env PATH=/tmp ls',
    'env -i PATH=/tmp ls',
    'env -u A LD_PRELOAD=x ls',
    'env -P /x LD_PRELOAD=x ls',
    'sudo env LD_PRELOAD=x ls',
    'sudo env -i LD_PRELOAD=x ls',
    'xargs nice env LD_PRELOAD=x ls',
  ])('a variable that decides what runs is refused there as well: %s', async (text) => {
    expect(said(await judge(text, { rules: LISTED }))).toBe('deny assignment-refused');
  });
});
