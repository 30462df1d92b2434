import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import { allow, answer, pairedNode, prompted, TestMac } from './paired-node.ts';
import { evil, id, ls, POLICY, policy, readJson, startOn, writeJson } from './policy-on-disk.ts';

const PERSON = { by: 'person', gatewayId: null } as const;
const gateway = { id: 'g', name: 'studio' };

async function open(first = policy('allowlist', ls)) {
  const folder = await temporaryFolder();
  const secrets = new DurableSecrets();
  writeJson(folder, POLICY, first);
  const started = await startOn(folder, secrets);
  const hash = async () => (await started.store.read()).hash ?? '';
  return { folder, secrets, hash, ...started };
}

describe('an edit of the gateway', () => {
  it('that only tightens is made at once, reported, and can be undone', async () => {
    const { desk, store, hash } = await open(policy('allowlist', ls, id));
    const told: string[] = [];
    desk.on('tightened', ({ from }) => told.push(from.name));
    expect(await desk.propose(await hash(), policy('deny', ls), gateway)).toBe('applied');
    expect(told).toEqual(['studio']);
    expect((await store.read()).value).toEqual(policy('deny', ls));

    const [edit] = desk.undoable;
    expect(await desk.undo(edit?.id ?? '')).toBe('done');
    expect((await store.read()).value).toEqual(policy('allowlist', ls, id));
    expect(desk.undoable).toEqual([]);
    expect(await desk.undo(edit?.id ?? '')).toBe('unknown-edit');
  });

  it('undone, does not undo what the person did since', async () => {
    const { desk, store, hash } = await open(policy('full', ls, id));
    await desk.propose(await hash(), policy('allowlist', ls), gateway);
    await store.edit(await hash(), policy('deny', ls), PERSON);
    await desk.undo(desk.undoable[0]?.id ?? '');
    expect((await store.read()).value).toEqual(policy('deny', ls, id));
  });

  const under = (defaults: object, all: object) => ({
    version: 1 as const,
    defaults: { askFallback: 'deny', ...defaults },
    agents: { '*': all },
  });

  it('that opens the defaults under an entry for all agents waits: undoing that entry would bare it', async () => {
    const { desk, store, hash } = await open(under({ security: 'allowlist', ask: 'on-miss' }, {}) as never);
    const closed = under({ security: 'allowlist', ask: 'on-miss' }, { security: 'deny' });
    expect(await desk.propose(await hash(), closed as never, gateway)).toBe('applied');
    const opened = under({ security: 'full', ask: 'off' }, { security: 'deny' });
    expect(await desk.propose(await hash(), opened as never, gateway)).toBe('waits');
    await desk.undo(desk.undoable[0]?.id ?? '');
    const { effective } = await store.forAgent('anybody');
    expect(effective).toMatchObject({ security: 'allowlist', ask: 'on-miss' });
  });

  it('that allows all by several settings calls none of them stricter', async () => {
    const strict = { security: 'allowlist', ask: 'on-miss' };
    const { desk, hash } = await open(under(strict, {}) as never);
    await desk.propose(await hash(), under(strict, strict) as never, gateway);
    expect(
      await desk.propose(await hash(), under({ security: 'full', ask: 'off' }, {}) as never, gateway),
    ).toBe('waits');
    expect(desk.pending[0]?.changes.map(({ loosens }) => loosens)).toEqual([true, true, true, true]);
  });

  it('undone where the person changed what it hid, is shown first and made only by their word', async () => {
    const open4 = under({ security: 'full', ask: 'off' }, { security: 'deny' });
    const { desk, store, hash } = await open(open4 as never);
    const closed = under({ security: 'allowlist', ask: 'on-miss' }, { security: 'deny' });
    expect(
      await desk.propose(
        await hash(),
        under({ security: 'allowlist', ask: 'off' }, { security: 'deny' }) as never,
        gateway,
      ),
    ).toBe('applied');
    await store.edit(await hash(), under(closed.defaults, {}) as never, PERSON);
    const [edit] = desk.undoable;
    expect(await desk.undo(edit?.id ?? '')).toBe('waits');
    expect((await store.read()).value).toEqual(under(closed.defaults, {}));
    const [asked] = desk.pending;
    expect(asked).toMatchObject({
      from: { kind: 'undo', name: 'studio' },
      changes: [{ loosens: true, change: { field: 'security', before: 'allowlist', after: 'full' } }],
    });
    expect(await desk.decide({ id: asked?.id ?? '', approve: [] })).toBe('done');
    expect([desk.pending.length, desk.undoable.length]).toEqual([0, 1]);

    await desk.undo(edit?.id ?? '');
    const approve = asked?.changes.map((change) => change.id) ?? [];
    expect(await desk.decide({ id: asked?.id ?? '', approve })).toBe('done');
    expect((await store.read()).value?.defaults?.security).toBe('full');
    expect([desk.pending.length, desk.undoable.length]).toEqual([0, 0]);
  });

  it('one after the other, each undone, is back where it was, in whichever order', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const first = policy('full', ls, id);
      const { desk, store, hash } = await open(first);
      await desk.propose(await hash(), policy('allowlist', ls, id), gateway);
      await desk.propose(await hash(), policy('allowlist', ls), gateway);
      const edits = desk.undoable.map((edit) => edit.id);
      for (const at of order) expect(await desk.undo(edits[at] ?? '')).toBe('done');
      expect((await store.read()).value).toEqual(first);
    }
  });

  it('can be undone after a restart, for 30 days and not longer', async () => {
    const { folder, secrets, desk, hash } = await open(policy('allowlist', ls, id));
    await desk.propose(await hash(), policy('allowlist', ls), gateway);
    expect((await startOn(folder, secrets)).desk.undoable).toHaveLength(1);
    vi.useFakeTimers({ now: Date.now() + 30 * 86_400_000, toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    expect((await startOn(folder, secrets)).desk.undoable).toEqual([]);
  });

  it('that loosens waits, and changes nothing until the person has chosen from it', async () => {
    const { desk, store, hash, journal } = await open();
    expect(await desk.propose(await hash(), policy('full', ls, id, evil), gateway)).toBe('waits');
    expect((await store.read()).value).toEqual(policy('allowlist', ls));
    expect(journal.at(-1)).toMatchObject({ by: 'gateway', gatewayId: 'g', result: 'waiting' });
    const [edit] = desk.pending;
    expect(edit).toMatchObject({ from: { kind: 'gateway', name: 'studio' } });
    expect(edit?.changes.map(({ loosens, change }) => [loosens, change.kind])).toEqual([
      [true, 'setting'],
      [true, 'rule-added'],
      [true, 'rule-added'],
    ]);
    const [, wanted] = edit?.changes ?? [];
    expect(await desk.decide({ id: edit?.id ?? '', approve: [wanted?.id ?? ''] })).toBe('done');
    expect((await store.read()).value).toEqual(policy('allowlist', ls, id));
    expect(desk.pending).toEqual([]);
  });

  it.each([
    ['another edit', 'nobody', []],
    ['a change that is not in it', null, ['nothing']],
  ])('is not decided by an answer to %s', async (_what, other, approve) => {
    const { desk, store, hash } = await open();
    await desk.propose(await hash(), policy('full', ls), gateway);
    const shown = desk.pending[0]?.id ?? '';
    expect(await desk.decide({ id: other ?? shown, approve })).toBe('unknown-edit');
    expect((await store.read()).value).toEqual(policy('allowlist', ls));
    expect(desk.pending).toHaveLength(1);
  });

  it('is replaced by a later one, whose answer is another one', async () => {
    const { desk, store, hash } = await open();
    await desk.propose(await hash(), policy('allowlist', ls, id), gateway);
    const [first] = desk.pending;
    await desk.propose(await hash(), policy('allowlist', ls, evil), gateway);
    const approve = first?.changes.map((change) => change.id) ?? [];
    expect(await desk.decide({ id: first?.id ?? '', approve })).toBe('unknown-edit');
    expect((await store.read()).value).toEqual(policy('allowlist', ls));
    expect(desk.pending).toHaveLength(1);
    await desk.propose(await hash(), policy('allowlist', ls), gateway);
    expect(desk.pending).toEqual([]);
  });

  it('said again stays as it is on the screen, and is no news for the record', async () => {
    const { desk, hash, journal } = await open();
    await desk.propose(await hash(), policy('allowlist', ls, id), gateway);
    const [first] = desk.pending;
    await desk.propose(await hash(), policy('allowlist', ls, id), gateway);
    expect(desk.pending).toEqual([first]);
    expect(journal.filter(({ result }) => result === 'waiting')).toHaveLength(1);
  });

  it('comes after that of a file', async () => {
    const { desk, folder, hash } = await open();
    await desk.propose(await hash(), policy('allowlist', ls, id), gateway);
    writeJson(folder, POLICY, policy('allowlist', ls, evil));
    await desk.look();
    expect(desk.pending.map(({ from }) => from.kind)).toEqual(['file', 'gateway']);
  });

  it('is over after ten minutes, which is a no on the record', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { desk, hash, journal, store } = await open();
    await desk.propose(await hash(), policy('full', ls), gateway);
    vi.advanceTimersByTime(10 * 60_000 - 1);
    await desk.look();
    expect(desk.pending).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await desk.look();
    expect(desk.pending).toEqual([]);
    expect(journal.at(-1)).toMatchObject({ by: 'gateway', result: 'refused' });
    expect((await store.read()).value).toEqual(policy('allowlist', ls));
  });

  it('on a policy that changed meanwhile is asked again, without bringing anything back', async () => {
    const { desk, store, hash } = await open(policy('allowlist', ls, evil));
    await desk.propose(await hash(), policy('allowlist', ls, evil, id), gateway);
    const [edit] = desk.pending;
    await store.edit(await hash(), policy('allowlist', ls), PERSON);
    const approve = edit?.changes.map((change) => change.id) ?? [];
    expect(await desk.decide({ id: edit?.id ?? '', approve })).toMatch(/changed|unknown-edit/);
    const [again] = desk.pending;
    expect(again?.id).not.toBe(edit?.id);
    await desk.decide({ id: again?.id ?? '', approve: again?.changes.map((change) => change.id) ?? [] });
    expect((await store.read()).value).toEqual(policy('allowlist', ls, id));
  });

  it('made on another state is not taken', async () => {
    const { desk } = await open();
    expect(await desk.propose('0'.repeat(64), policy('deny'), gateway)).toBe('changed');
  });

  it('of more changes than anybody would read is refused', async () => {
    const { desk, hash } = await open();
    const many = Array.from({ length: 501 }, (_, index) => ({ pattern: `/bin/${index}` }));
    expect(await desk.propose(await hash(), policy('allowlist', ...many), gateway)).toBe('too-many');
    expect(desk.pending).toEqual([]);
  });

  it('keeps what the gateway is not shown', async () => {
    const first = { ...policy('allowlist', { ...ls, lastUsedAt: 5 }, id), socket: { path: '/x' } };
    const { desk, store, hash } = await open(first);
    expect(await desk.propose(await hash(), policy('allowlist', ls), gateway)).toBe('applied');
    expect((await store.read()).value).toEqual({
      ...first,
      ...policy('allowlist', { ...ls, lastUsedAt: 5 }),
    });
  });
});

describe('over the wire', { timeout: 30_000 }, () => {
  const set = (file: object, baseHash: string) => ({ file, baseHash });

  it('tightening answers with the new policy, loosening with whom it waits for', async () => {
    const {
      gateway: practice,
      node,
      mac,
    } = await pairedNode({ policy: allow('/usr/bin/uname', '/usr/bin/id') });
    const got = await practice.invoke('system.execApprovals.get', {});
    if (!got.ok) throw new Error(got.message);
    const { hash } = got.payload as { hash: string };
    const tightened = await practice.invoke('system.execApprovals.set', set(allow('/usr/bin/uname'), hash));
    expect(tightened).toMatchObject({ ok: true, payload: { file: allow('/usr/bin/uname') } });
    const next = (tightened.ok ? tightened.payload : {}) as { hash: string };
    expect(
      await practice.invoke('system.execApprovals.set', set(allow('/usr/bin/uname', '/bin/**'), next.hash)),
    ).toMatchObject({ ok: false, code: 'UNAVAILABLE', message: 'waiting for the person at this Mac' });
    expect(node.snapshot().policyEdits).toBe(1);
    expect(readJson(mac.stateDir, POLICY)).toMatchObject(allow('/usr/bin/uname'));
  });

  it('says nothing of rules.json, and changes nothing in it', async () => {
    const mac = new TestMac();
    const own = { version: 1 as const, never: [{ name: 'shred', effect: 'deny' as const }], entries: {} };
    mac.rules(own);
    const { gateway: practice, node } = await pairedNode({ policy: allow('/usr/bin/uname'), mac });
    const got = await practice.invoke('system.execApprovals.get', { includeResolvedDefaults: true });
    expect(JSON.stringify(got)).not.toMatch(/shred|never|entries/);
    const { hash } = (got.ok ? got.payload : {}) as { hash: string };
    for (const more of [{ never: [] }, { entries: {} }, { skills: [] }]) {
      await practice.invoke('system.execApprovals.set', set({ ...allow(), ...more }, hash));
      await practice.invoke('system.execApprovals.set', { ...set(allow(), hash), ...more });
    }
    expect((await node.policy.readRules()).value?.never).toEqual(own.never);
  });

  it('an edit is bounded: long names, large files and many at once are refused', async () => {
    const { gateway: practice, node } = await pairedNode({ policy: allow('/usr/bin/id') });
    const { hash } = await node.policy.read();
    const named = (id: string) => ({ ...allow('/usr/bin/id'), agents: { [id]: { security: 'deny' } } });
    const invalid = { ok: false, code: 'INVALID_REQUEST' };
    const send = (file: object) => practice.invoke('system.execApprovals.set', set(file, hash ?? ''));
    expect(await send(named('x'.repeat(257)))).toMatchObject(invalid);
    const large = { ...allow('/usr/bin/id'), x: 'x'.repeat(1024 * 1024) };
    expect(await send(large)).toMatchObject(invalid);
    const answers = await Promise.all(Array.from({ length: 40 }, () => send({})));
    expect(answers.filter((one) => !one.ok && one.code === 'UNAVAILABLE').length).toBeGreaterThan(0);
    expect((await node.policy.read()).hash).toBe(hash);
  });

  it('tightening while "always" is being given: the rule is not stored over it', async () => {
    const { gateway: practice, node } = await pairedNode({ policy: allow('/usr/bin/id') });
    const run = practice.exec('uname');
    const prompt = await prompted(node);
    const { hash } = await node.policy.read();
    await practice.invoke('system.execApprovals.set', set(allow(), hash ?? ''));
    answer(node, prompt, 'allow-always');
    expect(await run).toMatchObject({ outcome: 'denied-before-execution' });
    expect((await node.policy.read()).value?.agents?.['main']?.allowlist).toEqual([]);
  });
});
