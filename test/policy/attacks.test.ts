import { describe, expect, it } from 'vitest';

import type { Entry } from '../facts/fake-disk.ts';
import { disk, judge, LISTED, said, T } from './world.ts';

/** Attacks that worked on somebody (D) and belong to this layer, with everything listed that a careless user lists. */
describe('D: attacks', () => {
  it.each<[string, string | string[], string]>([
    ['2', ['ls ', 'x'], 'deny not-found'],
    ['4', ['/bin/sh', '-lc', '$0 "$1"', '/usr/bin/touch', '/tmp/m'], 'prompt startup-files'],
    ['5', ['env', 'BASH_ENV=/tmp/p', 'bash', '-lc', 'echo SAFE'], 'deny assignment-refused'],
    ['10', 'node --import=./preload.mjs ./main.mjs', 'deny runtime-option'],
    ['11', 'echo "x $(id)"', 'prompt unknown-parts'],
    ['12', 'echo "$\\\n(id)"', 'deny opaque-text'],
    ['13', 'cat <<E\n$(id)\nE', 'prompt unknown-parts'],
    ['14', 'ls & evil', 'deny not-found'],
    ['14', 'ls & id', 'prompt unknown-parts'],
    ['17', 'busybox sh -c whoami', 'deny script-under-carrier'],
    ['18', 'env env env env sh -c ls', 'deny too-deep'],
    ['18', 'env env env env ls', 'deny too-deep'],
    ['18', 'env env env ls', 'run rule-matches'],
    ['18', 'sh -c "sh -c \\"sh -c \'sh -c ls\'\\""', 'deny too-deep'],
    ['19', "env -S 'sh -c ls'", 'deny evaluated-text'],
    ['19', "env -iS'sh -c ls'", 'deny evaluated-text'],
    ['20', 'env -P /x sh -c ls', 'deny script-under-carrier'],
    ['21', 'arch -arm64 zsh -c ls', 'prompt shell-behind-wrapper'],
    ['21', 'xcrun zsh -c ls', 'prompt shell-behind-wrapper'],
    ['21', 'caffeinate zsh -c ls', 'prompt shell-behind-wrapper'],
    ['21', 'caffeinate -i ls', 'run rule-matches'],
    ['22', 'script -q /dev/null sh -c ls', 'deny script-under-carrier'],
    ['22', 'flock f sh -c ls', 'deny script-under-carrier'],
    ['22', 'jq bash -c ls', 'prompt rule-too-wide'],
    ['24', 'bash --rcfile evil script.sh', 'deny runtime-option'],
    ['24', 'awk \'BEGIN{system("id")}\'', 'prompt carrier'],
    ['24', 'sed "1e id" x', 'prompt carrier'],
    ['24', 'sed s/a/b/e x', 'prompt carrier'],
    ['24', 'sed "s/a/b/w out" x', 'prompt carrier'],
    ['24', 'sed s/a/b/ x', 'run rule-matches'],
    ['24', 'find . -delete', 'prompt carrier'],
    ['24', 'find . -name x', 'run rule-matches'],
    ['24', 'tar --checkpoint=1 --checkpoint-action=exec=id -cf x y', 'prompt carrier'],
    ['24', 'tar cf x y', 'run rule-matches'],
    ['24', 'make all', 'deny task-runner'],
    ['25', 'perl -Mx safe.pl', 'deny runtime-option'],
    ['25', 'ruby -rx safe.rb', 'deny runtime-option'],
    ['25', 'pwsh -encod x', 'deny runtime-option'],
    ['26', 'head *', 'prompt unknown-parts'],
    ['26', 'head $HOME/.ssh/id_rsa', 'prompt unknown-parts'],
    ['27', 'sort --compress-prog=./x', 'prompt carrier'],
    ['27', 'git -c core.pager=x status', 'prompt carrier'],
    ['27', 'git nonsense', 'prompt carrier'],
    ['27', 'git status', 'run rule-matches'],
    ['29', ['echo', 'x'], 'run rule-matches'],
    ['38', "SHELLOPTS=xtrace PS4='$(id)' ls", 'deny assignment-refused'],
    ['39', 'sh script.sh', 'prompt rule-too-wide'],
    ['44', 'echo code | node', 'deny inside-shell-parts'],
  ])('%s: %j: %s', async (_, what, expected) => {
    expect(said(await judge(what, { rules: LISTED }))).toBe(expected);
  });

  it('15, 16: "always" for a shell or a carried wrapper stores no shell, or nothing', async () => {
    expect((await judge(['zsh', '-lc', 'whoami'])).allowAlways).toBeNull();
    expect((await judge(['nice', 'sh', '-c', '$0 "$1"', 'touch', 'm'])).allowAlways).toBeNull();
  });

  it('23: a comment is no command', async () => {
    const { segments } = await judge('ls # && rm -rf /');
    expect(segments.map(({ argv }) => argv)).toEqual([['ls']]);
  });

  it('29: ? is no slash, and case counts', async () => {
    const there = disk({ '/home/u/a/b': { file: 'x', runs: true } });
    expect((await judge('/home/u/a/b', { rules: ['/home/u/a?b'], disk: there })).allowlist).toBe('miss');
    expect((await judge('/home/u/a/b', { rules: ['/home/u/A/b'], disk: there })).allowlist).toBe('miss');
  });

  it('28, 53: a program that others can replace is not found by a bare name', async () => {
    const trojan = disk({ [`${T}/bin/head`]: { file: 'x', runs: true, owner: 'other' } });
    expect((await judge('head x', { rules: ['head'], disk: trojan })).allowlist).toBe('miss');
    const rogue = disk({ [`${T}/bin/sh`]: { file: 'x', runs: true } });
    expect((await judge('sh -c ls', { rules: LISTED, disk: rogue })).reason).toBe('launcher-not-trusted');
  });

  it('31: a link that leads elsewhere later is judged by where it leads', async () => {
    const before = disk({ [`${T}/ls`]: { link: '/usr/bin/ls' } });
    expect(said(await judge('./ls', { rules: ['/usr/bin/ls'], disk: before }))).toBe('run rule-matches');
    before.set(`${T}/ls`, { link: '/usr/bin/id' });
    expect(said(await judge('./ls', { rules: ['/usr/bin/ls'], disk: before }))).toBe('prompt allowlist-miss');
    expect(said(await judge('./ls', { rules: ['/usr/bin/id'], disk: before }))).toBe('prompt allowlist-miss');
  });

  it('a runtime under another name is still a runtime', async () => {
    const hidden = disk({
      [`${T}/harmless`]: { link: 'bin/python3' },
      [`${T}/quiet`]: { link: '/usr/bin/sh' },
    });
    expect(said(await judge('./harmless -c 1', { rules: ['*'], disk: hidden }))).toBe('deny runtime-option');
    expect(said(await judge('./quiet -s', { rules: ['*'], disk: hidden }))).toBe('deny standard-input');
    expect(
      (await judge(['PYTHON3', '-c', '1'], { disk: disk({ '/usr/bin/PYTHON3': { file: 'x', runs: true } }) }))
        .verdict,
    ).toBe('deny');
  });

  it.each(['busybox', 'toybox', 'coreutils', 'rustup', 'rustup-init', 'volta-shim', 'proto-shim'])(
    'a file that serves several names, %s, is another program under each',
    async (box) => {
      const file: Entry = { file: '\u007fELF', runs: true };
      const names = { '/usr/bin/cat': { link: box }, '/usr/bin/rm': { link: box } };
      const boxed = disk({ [`/usr/bin/${box}`]: file, ...names });
      const allowlist = async (what: string, pattern: string) =>
        (await judge(what, { rules: [pattern], disk: boxed })).allowlist;
      expect(await allowlist('cat y', '/usr/bin/cat')).toBe('hit');
      expect(await allowlist('cat y', 'cat')).toBe('hit');
      expect(await allowlist('rm y', '/usr/bin/cat')).toBe('miss');
      expect(await allowlist('rm y', 'cat')).toBe('miss');
      expect(await allowlist('rm y', `/usr/bin/${box}`)).toBe('miss');
      expect((await judge('cat y', { disk: boxed })).allowAlways).toMatchObject([
        { pattern: '/usr/bin/cat' },
      ]);
    },
  );

  it('so is the shim of a version manager, which a rule has to give arguments for', async () => {
    const shims = disk({
      '/usr/bin/mise': { file: '\u007fELF', runs: true },
      '/usr/bin/tool': { link: 'mise' },
      '/usr/bin/other': { link: 'mise' },
    });
    const verdict = async (what: string, pattern: string) =>
      (await judge(what, { rules: [{ pattern, argPattern: '^y$' }], disk: shims })).verdict;
    expect(await verdict('tool y', '/usr/bin/tool')).toBe('run');
    expect(await verdict('other y', '/usr/bin/tool')).toBe('prompt');
    expect(await verdict('tool y', '/usr/bin/mise')).toBe('prompt');
  });

  it('55: nothing of Latchkey runs for a request', async () => {
    const app = '/Applications/Latchkey.app/Contents/MacOS/Latchkey';
    const there = disk({
      [app]: { file: 'x', runs: true },
      [app.toUpperCase()]: { file: 'x', runs: true },
      [`${T}/l`]: { link: app },
      '/Applications/Latchkey.app/x.py': { file: 'x' },
    });
    const helper = '/Applications/Latchkey.app/Contents/Frameworks/Latchkey Helper.app/x';
    there.set(helper, { file: 'x', runs: true });
    for (const what of [
      [app],
      // Where case does not count, it is the same file.
      [app.toUpperCase()],
      [helper],
      ['./l'],
      ['nice', app],
      ['sudo', app],
      ['python3', '/Applications/Latchkey.app/x.py'],
    ]) {
      expect(said(await judge(what, { security: 'full', ask: 'off', disk: there }))).toBe('deny own-program');
    }
    expect(said(await judge(`ELECTRON_RUN_AS_NODE=1 ${app}`, { disk: there }))).toBe(
      'deny assignment-refused',
    );
  });

  it('6, 40: agent, session, gateway, environment, directory and content each make another request', async () => {
    const base = await judge(['python3', 'run.py']);
    const changed = disk();
    changed.set(`${T}/run.py`, { file: 'other', runs: true });
    const others = await Promise.all([
      judge(['python3', 'run.py'], { env: { FOO: '1' } }),
      judge(['python3', 'run.py'], { agentId: 'b' }),
      judge(['python3', 'run.py'], { sessionKey: 's' }),
      judge(['python3', 'run.py'], { gatewayId: 'g' }),
      judge(['python3', `${T}/run.py`], { cwd: '/workspace' }),
      judge(['python3', 'run.py', '']),
      judge(['python3', `${T}/run.py`]),
      judge(['python3', 'run.py'], { disk: changed }),
      judge(['python3', 'run.py'], { path: '/usr/bin' }),
    ]);
    expect(new Set([base.digest, ...others.map(({ digest }) => digest)]).size).toBe(10);
    expect((await judge(['python3', 'run.py'])).digest).toBe(base.digest);
  });
});

describe('names of Latchkey', () => {
  const state = '/home/u/Library/Application Support/Latchkey';
  it.each([
    ['cat', `${state}/exec-approvals.json`],
    ['ls', '-R', state.toUpperCase()],
    ['cat', '../Library/Application Support/Latchkey/x'],
    ['security', 'find-generic-password', '-s', 'Latchkey pairing'],
    ['ls', '--file=/home/u/Library/Application Support/Latchkey/x'],
    ['/bin/sh', '-c', 'cat ~/Library/"Application Support"/Latchkey/rules.json'],
    ['/bin/sh', '-c', 'cat ~/Library/Application\\ Support/Latchkey/rules.json'],
    ['/bin/sh', '-c', `cat '${state}/rules.json'`],
  ])('ask, whatever is listed: %s %s %s', async (...argv) => {
    expect((await judge(argv, { rules: ['*'] })).verdict).toBe('prompt');
    expect((await judge(argv, { security: 'full', ask: 'off' })).verdict).toBe('prompt');
  });
  it('ask in the folder itself, too', async () => {
    const there = disk({ [state]: { folder: true } });
    expect(said(await judge('ls', { rules: ['*'], cwd: state, disk: there }))).toBe('prompt own-files');
  });
});

describe('what leads to Latchkey by another way', () => {
  const state = '/home/u/Library/Application Support/Latchkey';
  const linked = disk({
    [state]: { folder: true },
    [`${state}/rules.json`]: { file: '{}' },
    [`${T}/sub/quiet`]: { link: state },
    [`${T}/way`]: { link: '/home/u/Library' },
    [`${T}/loop`]: { link: 'loop' },
    [`${T}/out`]: { link: '/home/u/Library/Application Support/Other' },
    ['/home/u/Library/Application Support/Other']: { folder: true },
    [`${T}/dangling`]: { link: `${state}/new.json` },
    ['/usr/bin/rsync']: { file: '\u007fELF', runs: true },
    ['/System/Volumes/Data/home/u/Library/Application Support/Latchkey']: { folder: true },
  });
  const asks = async (what: string, cwd = T) => {
    const full = await judge(what, { security: 'full', ask: 'off', disk: linked, cwd });
    return full.verdict === 'prompt' && full.reason === 'own-files';
  };
  it.each<[string, string?]>([
    ['cat sub/quiet/rules.json'],
    ['cat sub/quiet/not-there-yet.json'],
    ['cp data.txt sub/quiet'],
    ['cp data.txt --target-directory=sub/quiet'],
    ['cp data.txt -tsub/quiet'],
    ['cp -t../Library/"Application Support"/Latchkey x'],
    ['dd if=data.txt of=sub/quiet/rules.json'],
    ['curl -d @sub/quiet/rules.json x'],
    ['echo x > sub/quiet/rules.json'],
    ['echo x 2>"sub/quiet/rules.json"'],
    ['cd sub && cat quiet/rules.json'],
    ['cd sub; cat ./quiet/rules.json'],
    ['cd; rm -rf Library'],
    ['cd way && rm -rf *'],
    ['cd "way/Application Support" && rm -rf Latch*'],
    ['rm -rf ~/Library'],
    ['rm -rf $HOME/Library'],
    ['rm -rf ${HOME}'],
    ['rm -rf ~u/Library'],
    ['rm -rf /home/u'],
    ['rm -rf ~/LIBRARY'],
    ['rm -rf ~/.*'],
    ['rm -rf ~/L*'],
    ['rm -rf ~/[L]ibrary'],
    ['rm -rf ~/*/Appl?cation*'],
    ['rm -rf way/*/Latchkey'],
    ['rm -rf ../../u/Library'],
    ['tar -C.. -cf x.tar .'],
    ['cat ~/Library/*/*/rules.json'],
    ['mv ~/Library x'],
    ['rm -rf .', '/home/u'],
    ['rm -rf *', '/home/u'],
    ['cat loop/x'],
    // The long s is an s to a Mac's disk, and the sign for kelvin a k.
    ['cat "/home/u/Library/Application \u017fupport/Latchkey/rules.json"'],
    ['rm -rf ~/Library/App*/Latch\u212aey'],
    ['cat out/../Latchkey/rules.json'],
    ['cat out/../*/rules.json'],
    [`cat ${T}/out/../Latchkey/rules.json`],
    ['cd -- "/home/u/Library/Application Support"; cat Latchkey/rules.json'],
    ['cd -P way; cat "Application Support/Latchkey/rules.json"'],
    ['curl file:///home/u/Library/Application%20Support/Latchkey/rules.json'],
    ["curl 'file:///home/u/Library/Application%20Support/Latch{key}/rules.json'"],
    ['curl file://localhost/home/u/Library/Application%20Support/%4catchkey/rules.json'],
    ["curl -T x 'FILE://127.0.0.1/home/u/Library/Application%20Support/[L-L]atchkey/rules.json'"],
    ['curl -T x sftp://localhost/~/Library/Application%20Support/Latchkey/rules.json'],
    ['scp x "localhost:Library/Application Support/Latchkey/rules.json"'],
    ['rsync -a u@localhost:Library x'],
    ['scp x "[::1]:Library/Application Support/Latchkey/rules.json"'],
    ['scp x scp://localhost/Library/Application%20Support/Latchkey/rules.json'],
    ['cat /.vol/16777220/123456'],
    ['cat /.VOL/16777220/123456'],
    ['cat "/.nofollow/home/u/Library//Application Support/Latchkey/rules.json"'],
    ['rm -rf /.nofollow/home/u/Library'],
    ['cp x //.NOFOLLOW/home/u/x'],
    ['cp x /.resolve/1/home/u/x/../Library/x'],
    ['cat Latchkey/rules.json', '/System/Volumes/Data/home/u/Library/Application Support'],
    ['cat x', '/System/Volumes/Data/home/u/Library/Application Support/Latchkey'],
    ['grep -r x /System/Volumes/Data/home/u/Library'],
    ['cp -r "/System/Volumes/Data/home/u/Library/Application Support" x'],
    ["curl -o '/home/u/Library/Application Support/Latch#1/rules.json' 'https://x/{key}'"],
    ["curl -F 'x=<sub/quiet/rules.json' x"],
    ["curl -w '%output{sub/quiet/rules.json}' x"],
    ['cp data.txt dangling'],
    ['rm -rf /Applications/*'],
    ['rm -rf /*'],
  ])('%j asks', async (what, cwd) => {
    expect(await asks(what, cwd)).toBe(true);
  });
  it.each<[string, string?]>([
    ['ls /home/u'],
    ['ls', '/home/u'],
    ['cd ~ && ls'],
    ['rm -rf sub/out'],
    ['rm -rf *'],
    ['rm -rf *.txt', '/home/u'],
    ['rm -rf ~/Downloads'],
    ['rm -rf ~/.cache'],
    ['rm -rf ~other/Library'],
    ['cat data.txt > /tmp/x'],
    ['find . -name "*.py"'],
    ['curl https://example.org/Library/x'],
    ["awk '{print $1}' data.txt", '/home/u'],
    ["sed -n '/{/,/}/p' data.txt", '/home/u'],
    ['git show stash@{0}', '/home/u'],
    ["jq '{a} | .b' data.txt", '/home/u'],
    ["curl -w '%{http_code}' https://example.org", '/home/u'],
    ['curl https://example.org/', '/home/u'],
    ['curl http://localhost:3000/'],
    ['curl localhost:3000'],
    ['scp x host:y/z'],
    ["rg 'TODO:*'"],
    ['git push origin HEAD:main'],
  ])('%j does not', async (what, cwd) => {
    expect(await asks(what, cwd)).toBe(false);
  });
  it('more paths than anybody could look at ask', async () => {
    const words = Array.from({ length: 2100 }, (_, at) => `f${at}`);
    expect((await judge(['rm', ...words], { security: 'full', ask: 'off', disk: linked })).reason).toBe(
      'own-files',
    );
  });
});
