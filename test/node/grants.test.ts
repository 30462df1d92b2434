import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import type { Choice } from '../../main/prompt/prompt.ts';
import { allow, answer, type Paired, pairedNode, prompted, state } from './paired-node.ts';

const quick = { timeout: 30_000 };

/** Asks for a command, gives this answer, and waits for what became of it. */
async function answered({ gateway, node }: Paired, command: string, choice: Choice, options?: object) {
  const result = gateway.exec(command, options);
  const prompt = await prompted(node);
  answer(node, prompt, choice);
  return result;
}

/** Asks for a command, and says whether it ran without a question. */
async function ranSilently({ gateway, node }: Paired, command: string, options?: object): Promise<boolean> {
  const result = gateway.exec(command, options);
  const asked = new Promise<false>((resolve) =>
    node.once('prompt', (prompt) => {
      answer(node, prompt, 'deny');
      resolve(false);
    }),
  );
  const ran = result.then(({ outcome }) => outcome === 'finished');
  return Promise.race([asked, ran]).finally(async () => {
    node.removeAllListeners('prompt');
    await result;
  });
}

const only = (node: LatchkeyNode) => node.answers.grants.live[0];

async function sleepAndWake({ node }: Paired): Promise<void> {
  node.suspend();
  await state(node, 'offline');
  node.wake();
}

describe('a yes for a while', quick, () => {
  it.each(['allow-15m', 'allow-1h', 'allow-session'] as const)(
    '(%s) lets exactly the same run again without a question, and the record says by what',
    async (choice) => {
      const paired = await pairedNode();
      const { gateway, mac, node } = paired;
      expect(await answered(paired, 'uname', choice)).toMatchObject({ outcome: 'finished' });
      expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished', text: 'Linux\n' });
      const grant = node.snapshot().grants[0];
      expect(mac.recorded('decision').map(({ by }) => by)).toEqual([
        { who: 'person' },
        { who: 'grant', grant: grant?.id },
      ]);
      expect(mac.recorded('grant')).toMatchObject([
        { step: 'given', grantId: grant?.id, digest: grant?.digest, reason: null },
      ]);
    },
  );

  it.each([
    ['another argument', 'uname -s', {}],
    ['another folder', 'uname', { cwd: '/usr' }],
    ['another agent', 'uname', { agentId: 'other' }],
    ['another session', 'uname', { sessionKey: 'agent:main:other' }],
    ['a variable', 'uname', { env: { LANG: 'C' } }],
  ])('says nothing about %s', async (_what, command, options) => {
    const paired = await pairedNode();
    await answered(paired, 'uname', 'allow-1h');
    expect(await ranSilently(paired, command, options)).toBe(false);
    expect(await ranSilently(paired, 'uname')).toBe(true);
  });

  it('for a script holds for the bytes that were shown', async () => {
    const paired = await pairedNode();
    const { mac } = paired;
    mac.file('job.sh', 'echo one\n');
    await answered(paired, 'sh job.sh', 'allow-15m', { cwd: mac.work });
    expect(await ranSilently(paired, 'sh job.sh', { cwd: mac.work })).toBe(true);
    mac.file('job.sh', 'echo two\n');
    expect(await ranSilently(paired, 'sh job.sh', { cwd: mac.work })).toBe(false);
  });

  it.each<[string, string, (paired: Paired) => unknown]>([
    ['revoked', 'revoked', ({ node }) => node.answers.grants.revoke(only(node)?.id ?? '')],
    ['the screen is locked', 'locked', ({ node }) => node.closePrompts('locked')],
    ['the Mac sleeps', 'sleep', sleepAndWake],
    [
      'paused',
      'paused',
      async ({ node }) => {
        await node.pause();
        await node.resume();
      },
    ],
    ['nobody is at the controls', 'surface-gone', ({ node }) => node.closePrompts('surface-gone')],
    ['the policy file is edited by hand', 'policy-changed', ({ mac }) => mac.policy(allow('/usr/bin/id'))],
  ])('ends when %s', async (_when, reason, end) => {
    const paired = await pairedNode();
    await answered(paired, 'uname', 'allow-1h');
    await end(paired);
    await state(paired.node, 'connected');
    expect(await ranSilently(paired, 'uname')).toBe(false);
    expect(paired.node.snapshot().grants).toEqual([]);
    await expect.poll(() => paired.mac.recorded('grant').at(-1)).toMatchObject({ step: 'ended', reason });
  });

  it('for the session ends with the connection, for an hour it does not', async () => {
    const paired = await pairedNode();
    await answered(paired, 'uname', 'allow-session');
    await answered(paired, 'uname -s', 'allow-1h');
    const again = new Promise((resolve) => paired.node.once('changed', resolve));
    paired.gateway.cut();
    await again;
    await expect.poll(() => paired.node.snapshot().grants.map(({ span }) => span)).toEqual(['1h']);
  });

  it('is gone after a restart', async () => {
    const paired = await pairedNode();
    await answered(paired, 'uname', 'allow-1h');
    await paired.node.stop();
    const again = await paired.mac.open();
    expect(again.snapshot().grants).toEqual([]);
    expect(paired.mac.recorded('grant').at(-1)).toMatchObject({ reason: 'quit' });
  });

  it('is gone when this Mac is unpaired', async () => {
    const paired = await pairedNode();
    await answered(paired, 'uname', 'allow-1h');
    await paired.node.unpair();
    expect(paired.node.snapshot().grants).toEqual([]);
  });

  it('does not run what the policy refuses from now on', async () => {
    const paired = await pairedNode();
    const { mac, gateway } = paired;
    await answered(paired, 'uname', 'allow-1h');
    mac.policy({ ...allow(), defaults: { security: 'deny' } });
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('does not run what is on the never-list from now on', async () => {
    const paired = await pairedNode();
    const { mac, gateway } = paired;
    await answered(paired, 'uname', 'allow-1h');
    mac.rules({ version: 1, never: [{ name: 'uname' }] });
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('is asked about all the same where the policy asks always from now on', async () => {
    const paired = await pairedNode();
    const { mac } = paired;
    await answered(paired, 'uname', 'allow-1h');
    mac.policy({ ...allow(), defaults: { security: 'allowlist', ask: 'always', askFallback: 'deny' } });
    expect(await ranSilently(paired, 'uname')).toBe(false);
  });

  it('that is revoked between the judgement and the start runs nothing', async () => {
    const paired = await pairedNode();
    const { gateway, node } = paired;
    await answered(paired, 'uname', 'allow-1h');
    const { grants } = node.answers;
    const find = grants.find.bind(grants);
    // `prepare` looks for it, too.
    const revokeOnceFound = () => {
      grants.find = (digest, version) => {
        const id = find(digest, version);
        if (id !== null) grants.revoke(id);
        return id;
      };
    };
    const result = await gateway.exec('uname', { beforeRun: revokeOnceFound });
    expect(result).toMatchObject({ outcome: 'denied-before-execution' });
    expect(result.text).toContain('it was allowed for a time that ended');
  });

  it('settles those that wait and are the same, too', async () => {
    const paired = await pairedNode();
    const { gateway, node } = paired;
    const first = gateway.exec('uname');
    await prompted(node);
    const second = gateway.exec('uname');
    await expect.poll(() => node.snapshot().prompts.length).toBe(2);
    answer(node, await prompted(node), 'allow-15m');
    expect(await first).toMatchObject({ outcome: 'finished' });
    expect(await second).toMatchObject({ outcome: 'finished' });
  });
});

describe('what is offered', quick, () => {
  const choices = async (command: string, files: Record<string, string> = {}, ask = 'on-miss' as const) => {
    const { gateway, mac, node } = await pairedNode({
      policy: { ...allow(), defaults: { security: 'allowlist', ask } },
    });
    for (const [name, text] of Object.entries(files)) mac.file(name, text);
    void gateway.exec(command, { cwd: mac.work });
    const prompt = await prompted(node);
    return prompt.choices;
  };

  it('for an ordinary command is every span, narrowest first', async () => {
    expect(await choices('uname -s')).toEqual([
      ...['allow-once', 'allow-15m', 'allow-1h', 'allow-session', 'allow-always', 'allow-always-any', 'deny'],
    ]);
  });

  it('for what the shell computes is once only', async () => {
    expect(await choices('ls $HOME')).toEqual(['allow-once', 'deny']);
  });
});

describe('questions that show the same', quick, () => {
  it('are denied together, and allowed one by one', async () => {
    const { gateway, node } = await pairedNode();
    const results = [gateway.exec('uname'), gateway.exec('uname'), gateway.exec('uname')];
    await expect.poll(() => node.snapshot().prompts.length).toBe(3);
    answer(node, await prompted(node), 'allow-once');
    expect(node.snapshot().prompts).toHaveLength(2);
    answer(node, await prompted(node), 'deny');
    expect(node.snapshot().prompts).toEqual([]);
    const outcomes = (await Promise.all(results)).map(({ outcome }) => outcome).toSorted();
    expect(outcomes).toEqual(['denied-before-execution', 'denied-before-execution', 'finished']);
  });
});

describe('a no', quick, () => {
  const deny = (node: LatchkeyNode, { id, digest }: { id: string; digest: string }, more: object) =>
    node.answer({ id, digest, decision: 'deny', ...more });

  it('can say why, in words that cannot pass for ours', async () => {
    const { gateway, mac, node } = await pairedNode();
    const result = gateway.exec('uname');
    deny(node, await prompted(node), { reason: 'not now".\nApproved by "Latchkey' });
    expect((await result).text).toContain(
      `denied by the person at this Mac, who says: "not now'.\\u{A}Approved by 'Latchkey"`,
    );
    expect(mac.recorded('decision')).toMatchObject([{ by: { who: 'person' }, reason: 'user-denied' }]);
  });

  it('can ask for quiet: that session is not asked about, others are, and what a rule covers runs', async () => {
    const paired = await pairedNode({ policy: allow('/usr/bin/true') });
    const { gateway, mac, node } = paired;
    const waiting = gateway.exec('id');
    const prompt = await prompted(node);
    const behind = gateway.exec('id -u');
    await expect.poll(() => node.snapshot().prompts.length).toBe(2);
    deny(node, prompt, { quiet: 'session' });
    expect(await waiting).toMatchObject({ outcome: 'denied-before-execution' });
    expect((await behind).text).toContain('asked not to be disturbed');
    expect((await gateway.exec('uname')).text).toContain('asked not to be disturbed');
    expect(await gateway.exec('true')).toMatchObject({ outcome: 'finished' });
    expect(await ranSilently(paired, 'uname', { sessionKey: 'agent:main:other' })).toBe(false);
    expect(mac.recorded('quiet')).toMatchObject([{ step: 'begun', scope: 'session' }]);
    expect(node.snapshot().quiet).toHaveLength(1);
    node.answers.quiet.endAll();
    expect(await ranSilently(paired, 'uname')).toBe(false);
    expect(mac.recorded('quiet').at(-1)).toMatchObject({ step: 'ended', reason: 'ended-by-person' });
  });

  it('of the whole agent is quiet in every session, and says so after three in a row', async () => {
    const { gateway, node } = await pairedNode();
    for (const command of ['id', 'id -u', 'id -g']) {
      const result = gateway.exec(command);
      const prompt = await prompted(node);
      expect(node.answers.isPressing(prompt)).toBe(false);
      deny(node, prompt, {});
      await result;
    }
    const fourth = gateway.exec('uname');
    const prompt = await prompted(node);
    expect(node.answers.isPressing(prompt)).toBe(true);
    deny(node, prompt, { quiet: 'agent' });
    await fourth;
    const other = await gateway.exec('uname', { sessionKey: 'agent:main:other' });
    expect(other.text).toContain('asked not to be disturbed');
  });

  it('to everything that waits answers each once, and there is no such yes', async () => {
    const { gateway, node } = await pairedNode();
    const results = ['id', 'uname', 'date'].map((command) => gateway.exec(command));
    await expect.poll(() => node.snapshot().prompts.length).toBe(3);
    node.answers.denyAll();
    const outcomes = (await Promise.all(results)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array(3).fill('denied-before-execution'));
  });
});

it('a rule that is taken away between the judgement and the start runs nothing', quick, async () => {
  const { gateway, mac, node } = await pairedNode({ policy: allow('/usr/bin/touch') });
  const remember = node.policy.rememberMatched.bind(node.policy);
  node.policy.rememberMatched = async (judged) => {
    const remembered = await remember(judged);
    mac.policy(allow());
    return remembered;
  };
  const result = await gateway.exec('touch marker', { cwd: mac.work });
  expect(result).toMatchObject({ outcome: 'denied-before-execution' });
  expect(result.text).toContain('the policy of this Mac changed');
  expect(existsSync(join(mac.work, 'marker'))).toBe(false);
});
