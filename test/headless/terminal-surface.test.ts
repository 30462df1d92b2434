import { PassThrough } from 'node:stream';

import { describe, expect, it, onTestFinished } from 'vitest';

import { TerminalSurface } from '../../main/headless/terminal-surface.ts';
import type { PolicyFile } from '../../main/policy/policy-file.ts';
import { allow, pairedNode } from '../node/paired-node.ts';
import { until } from '../run/processes.ts';

const MARK = '\u{202E}';

async function atTerminal(policy: PolicyFile = allow('/usr/bin/uname')) {
  const paired = await pairedNode({ policy });
  const [input, output] = [new PassThrough(), new PassThrough()];
  let screen = '';
  let nowMs = 0;
  let ends = 0;
  output.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  const surface = new TerminalSurface(paired.node, () => (ends += 1), { input, output, now: () => nowMs });
  onTestFinished(() => void input.end());
  surface.begin();
  return {
    ...paired,
    input,
    ends: () => ends,
    screen: () => screen,
    /** What is on the screen from this word on, once it is there. */
    from: async (word: string) => {
      await until(() => screen.includes(word));
      return screen.slice(screen.indexOf(word));
    },
    /** Types once the question is there, after it was read, and looks on from there. */
    type: async (question: string, line: string, afterMs = 3000) => {
      await until(() => screen.includes(question));
      screen = '';
      nowMs += afterMs;
      input.write(`${line}\n`);
    },
    listed: async () => (await paired.node.policy.read()).value?.agents?.['main']?.allowlist,
    propose: async (file: PolicyFile) => {
      const got = await paired.gateway.invoke('system.execApprovals.get', {});
      if (!got.ok) throw new Error(got.message);
      const { hash } = got.payload as { hash: string };
      return paired.gateway.invoke('system.execApprovals.set', { file, baseHash: hash });
    },
  };
}
const QUESTION = '[n] to refuse all: ';
const uname = { pattern: '/usr/bin/uname' };

describe('a command that asks at a terminal', { timeout: 30_000 }, () => {
  const ASKED = '[n] deny: ';
  it.each([
    ['y', '/usr/bin/id', 999, 1000],
    ['always', '/usr/bin/id', 999, 1000],
    ['y', '/usr/bin/rm -rf /var/tmp/nothing-of-this-name', 2999, 3000],
  ])('is not allowed by %s before anybody could have read %s', async (typed, command, early, late) => {
    const at = await atTerminal();
    const result = at.gateway.exec(command);
    await at.type(ASKED, typed, early);
    await at.from('read it first');
    await at.from(ASKED);
    expect(at.node.snapshot().prompts).toHaveLength(1);
    expect(at.mac.recorded('start')).toEqual([]);
    if (command !== '/usr/bin/id') await at.type(ASKED, 'n', late);
    else await at.type(ASKED, 'y', late);
    expect((await result).outcome).toBe(command === '/usr/bin/id' ? 'finished' : 'denied-before-execution');
  });

  it('is not answered by what was typed before it was there', async () => {
    const at = await atTerminal();
    at.input.write('y\nalways\n');
    const result = at.gateway.exec('/usr/bin/id');
    await at.from(ASKED);
    expect(at.node.snapshot().prompts).toHaveLength(1);
    await at.type(ASKED, 'n', 0);
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
  });
});

describe('an edit of the policy at a terminal', { timeout: 30_000 }, () => {
  it('is shown change by change in words, and only the numbers that are typed are made', async () => {
    const at = await atTerminal();
    await at.propose(allow('/usr/bin/uname', '/usr/bin/id', `/bin/**${MARK}\n  3. stricter: nothing`));
    const shown = await at.from('The policy would be changed');
    expect(shown).toMatch(
      /^The policy would be changed by the gateway .*\n {2}1\. ALLOWS MORE: a new rule: runs without asking\n {8}agent: main\n {8}program: \/usr\/bin\/id\n {8}arguments: any\n {2}2\. ALLOWS MORE: a new rule/,
    );
    expect(shown).not.toContain(MARK);
    expect(shown).not.toMatch(/^ *3\. stricter/m);
    await at.type(QUESTION, '1');
    await at.from('applied: 1 of 2');
    expect(await at.listed()).toEqual([uname, { pattern: '/usr/bin/id' }]);
    expect(at.node.edits.pending).toEqual([]);
  });

  it.each(['', 'y', 'yes', 'always', 'all', '0', '3', '1 3', '1-2', '1;n', '-1', '1e0'])(
    'is not decided by %j, and asked again',
    async (typed) => {
      const at = await atTerminal();
      await at.propose(allow('/usr/bin/uname', '/usr/bin/id', '/bin/**'));
      await at.type(QUESTION, typed);
      await at.from(QUESTION);
      expect(await at.listed()).toEqual([uname]);
      expect(at.node.edits.pending).toHaveLength(1);
    },
  );

  it('is not approved before anybody could have read it; refusing it always counts', async () => {
    const at = await atTerminal();
    await at.propose(allow('/usr/bin/uname', '/usr/bin/id'));
    await at.type(QUESTION, '1', 2999);
    await at.from('read it first');
    expect(await at.listed()).toEqual([uname]);
    await at.type(QUESTION, 'n', 0);
    await at.from('refused');
    expect(at.node.edits.pending).toEqual([]);
    expect(await at.listed()).toEqual([uname]);
  });

  it('of a file outside is shown as it stands there, and refused it is put back', async () => {
    const at = await atTerminal();
    at.mac.policy(allow('/usr/bin/uname', '/bin/**'));
    expect(await at.from('The file')).toContain('exec-approvals.json was changed outside Latchkey');
    await at.type(QUESTION, 'n');
    await at.from('refused');
    expect(await at.listed()).toEqual([uname]);
  });

  it('makes room for a command that asks, and no answer to one is taken for the other', async () => {
    const at = await atTerminal();
    await at.propose(allow('/usr/bin/uname', '/usr/bin/id'));
    await at.from(QUESTION);
    const result = at.gateway.exec('/usr/bin/id');
    await at.type('Run it?', '1');
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
    expect(await at.listed()).toEqual([uname]);
    await at.type(QUESTION, '1');
    await at.from('applied: 1 of 1');
  });

  it('that is replaced while it is on the screen is withdrawn, and the other one asked', async () => {
    const at = await atTerminal();
    await at.propose(allow('/usr/bin/uname', '/usr/bin/id'));
    await at.from(QUESTION);
    await at.propose(allow('/usr/bin/uname', '/bin/**'));
    expect(await at.from('withdrawn')).toContain('program: /bin/**');
  });

  it('that tightens is said', async () => {
    const at = await atTerminal();
    await at.propose(allow());
    expect(await at.from('made stricter by the gateway')).toContain('program: /usr/bin/uname');
  });

  it('cannot be decided once nothing can be typed, and that is said once', async () => {
    const at = await atTerminal();
    await at.propose(allow('/usr/bin/uname', '/usr/bin/id'));
    await at.from(QUESTION);
    at.input.end();
    await until(() => at.ends() > 0);
    expect(at.ends()).toBe(1);
    expect(await at.listed()).toEqual([uname]);
  });
});
