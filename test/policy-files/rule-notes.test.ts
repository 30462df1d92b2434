import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { diskFacts } from '../../main/facts/disk-facts.ts';
import type { FoundPath } from '../../main/facts/file-facts.ts';
import type { Program } from '../../main/facts/look-up.ts';
import { RuleNotes } from '../../main/policy-files/rule-notes.ts';
import { allow, answer, pairedNode, prompted, TestMac } from '../node/paired-node.ts';
import { HASH, id, ls, POLICY, policy, RULES, rules, startOn, writeJson } from '../node/policy-on-disk.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';

type Locate = (name: string) => Promise<Program | null>;

async function open(notes: object, locate: Locate = () => Promise.resolve(null), ...entries: object[]) {
  const folder = await temporaryFolder();
  writeJson(folder, POLICY, policy('allowlist', ls, ...entries));
  writeJson(folder, RULES, { version: 1, ...notes });
  const secrets = new DurableSecrets();
  const started = await startOn(folder, secrets);
  return {
    folder,
    secrets,
    ...started,
    notes: new RuleNotes(started.store, diskFacts(), locate),
  };
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

  it.skipIf(process.getuid?.() === 0)(
    'and by name is renewed where its program moved into another folder',
    async () => {
      const mac = new TestMac();
      const install = (version: string) => {
        mkdirSync(join(mac.work, 'cellar', version), { recursive: true });
        mac.file(`cellar/${version}/tool`, `#!/bin/sh\necho ${version}\n`, 0o700);
        rmSync(join(mac.work, 'bin/tool'), { force: true });
        symlinkSync(`../cellar/${version}/tool`, join(mac.work, 'bin/tool'));
      };
      mkdirSync(join(mac.work, 'bin'));
      install('first');
      const { gateway, node } = await pairedNode({
        policy: allow('tool'),
        mac,
        settings: { path: `${mac.work}/bin:/usr/bin:/bin` },
      });
      expect(await gateway.exec('tool')).toMatchObject({ outcome: 'finished', text: 'first\n' });
      expect((await node.ruleNotes.now()).changed).toEqual([]);
      install('second');
      rmSync(join(mac.work, 'cellar/first'), { recursive: true });
      const asked = gateway.exec('tool');
      const prompt = await prompted(node);
      expect(prompt.assessment.reason).toBe('changed-since-allowed');
      answer(node, prompt, 'deny');
      await asked;
      const { hash, changed } = await node.ruleNotes.now();
      expect(changed).toMatchObject([{ path: join(mac.work, 'cellar/second/tool') }]);
      const press = () => node.ruleNotes.renew(hash ?? '', changed[0]?.key ?? '', [changed[0]?.sha256 ?? '']);
      install('second');
      mac.file('cellar/second/tool', '#!/bin/sh\necho EVIL\n', 0o700);
      expect(await press()).toBe(false);
      install('second');
      expect(await press()).toBe(true);
      expect((await node.ruleNotes.now()).changed).toEqual([]);
      expect(await gateway.exec('tool')).toMatchObject({ outcome: 'finished', text: 'second\n' });
    },
  );

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

describe('what PATH finds now for a rule by name', () => {
  const replaced = { replaceable: true, shared: false };
  const used = { hashes: { '/old/tool': HASH } };
  it.each<[string, string, object, Partial<FoundPath>, by: 'name' | 'path', renewed: boolean]>([
    ['is what the rule does not count for', 'tool', used, replaced, 'name', true],
    ['is, too, where it was root’s before', 'tool', { places: ['/usr/bin/tool'] }, replaced, 'name', true],
    ['is its first use, where it was never used', 'tool', {}, replaced, 'name', false],
    ['is not looked for, for a path', '/old/tool', used, replaced, 'name', false],
    ['is not looked for, for a pattern', 't*', used, replaced, 'name', false],
    ['counts where only root can write it', 'tool', used, { ...replaced, replaceable: false }, 'name', false],
    [
      'is nobody’s to renew where others can write it',
      'tool',
      used,
      { ...replaced, shared: true },
      'name',
      false,
    ],
    ['is none where it is found in the folder of the run', 'tool', used, replaced, 'path', false],
  ])('%s', async (_what, pattern, note, file, by, renewed) => {
    const given = join(await temporaryFolder(), 'tool');
    writeFileSync(given, 'new', { mode: 0o700 });
    const found = await diskFacts().trace(given);
    const locate = vi.fn(() =>
      Promise.resolve(found.found ? { given, by, file: { ...found, ...file } } : null),
    );
    const { notes } = await open({ entries: { tool: note } }, locate, { id: 'tool', pattern });
    const { changed, hash } = await notes.now();
    expect(changed.some(({ path }) => path === given)).toBe(renewed);
    const shown = changed.map(({ sha256 }) => sha256 ?? '');
    expect(await notes.renew(hash ?? '', 'tool', shown)).toBe(renewed);
    if (renewed) expect((await notes.now()).changed).toEqual([]);
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

describe('who made a rule, and when,', () => {
  const PERSON = { by: 'person', gatewayId: null } as const;
  const at = (time: string) => {
    vi.useFakeTimers({ now: new Date(time), toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
  };
  const MONDAY = '2026-11-23T09:00:00.000Z';
  const TUESDAY = '2026-11-24T09:00:00.000Z';
  type Opened = Awaited<ReturnType<typeof open>>;
  const edit = async ({ store }: Opened, next: ReturnType<typeof policy>) =>
    store.edit((await store.read()).hash, next, PERSON);
  const approveAll = async ({ desk }: Opened) => {
    const [pending] = desk.pending;
    const approve = pending?.changes.map((change) => change.id) ?? [];
    expect(await desk.decide({ id: pending?.id ?? '', approve })).toBe('done');
  };
  const made = async ({ notes }: Opened) => (await notes.now()).made;

  it.each<[string, string, (opened: Opened) => Promise<unknown>]>([
    ['the person in Settings', 'person', (opened) => edit(opened, policy('allowlist', ls, id))],
    [
      'the gateway, approved here',
      'gateway',
      async (opened) => {
        const { hash } = await opened.store.read();
        await opened.desk.propose(hash ?? '', policy('allowlist', ls, id), { id: 'g', name: 'studio' });
        await approveAll(opened);
      },
    ],
    [
      'another program by its file, approved here',
      'file',
      async (opened) => {
        writeJson(opened.folder, POLICY, policy('allowlist', ls, id));
        await opened.desk.look();
        await approveAll(opened);
      },
    ],
  ])('is kept and sealed for one by %s, and for no other rule', async (_who, by, make) => {
    at(MONDAY);
    const opened = await open({});
    await make(opened);
    expect((await opened.store.read()).value).toEqual(policy('allowlist', ls, id));
    expect(await made(opened)).toEqual([{ key: 'id', by, atMs: Date.parse(MONDAY) }]);
    const again = await startOn(opened.folder, opened.secrets);
    expect((await again.store.readRules()).value?.entries).toMatchObject({ id: { by, at: MONDAY } });
    expect(again.desk.pending).toEqual([]);
  });

  it('is kept for "always", anew when it is renewed, and pressed again nothing changes', async () => {
    at(MONDAY);
    const mac = new TestMac();
    mac.file('tool', '#!/bin/sh\necho first\n', 0o700);
    const { gateway, node } = await pairedNode({ mac });
    const state = async () => ({
      made: (await node.ruleNotes.now()).made,
      version: await node.policy.version(),
    });
    const always = async () => {
      const result = gateway.exec('./tool', { cwd: mac.work });
      const prompt = await prompted(node);
      answer(node, prompt, 'allow-always');
      expect(await result).toMatchObject({ outcome: 'finished' });
      return { prompt, ...(await state()) };
    };
    const { prompt, ...first } = await always();
    expect(first.made).toMatchObject([{ by: 'person', atMs: Date.parse(MONDAY) }]);
    at(TUESDAY);
    const again = { ...prompt, policyVersion: first.version, grantId: null };
    expect(await node.policy.allowAlways(again, 'exact')).toBe(true);
    expect(await state()).toEqual(first);
    mac.file('tool', '#!/bin/sh\necho second\n', 0o700);
    expect((await always()).made).toMatchObject([{ by: 'person', atMs: Date.parse(TUESDAY) }]);
  }, 30_000);

  it('is anew once its file was renewed in Settings', async () => {
    at(TUESDAY);
    const folder = await temporaryFolder();
    const path = join(folder, 'tool');
    writeFileSync(path, 'x');
    const opened = await open({
      entries: { ls: { hashes: { [path]: HASH }, by: 'gateway', at: MONDAY } },
    });
    const { hash, changed } = await opened.notes.now();
    expect(await made(opened)).toEqual([{ key: 'ls', by: 'gateway', atMs: Date.parse(MONDAY) }]);
    expect(await opened.notes.renew(hash ?? '', 'ls', [changed[0]?.sha256 ?? ''])).toBe(true);
    expect(await made(opened)).toEqual([{ key: 'ls', by: 'person', atMs: Date.parse(TUESDAY) }]);
  });

  it('that cannot be kept does not take the rule back, nor is it one more question', async () => {
    const opened = await open({ never: [{ name: 'rm' }] });
    writeJson(opened.folder, RULES, rules([]));
    await opened.desk.look();
    const [waiting] = opened.desk.pending;
    expect(waiting?.from).toEqual({ kind: 'file', file: RULES });
    expect((await edit(opened, policy('allowlist', ls, id))).kind).toBe('applied');
    await opened.desk.look();
    expect(opened.desk.pending).toEqual([waiting]);
    expect((await opened.store.read()).value).toEqual(policy('allowlist', ls, id));
  });

  it.each([
    ['of nobody that is known', { by: 'the cat', at: MONDAY }],
    ['at no time that is one', { by: 'person', at: 'yesterday' }],
    ['before there were such clocks', { by: 'person', at: '1969-12-31T00:00:00.000Z' }],
    ['that was never kept', {}],
  ])('%s is not shown, and the rule counts', async (_what, note) => {
    const opened = await open({ entries: { ls: note } });
    expect(await made(opened)).toEqual([]);
    expect((await opened.store.forAgent('main')).effective.rules).toMatchObject([{ key: 'ls', off: null }]);
  });
});
