import { describe, expect, it } from 'vitest';

import { ANYTHING, carriers, disk, judge, LISTED, said, T } from './world.ts';

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
    'awk -f prog d',
    'awk -F , -f prog d',
    'awk -bf prog d',
    'awk -E prog d',
    "awk -i prog '{print}' d",
    'awk --file=prog d',
    'awk --exec=prog d',
    "awk --include=prog '{print}' d",
    'goawk -f prog d',
    'sed -f prog d',
    'sed -nf prog d',
    'sed -fprog d',
    'sed d --file=prog',
    'vim -S prog',
    'vim -es -S prog',
    'vi -u prog',
    'ex -s prog',
    'nvim -l prog',
    'emacs --script prog',
    'emacs -l prog',
    'emacs -Q --load=prog',
    'emacs -x prog',
    'gdb -x prog',
    'gdb --command=prog',
    'lldb -s prog',
    'lldb --source prog',
    'dc -f prog',
    'dc --file=prog',
    'sudo awk -f prog d',
    'xargs gdb -x prog',
  ])('is refused with a file in its own language, whatever that is called: %s', async (text) => {
    const editors = disk(
      Object.fromEntries(
        ['goawk', 'vi', 'ex', 'nvim', 'emacs', 'gdb', 'lldb', 'dc', 'sed', 'awk'].map((name) => [
          `/usr/bin/${name}`,
          { file: '\u007fELF', runs: true },
        ]),
      ),
    );
    expect(said(await judge(text, { rules: LISTED, disk: editors }))).toBe('deny script-under-carrier');
  });

  it.each([
    'arch -e DYLD_INSERT_LIBRARIES=/tmp/e ls',
    'arch -e PATH=/tmp ls',
    'flock f env LD_PRELOAD=x ls',
    'script -q /dev/null env BASH_ENV=x ls',
    'sudo flock f env LD_PRELOAD=x ls',
    'open -a x --env DYLD_INSERT_LIBRARIES=/tmp/e',
  ])('is refused with an assignment that no command may have: %s', async (text) => {
    expect(said(await judge(text, { rules: LISTED }))).toBe('deny assignment-refused');
    expect(said(await judge(text.replace(/[A-Z_]{4,}=/, 'FOO='), { rules: LISTED }))).toMatch(/^prompt /);
  });

  it.each([
    ['tar -xfhost:x', 'prompt carrier'],
    ['tar --file=host:x -x', 'prompt carrier'],
    ['tar -x -f host:x', 'prompt carrier'],
    ['sips -j x', 'prompt carrier'],
    ['sips --js x', 'prompt carrier'],
    ['screencapture -Bcom.example.app x', 'prompt carrier'],
    ['screencapture -xBcom.example.app x', 'prompt carrier'],
    ['screencapture -x y.png', 'run rule-matches'],
    ['sips -Z 10 x.png', 'run rule-matches'],
    ['tar -xf x', 'run rule-matches'],
    ["awk -F , -v f=E '{print $1}' -f", 'run rule-matches'],
    ["awk -vfE=1 '{print $1}' d", 'run rule-matches'],
    ['periodic home', 'prompt carrier'],
  ])('carries by its options, or not: %s: %s', async (text, expected) => {
    const mac = disk(
      Object.fromEntries(
        ['sips', 'screencapture', 'periodic'].map((name) => [
          `/usr/bin/${name}`,
          { file: '\u007fELF', runs: true },
        ]),
      ),
    );
    expect(said(await judge(text, { rules: LISTED, disk: mac }))).toBe(expected);
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
    ['spawner -v x y ls', true],
    ['spawner -v x ls', false],
    ["spawner x y '|id'", false],
    ["spawner x y ' !id'", false],
    ["spawner x y 'a{{id}}'", false],
    ['spawner x y "\\`id\\`"', false],
    ["spawner x y '$(id)'", false],
    ["spawner x y 'a; id'", false],
    ["spawner x y 'a && id'", false],
    ["spawner x y 'a || id'", false],
    ["spawner x y ' ls -l'", false],
    ["spawner x y 'some words'", true],
    ['spawner execute-template x', false],
    ['spawner --exec=./tool', false],
    ['spawner -x./tool', false],
    ['spawner --exec=id', false],
    ["spawner '--exec id'", false],
    ['spawner exec:./tool', false],
    [`spawner ${Array.from({ length: 101 }, (_, n) => `-a${n}`).join(' ')}`, false],
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
    ['ls; spawner ls', false],
  ])('that nobody has modelled: a rule for it, a while and "always" for %s: %s', async (text, can) => {
    const { grantable, allowAlways } = await judge(text, { disk: carriers });
    expect([grantable, allowAlways !== null]).toEqual([can, can]);
    for (const more of [{ granted: () => true }, { rules: ['/usr/bin/spawner'] }])
      expect((await judge(text, { disk: carriers, ...more })).verdict).toBe(can ? 'run' : 'prompt');
  });

  it('that nobody has modelled is allowed for a while with an option that names nothing here', async () => {
    const { grantable, allowAlways } = await judge('spawner --color=always', { disk: carriers });
    expect([grantable, allowAlways !== null]).toEqual([true, true]);
  });

  it('that is known to load code is allowed for a while with its words', async () => {
    expect((await judge('eslint run.js')).grantable).toBe(true);
  });

  it('binds what it carries a few layers down', async () => {
    const { binding } = await judge('nohup env -i env A=1 nice sudo ls');
    expect(binding.files.map(({ given }) => given)).toContain('/usr/bin/nice');
  });

  it.each<[text: string, program: string]>([
    ['sudo tool2', `${T}/bin/tool2`],
    ['xargs tool2', `${T}/bin/tool2`],
    ['find . -exec tool2 {} +', `${T}/bin/tool2`],
    ['find . -exec tool2', `${T}/bin/tool2`],
    ['strace tool2', `${T}/bin/tool2`],
    ['strace -f tool2', `${T}/bin/tool2`],
    ['sudo strace tool2', `${T}/bin/tool2`],
  ])('binds the program that it carries: %s', async (text, given) => {
    const there = (content: string) =>
      disk({
        [`${T}/bin/tool2`]: { file: content, runs: true },
        '/usr/bin/strace': { file: '\u007fELF', runs: true },
      });
    const [before, after] = [
      await judge(text, { disk: there('a') }),
      await judge(text, { disk: there('b') }),
    ];
    expect(before.verdict).toBe('prompt');
    expect(before.binding.files.map((file) => file.given)).toContain(given);
    expect(before.digest).not.toBe(after.digest);
  });

  it.each([
    `strace ${T}/tool`,
    'strace sub/tool2',
    `strace --run=${T}/tool`,
    `strace -r${T}/tool`,
    `strace 'x ${T}/tool'`,
    `sudo strace ${T}/tool`,
    `awk 'BEGIN{system("${T}/tool")}'`,
    `vim -c ':!${T}/tool'`,
    `sed '1e${T}/tool' x`,
    `git -c alias.x=!${T}/tool x`,
    `find . -exec awk 'BEGIN{system("${T}/tool")}' \\;`,
  ])('refuses a program by its path that others than root can write: %s', async (text) => {
    const there = disk({
      [`${T}/sub/tool2`]: { file: 'x', runs: true },
      '/usr/bin/strace': { file: '\u007fELF', runs: true },
    });
    expect(said(await judge(text, { disk: there, rules: ANYTHING }))).toBe('deny script-under-carrier');
  });

  it.each<[text: string, can: boolean]>([
    ['ssh host uptime', true],
    ['ssh host ls', true],
    ['ssh host x data.txt', false],
    ['ssh -F data.txt host', false],
    ['ssh -Fdata.txt host', false],
    ['ssh --f=data.txt host', false],
    ["ssh host '.read data.txt'", false],
    [`awk 'BEGIN{system("${T}/sub")}'`, false],
    [`sed '1e${T}/sub' x`, false],
    ["ssh host ':!data.txt'", false],
    ['ssh host a,data.txt', false],
    ['ssh host sub', false],
    ['sudo ssh host data.txt', false],
    ['sudo ssh host x', true],
    [`ssh host ${Array.from({ length: 100 }, (_, n) => `w${n}`).join(' ')}`, false],
  ])('that is not taken apart is allowed for a while where it names no file: %s: %s', async (text, can) => {
    const { verdict, grantable } = await judge(text);
    expect([verdict, grantable]).toEqual(['prompt', can]);
  });
});
