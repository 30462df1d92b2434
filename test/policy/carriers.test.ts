import { describe, expect, it } from 'vitest';

import { ANYTHING, carriers, judge, LISTED, said } from './world.ts';

describe('a carrier', () => {
  it.each<[plain: string, carries: string, script: string]>([
    ['sudo', 'sudo ls', 'sudo sh run.sh'],
    ['sudo', 'sudo -u root ls', 'sudo ./run.sh'],
    ['doas', 'doas ls', 'doas python3 run.py'],
    ['xargs', 'xargs -n 1 ls', 'xargs -I % sh -c %'],
    ['xargs', 'xargs rm', 'xargs ./run.sh'],
    ['find . -name x', 'find . -exec ls {} \\;', 'find . -exec sh run.sh \\;'],
    ['find . -type f', 'find . -execdir ls {} +', 'find . -exec ./run.sh {} +'],
    ['find .', 'find . -ok rm {} \\;', 'find . -okdir python3 run.py \\;'],
    ['find .', 'find . -delete', 'find . -delete -exec node run.js \\;'],
    ['parallel', 'parallel ls', 'parallel ./run.sh'],
    ["awk '{print}' x", `awk 'BEGIN{system("id")}'`, `awk 'BEGIN{system("sh run.sh")}'`],
    ['sed s/a/b/ x', 'sed s/a/b/e x', 'sed -f x.sed y'],
    ['sed -n p x', "sed 'w out' x", "sed '1e sh run.sh' x"],
    ['ssh', 'ssh host ls', 'ssh host sh run.sh'],
    ['git status', 'git -c core.pager=x status', 'git -c core.pager=./run.sh log'],
    ['git log', 'git --exec-path=x status', 'git rebase --exec ./run.sh'],
    [
      'tar cf x y',
      'tar --checkpoint-action=exec=id -cf x y',
      'tar --checkpoint-action=exec=./run.sh -cf x y',
    ],
    ['busybox', 'busybox ls', 'busybox sh run.sh'],
    ['toybox', 'toybox ls', 'toybox sh run.sh'],
    ['flock', 'flock f ls', 'flock f sh run.sh'],
    ['docker', 'docker run x', 'docker run x python3 run.py'],
    ['docker', 'docker run x', 'docker run x "$(cat x)"'],
    ['docker', 'docker run x', 'docker run x ../run'],
    ['sudo', 'sudo env ls', 'sudo nice sh run.sh'],
    ['sudo', 'sudo find . -delete', 'sudo xargs sh'],
  ])('%s carries nothing, %s does, and %s is refused', async (plain, carries, script) => {
    expect(said(await judge(plain, { rules: LISTED }))).toBe('run rule-matches');
    expect([said(await judge(carries, { rules: LISTED })), said(await judge(carries))]).toEqual([
      'prompt carrier',
      'prompt carrier',
    ]);
    expect((await judge(carries)).allowAlways).toBeNull();
    for (const asked of [{}, { rules: ANYTHING }, { granted: () => true }]) {
      expect((await judge(script, asked)).verdict).toBe('deny');
    }
  });

  it.each([
    ['env -i A=1 ls', 'prompt environment-wrapper'],
    ['sudo env A=1 ls', 'prompt environment-wrapper'],
    ['xargs nice env A=1 ls', 'prompt environment-wrapper'],
    ['sudo npx ls', 'prompt fetched-program'],
  ])('covers no more than without it, by rule or grant: %s', async (text, expected) => {
    expect(said(await judge(text, { rules: ANYTHING }))).toBe(expected);
    const { verdict, onceOnly } = await judge(text, { granted: () => true });
    expect([verdict, onceOnly]).toEqual(['prompt', true]);
  });

  it('is covered by a rule that says which arguments, for these alone', async () => {
    const rules = [{ pattern: '/usr/bin/sudo', argPattern: '^-u root ls$' }];
    expect(said(await judge('sudo -u root ls', { rules }))).toBe('run rule-matches');
    expect(said(await judge('sudo -u root rm', { rules }))).toBe('prompt carrier');
  });

  it.each([
    ['spawner ls', 'prompt rule-too-wide'],
    ['spawner install node', 'prompt rule-too-wide'],
    ['spawner --runtime node20 --source ./src', 'prompt rule-too-wide'],
    ['spawner sh run.sh', 'deny script-under-carrier'],
    ['spawner -n 5 python3 -u run.py', 'deny script-under-carrier'],
    ['spawner python3 /opt/x', 'deny script-under-carrier'],
    ['spawner sh $X', 'deny script-under-carrier'],
    ['spawner $X sh run.sh', 'deny script-under-carrier'],
    ['npm install node ./x', 'prompt rule-too-wide'],
    ['which node run.js', 'run rule-matches'],
    ['echo sh run.sh', 'run rule-matches'],
    ['grep python3 run.py', 'run rule-matches'],
    ['whoami sh run.sh', 'run rule-matches'],
  ])('that nobody has modelled: %s', async (text, expected) => {
    expect(said(await judge(text, { rules: LISTED, disk: carriers }))).toBe(expected);
  });

  it.each<[text: string, can: boolean]>([
    ['spawner', true],
    ['spawner x', true],
    ['spawner -v x ls', true],
    ['spawner src/x', true],
    ['spawner ls', false],
    ['spawner -v ls', false],
    ['spawner install node', false],
    ['spawner ./run.sh', false],
    ['spawner -v x ./run.sh', false],
    ['spawner -v x new.sh', false],
    ['spawner --run=run.sh', false],
    ['spawner x ./tool', false],
    ['spawner x /usr/bin/id', false],
  ])('that nobody has modelled: a rule for it, a while and "always" for %s: %s', async (text, can) => {
    const { grantable, allowAlways } = await judge(text, { disk: carriers });
    expect([grantable, allowAlways !== null]).toEqual([can, can]);
    for (const more of [{ granted: () => true }, { rules: ['/usr/bin/spawner'] }])
      expect((await judge(text, { disk: carriers, ...more })).verdict).toBe(can ? 'run' : 'prompt');
  });

  it('that is known to load code is allowed for a while with its words', async () => {
    expect((await judge('eslint run.js')).grantable).toBe(true);
  });
});
