import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { diskFacts } from '../../main/facts/disk-facts.ts';
import { RuleNotes } from '../../main/node/rule-notes.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { allow, answer, pairedNode, prompted, TestMac } from './paired-node.ts';
import { ls, POLICY, policy, RULES, startOn, writeJson } from './policy-on-disk.ts';

async function open(notes: object) {
  const folder = await temporaryFolder();
  writeJson(folder, POLICY, policy('allowlist', ls));
  writeJson(folder, RULES, { version: 1, ...notes });
  const started = await startOn(folder, new DurableSecrets());
  return { folder, ...started, notes: new RuleNotes(started.store, diskFacts()) };
}

describe('a rule on a file that changed', { timeout: 30_000 }, () => {
  it('is off until it is renewed, with one press for exactly the content that was shown', async () => {
    const mac = new TestMac();
    const path = mac.file('tool', '#!/bin/sh\necho first\n', 0o700);
    const { gateway, node } = await pairedNode({ policy: allow(path), mac });
    expect(await gateway.exec(path)).toMatchObject({ outcome: 'finished', text: 'first\n' });
    expect((await node.ruleNotes.now()).changed).toEqual([]);
    mac.file('tool', '#!/bin/sh\necho second\n', 0o700);
    const shown = await node.ruleNotes.now();
    const [file] = shown.changed;
    expect(file).toMatchObject({ path });
    const press = () => node.ruleNotes.renew(shown.hash ?? '', file?.key ?? '', [file?.sha256 ?? '']);

    mac.file('tool', '#!/bin/sh\necho third\n', 0o700);
    expect(await press()).toBe(false);
    mac.file('tool', '#!/bin/sh\necho second\n', 0o700);
    expect(await press()).toBe(true);
    expect(await gateway.exec(path)).toMatchObject({ outcome: 'finished', text: 'second\n' });
    expect(mac.recorded('policy-edit').at(-1)).toMatchObject({ by: 'person', result: 'applied' });
  });

  it('made by "always" is renewed by "always" in the prompt that says so', async () => {
    const { gateway, mac, node } = await pairedNode();
    mac.file('tool', '#!/bin/sh\necho first\n', 0o700);
    const first = gateway.exec('./tool', { cwd: mac.work });
    answer(node, await prompted(node), 'allow-always');
    await first;
    mac.file('tool', '#!/bin/sh\necho second\n', 0o700);
    const second = gateway.exec('./tool', { cwd: mac.work });
    const prompt = await prompted(node);
    expect(prompt.assessment.reason).toBe('changed-since-allowed');
    answer(node, prompt, 'allow-always');
    expect(await second).toMatchObject({ outcome: 'finished', text: 'second\n' });
    expect(await gateway.exec('./tool', { cwd: mac.work })).toMatchObject({ outcome: 'finished' });
    expect((await node.policy.read()).value?.agents?.['main']?.allowlist).toHaveLength(1);
  });

  it('that is gone or cannot be read is said, and cannot be renewed', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'tool');
    writeFileSync(path, 'x');
    const { notes } = await open({ entries: { ls: { hashes: { [path]: 'a'.repeat(64) } } } });
    chmodSync(path, 0o000);
    expect((await notes.now()).changed).toMatchObject([
      { key: 'ls', path, sha256: process.getuid?.() === 0 ? (expect.any(String) as string) : null },
    ]);
    rmSync(path);
    const { changed, hash } = await notes.now();
    expect(changed).toEqual([{ key: 'ls', path, sha256: null }]);
    expect(await notes.renew(hash ?? '', 'ls', [])).toBe(false);
  });
});

it('a rule whose examples fail is off and says so', async () => {
  const { notes } = await open({ entries: { ls: { matches: [{ executable: '/bin/cat' }] } } });
  expect((await notes.now()).off).toEqual([{ key: 'ls', why: 'examples-fail' }]);
});

it('a rule with a name that a record cannot hold remembers its file all the same', async () => {
  const mac = new TestMac();
  const path = mac.file('tool', '#!/bin/sh\necho first\n', 0o700);
  const file = JSON.parse(
    `{"version":1,"defaults":{"security":"allowlist","ask":"on-miss","askFallback":"deny"},"agents":{"main":{"allowlist":[{"id":"__proto__","pattern":${JSON.stringify(path)}}]}}}`,
  ) as ReturnType<typeof allow>;
  const { gateway, node } = await pairedNode({ policy: file, mac });
  expect(await gateway.exec(path)).toMatchObject({ outcome: 'finished' });
  mac.file('tool', '#!/bin/sh\necho EVIL\n', 0o700);
  const again = gateway.exec(path);
  const prompt = await prompted(node);
  expect(prompt.assessment.reason).toBe('changed-since-allowed');
  answer(node, prompt, 'deny');
  await again;
}, 30_000);

describe('the never-list', () => {
  it('is edited name by name, for all agents or one, on the list that was shown', async () => {
    const { notes, store } = await open({});
    const { hash } = await notes.now();
    expect(await notes.setNever(hash ?? '', { name: 'rm', agent: null, effect: 'deny' })).toBe(true);
    expect(await notes.setNever(hash ?? '', { name: 'curl', agent: null, effect: 'deny' })).toBe(false);
    const second = (await notes.now()).hash ?? '';
    expect(await notes.setNever(second, { name: 'curl', agent: 'main', effect: 'prompt' })).toBe(true);
    expect((await store.forAgent('main')).effective.never).toEqual([
      { name: 'rm', effect: 'deny' },
      { name: 'curl', effect: 'prompt' },
    ]);
    expect((await store.forAgent('other')).effective.never).toEqual([{ name: 'rm', effect: 'deny' }]);
    const third = (await notes.now()).hash ?? '';
    expect(await notes.setNever(third, { name: 'rm', agent: null, effect: null })).toBe(true);
    expect((await store.forAgent('other')).effective.never).toEqual([]);
  });
});
