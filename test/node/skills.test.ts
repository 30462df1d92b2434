import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { LatchkeyNode } from '../../main/node/latchkey-node.ts';
import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { allow, answer, pairedWithAnother, prompted, state, TestMac } from './paired-node.ts';

const quick = { timeout: 30_000 };
const SKILLS = ['uname', 'sh', 'python3', 'env', 'xargs', 'git', 'not-there', '../evil', '', 7, 'a b'];

/** A paired node whose gateway names these commands, with the policy that lets skills' commands run, or not. */
async function withSkills({ autoAllowSkills = true, mac = new TestMac() } = {}) {
  const policy = allow();
  mac.policy({ ...policy, defaults: { ...policy.defaults, autoAllowSkills } });
  const gateway = await startPracticeGateway({ probes: false, skillBins: SKILLS });
  onTestFinished(() => gateway.stop());
  const node = await mac.open();
  node.attachSurface();
  await node.start();
  await node.pair({ by: 'setup-code', setupCode: gateway.setupCode() });
  await state(node, 'awaiting-approval');
  gateway.approveDevice();
  node.retry();
  await state(node, 'connected');
  gateway.approveCommands();
  if (autoAllowSkills) await expect.poll(() => node.skills.list.length).toBeGreaterThan(0);
  return { mac, gateway, node };
}

const skill = (node: LatchkeyNode, name: string) => node.skills.list.find((one) => one.name === name);

async function asks(node: LatchkeyNode, gateway: PracticeGateway, command: string): Promise<void> {
  const asked = gateway.exec(command);
  answer(node, await prompted(node), 'deny');
  expect(await asked).toMatchObject({ outcome: 'denied-before-execution' });
}

describe('a command that a skill of the gateway uses', quick, () => {
  it('is a proposal, and asks', async () => {
    const { node, gateway } = await withSkills();
    expect(skill(node, 'uname')).toMatchObject({ standing: 'proposed' });
    await asks(node, gateway, 'uname');
  });

  it('runs unasked once it is ticked, and asks again when it is not any more', async () => {
    const { node, gateway } = await withSkills();
    await node.skills.tick('uname', skill(node, 'uname')?.path ?? '');
    expect(skill(node, 'uname')?.standing).toBe('ticked');
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
    await node.skills.untick('uname');
    await asks(node, gateway, 'uname');
  });

  it('is that program by that name: its path, or another name for it, asks', async () => {
    const { node, gateway } = await withSkills();
    const path = skill(node, 'uname')?.path ?? '';
    await node.skills.tick('uname', path);
    await asks(node, gateway, path);
  });

  it('does not run unasked where the policy does not say so, ticked or not', async () => {
    const { node, gateway, mac } = await withSkills();
    await node.skills.tick('uname', skill(node, 'uname')?.path ?? '');
    const { value, hash } = await node.policy.read();
    if (value === null) throw new Error('no policy');
    const next = { ...value, defaults: { ...value.defaults, autoAllowSkills: false } };
    await node.policy.edit(hash, next, { by: 'person', gatewayId: null });
    await asks(node, gateway, 'uname');
    expect(mac.recorded('decision').at(-1)).toMatchObject({ decision: 'deny' });
  });

  it.each(['sh', 'python3', 'env', 'xargs', 'git'])('can never be ticked if it is %s', async (name) => {
    const { node } = await withSkills();
    const found = skill(node, name);
    if (found === undefined) return; // not on this machine
    expect(found.standing).toBe('never');
    await expect(node.skills.tick(name, found.path)).rejects.toThrow(/other programs/);
  });

  it('is not even asked for where the policy does not want them', async () => {
    const { node } = await withSkills({ autoAllowSkills: false });
    expect([node.skills.wanted, node.skills.list]).toEqual([false, []]);
  });

  it('is a name and nothing else: what is no name, or leads nowhere, is not shown', async () => {
    const { node } = await withSkills();
    const names = node.skills.list.map(({ name }) => name);
    expect(SKILLS.filter((name) => typeof name === 'string')).toEqual(expect.arrayContaining(names));
    for (const none of ['not-there', '../evil', '', 'a b']) expect(names).not.toContain(none);
  });

  it('that leads elsewhere by the time it is ticked is not ticked', async () => {
    const { node } = await withSkills();
    await expect(node.skills.tick('uname', '/usr/bin/elsewhere')).rejects.toThrow(/another program/);
    expect(skill(node, 'uname')?.standing).toBe('proposed');
  });

  it('is the gateway’s own: ticked for one it is a proposal for the next', async () => {
    const { node } = await withSkills();
    await node.skills.tick('uname', skill(node, 'uname')?.path ?? '');
    const second = await pairedWithAnother(node, { skillBins: ['uname'] });
    second.approveCommands();
    await asks(node, second, 'uname');
  });

  it('ticked by another program of this user, in the file, counts for nothing', async () => {
    const { node, gateway, mac } = await withSkills();
    const path = join(mac.stateDir, 'rules.json');
    const rules = JSON.parse(readFileSync(path, 'utf8')) as object;
    const skills = [{ name: 'uname', path: skill(node, 'uname')?.path ?? '', sha256: null }];
    writeFileSync(path, JSON.stringify({ ...rules, skills }));
    await asks(node, gateway, 'uname');
  });

  const own = async () => {
    const mac = new TestMac();
    const [front, bin] = [join(mac.folder, 'front'), join(mac.folder, 'bin')];
    for (const folder of [front, bin]) mkdirSync(folder, { mode: 0o700 });
    const write = (folder: string, text: string) => {
      writeFileSync(join(folder, 'skillcmd'), text);
      chmodSync(join(folder, 'skillcmd'), 0o700);
    };
    write(bin, '#!/bin/sh\necho first\n');
    mac.settings({ path: `${front}:${bin}:/usr/bin:/bin` });
    SKILLS.push('skillcmd');
    onTestFinished(() => void SKILLS.pop());
    const { node, gateway } = await withSkills({ mac });
    expect(skill(node, 'skillcmd')?.path).toBe(join(bin, 'skillcmd'));
    await node.skills.tick('skillcmd', join(bin, 'skillcmd'));
    expect(await gateway.exec('skillcmd')).toMatchObject({ outcome: 'finished' });
    return { node, gateway, front, bin, write };
  };

  it('that resolves anew is a proposal again, and asks', async () => {
    const { node, gateway, front, write } = await own();
    write(front, '#!/bin/sh\necho another\n');
    await asks(node, gateway, 'skillcmd');
    await node.skills.look();
    expect(skill(node, 'skillcmd')).toMatchObject({ standing: 'proposed', path: join(front, 'skillcmd') });
  });

  // What only root can write is not remembered by its content, and here root would be the one who changes it.
  it.skipIf(process.getuid?.() === 0)('whose program changed since it was ticked asks', async () => {
    const { node, gateway, bin, write } = await own();
    write(bin, '#!/bin/sh\necho second\n');
    await asks(node, gateway, 'skillcmd');
  });
});
