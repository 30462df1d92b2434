import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { DurableSecrets, newProcess } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';
import {
  evil,
  HASH,
  id,
  lets,
  ls,
  POLICY,
  policy,
  readJson,
  RULES,
  rules,
  startOn,
  writeJson,
} from './policy-on-disk.ts';

const PERSON = { by: 'person', gatewayId: null } as const;
const now = new Date('2026-11-22T10:00:00Z');

/** A Mac in use: one rule that remembers its file, `rm` never runs, and the history that led there was looser. */
async function inUse() {
  const folder = await temporaryFolder();
  const secrets = new DurableSecrets();
  writeJson(folder, POLICY, policy('full', ls, id));
  writeJson(folder, RULES, rules([]));
  const older = join(await temporaryFolder(), 'older');
  const first = await startOn(folder, secrets);
  cpSync(folder, older, { recursive: true });
  await first.store.edit((await first.store.read()).hash, policy('allowlist', ls), PERSON);
  const { hash } = await first.store.readRules();
  await first.store.editRules(hash, rules(['rm'], { '/bin/ls': HASH }) as never, PERSON);
  await first.marks.set('paused', now);
  return { folder, secrets, older, first };
}

describe('the first start', () => {
  it('takes the files that are there as the person’s own', async () => {
    const folder = await temporaryFolder();
    writeJson(folder, POLICY, policy('allowlist', ls));
    const started = await startOn(folder, new DurableSecrets());
    expect((await started.store.read()).value).toEqual(policy('allowlist', ls));
    expect(started.desk.pending).toEqual([]);
    expect(await started.marks.isSet('paused')).toBe(false);
  });

  it('writes the defaults where there are none', async () => {
    const folder = await temporaryFolder();
    const { store } = await startOn(folder, new DurableSecrets());
    expect((await store.forAgent(null)).effective).toMatchObject({ security: 'allowlist', ask: 'on-miss' });
  });

  it('takes a mark that was set before there was a seal', async () => {
    const folder = await temporaryFolder();
    const secrets = new DurableSecrets();
    const { marks } = await startOn(folder, secrets);
    await marks.clear('paused');
    writeFileSync(join(folder, 'marks/paused'), '');
    expect(await (await startOn(folder, secrets)).marks.isSet('paused')).toBe(true);
  });

  it('denies until there is a good file, and takes the first one: nothing ran before it', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, POLICY), 'nonsense', { mode: 0o600 });
    const started = await startOn(folder, new DurableSecrets());
    expect(await lets(started)).toEqual([]);
    writeJson(folder, POLICY, policy('allowlist', ls));
    expect((await started.store.read()).value).toEqual(policy('allowlist', ls));
  });

  it('happens at each start where the secrets end with the process', async () => {
    const folder = await temporaryFolder();
    await startOn(folder, newProcess());
    writeJson(folder, POLICY, policy('allowlist', evil));
    expect((await (await startOn(folder, newProcess())).store.read()).value).toEqual(
      policy('allowlist', evil),
    );
  });

  it('can follow a start with secrets that ended with their process', async () => {
    const folder = await temporaryFolder();
    await startOn(folder, newProcess());
    const started = await startOn(folder, new DurableSecrets());
    expect(started.seal.broken).toBeNull();
  });

  it('is none for the files of another gateway: what is there already is asked about', async () => {
    const folder = await temporaryFolder();
    const secrets = new DurableSecrets();
    await startOn(folder, secrets);
    const place = join(folder, 'place');
    mkdirSync(place);
    writeJson(place, POLICY, policy('full', evil));
    const started = await startOn(folder, secrets, place);
    expect((await started.store.forAgent('main')).effective).toMatchObject({
      security: 'allowlist',
      rules: [],
    });
    expect(started.desk.pending).toHaveLength(1);
  });

  it('goes on where it was cut short before the first seal', async () => {
    const folder = await temporaryFolder();
    const secrets = new DurableSecrets();
    await startOn(folder, secrets);
    const [[account, item] = ['', '']] = [...secrets.content];
    secrets.content = new Map([[account, item.replace(/"counter":\d+/, '"counter":0')]]);
    rmSync(join(folder, 'sealed.json'));
    expect((await startOn(folder, secrets)).seal.broken).toBeNull();
  });
});

describe('a change from outside', () => {
  it('that tightens counts at once, is recorded, and is what counts at the next start', async () => {
    const { folder, secrets, first } = await inUse();
    writeJson(folder, POLICY, policy('deny', ls));
    expect((await first.store.forAgent('main')).effective.security).toBe('deny');
    expect(first.journal.at(-1)).toMatchObject({ kind: 'policy-edit', by: 'file', result: 'applied' });
    const again = await startOn(folder, secrets);
    expect(again.desk.pending).toEqual([]);
    writeJson(folder, POLICY, policy('allowlist', ls));
    expect((await again.store.forAgent('main')).effective.security).toBe('deny');
  });

  it('that loosens waits, and so it does after a restart; what is not loosened of it counts', async () => {
    const { folder, secrets, first } = await inUse();
    const before = await lets(first);
    writeJson(folder, POLICY, policy('allowlist', id));
    expect(await lets(first)).toEqual(before.filter((line) => !line.startsWith('rule /bin/ls')));
    const again = await startOn(folder, secrets);
    expect((await again.store.forAgent('main')).effective.rules).toEqual([]);
    expect(again.desk.pending).toMatchObject([
      {
        from: { kind: 'file', file: POLICY },
        changes: [{ loosens: true, change: { kind: 'rule-added', entry: id } }],
      },
    ]);
    expect(first.journal).toContainEqual(
      expect.objectContaining({ kind: 'policy-edit', by: 'file', result: 'waiting' }),
    );
  });

  it('of rules.json: a new name that never runs counts; one taken away and a forgotten file wait', async () => {
    const { folder, first } = await inUse();
    writeJson(folder, RULES, rules(['curl']));
    const { value, outside } = await first.store.readRules();
    expect(value?.never.map(({ name }) => name)).toEqual(['rm', 'curl']);
    expect(value?.entries['ls']?.hashes).toEqual({ '/bin/ls': HASH });
    expect(outside?.kind).toBe('edit');
    await first.desk.look();
    expect(first.desk.pending.flatMap(({ changes }) => changes.map(({ change }) => change))).toEqual([
      { kind: 'never', name: 'rm', agent: null, before: 'deny', after: null },
      { kind: 'hash', key: 'ls', path: '/bin/ls', before: HASH, after: null },
    ]);
  });

  it('refused, is put back; approved, it counts and is the file', async () => {
    const { folder, secrets, first } = await inUse();
    writeJson(folder, POLICY, policy('allowlist', ls, id, evil));
    await first.desk.look();
    const [edit] = first.desk.pending;
    const wanted =
      edit?.changes.filter(({ change }) => 'entry' in change && change.entry['id'] === 'id') ?? [];
    const decision = { id: edit?.id ?? '', approve: wanted.map((change) => change.id) };
    expect(await first.desk.decide(decision)).toBe('done');
    expect(readJson(folder, POLICY)).toEqual(policy('allowlist', ls, id));
    expect(await first.desk.decide(decision)).toBe('unknown-edit');

    writeJson(folder, POLICY, policy('full', evil));
    const again = await startOn(folder, secrets);
    const [refused] = again.desk.pending;
    expect(await again.desk.decide({ id: refused?.id ?? '', approve: [] })).toBe('done');
    expect(again.desk.pending).toEqual([]);
    // The rules that the edit took away went at once; what it added did not come.
    expect(readJson(folder, POLICY)).toEqual(policy('allowlist'));
  });

  it('that changes again before the answer is asked again', async () => {
    const { folder, first } = await inUse();
    writeJson(folder, POLICY, policy('allowlist', ls, id));
    await first.desk.look();
    const [edit] = first.desk.pending;
    writeJson(folder, POLICY, policy('allowlist', ls, id, evil));
    const approve = edit?.changes.map((change) => change.id) ?? [];
    expect(await first.desk.decide({ id: edit?.id ?? '', approve })).toBe('changed');
    expect((await first.store.read()).value).toEqual(policy('allowlist', ls));
    expect(first.desk.pending[0]?.changes).toHaveLength(2);
  });

  it('waiting does not keep the person from editing, nor is it lost by that', async () => {
    const { folder, first } = await inUse();
    writeJson(folder, POLICY, policy('full', ls));
    const { hash } = await first.store.read();
    expect((await first.store.edit(hash, policy('allowlist', ls, id), PERSON)).kind).toBe('applied');
    expect(readJson(folder, POLICY)).toEqual(policy('full', ls));
    expect((await first.store.read()).value).toEqual(policy('allowlist', ls, id));
  });
});

describe('the Keychain', () => {
  it('locked at the start: nothing counts, all is paused, with words; unlocked, all is as it was', async () => {
    const { folder, secrets, first } = await inUse();
    await first.marks.clear('paused');
    const before = await lets(first);
    secrets.locked = true;
    const again = await startOn(folder, secrets);
    expect(again.seal.problem).toMatch(/nothing runs\. The Keychain cannot be used: it is locked/);
    expect(await lets(again)).toEqual([]);
    expect(await again.marks.isSet('paused')).toBe(true);
    await expect(again.marks.clear('paused')).rejects.toThrow(/locked/);
    secrets.locked = false;
    expect(await again.seal.retry()).toBe(true);
    expect(await lets(again)).toEqual(before);
  });

  it('locked later: what tightens holds, what loosens is not done', async () => {
    const { folder, secrets, first } = await inUse();
    secrets.locked = true;
    const { hash } = await first.store.read();
    await expect(first.store.edit(hash, policy('allowlist', ls, id), PERSON)).rejects.toThrow(
      /sealed.*locked/,
    );
    expect((await first.store.read()).value).toEqual(policy('allowlist', ls));
    await expect(first.marks.clear('paused')).rejects.toThrow(/locked/);
    await first.store.edit((await first.store.read()).hash, policy('deny'), PERSON);
    secrets.locked = false;
    const again = await startOn(folder, secrets);
    expect(again.seal.broken).toBeNull();
    expect(await lets(again)).toEqual([]);
  });
});

const everything = ['sealed.json', POLICY, RULES, 'marks'];
type Mac = Awaited<ReturnType<typeof inUse>>;

describe.each<[string, (mac: Mac) => void]>([
  ['the policy is changed', ({ folder }) => writeJson(folder, POLICY, policy('full', evil))],
  ['the rules are changed', ({ folder }) => writeJson(folder, RULES, rules([]))],
  [
    'the policy is replaced by an older one',
    ({ folder, older }) => cpSync(join(older, POLICY), join(folder, POLICY)),
  ],
  [
    'the rules are replaced by older ones',
    ({ folder, older }) => cpSync(join(older, RULES), join(folder, RULES)),
  ],
  [
    'the seal is replaced by an older one',
    ({ folder, older }) => cpSync(join(older, 'sealed.json'), join(folder, 'sealed.json')),
  ],
  [
    'everything is replaced by what was',
    ({ folder, older }) => cpSync(older, folder, { recursive: true, force: true }),
  ],
  ['the marks are taken away', ({ folder }) => rmSync(join(folder, 'marks'), { recursive: true })],
  ['the mark is taken away', ({ folder }) => rmSync(join(folder, 'marks/paused'))],
  [
    'everything but the Keychain is taken away',
    ({ folder }) => everything.forEach((name) => rmSync(join(folder, name), { recursive: true })),
  ],
  ['the key is taken away', ({ secrets }) => (secrets.content = new Map())],
  [
    'the key is damaged',
    ({ secrets }) => (secrets.content = new Map([...secrets.content.keys()].map((key) => [key, '{}']))),
  ],
  [
    'the seal is forged, and the files with it',
    ({ folder }) => {
      const path = join(folder, 'sealed.json');
      const file = z
        .object({ body: z.string() })
        .loose()
        .parse(JSON.parse(readFileSync(path, 'utf8')));
      const body = z
        .object({ documents: z.object({}) })
        .loose()
        .parse(JSON.parse(file.body));
      const said = JSON.stringify(policy('full', evil));
      const hash = createHash('sha256').update(said).digest('hex');
      const documents = { ...body.documents, [POLICY]: { hash, text: said, taken: null } };
      const forged = { ...file, body: JSON.stringify({ ...body, documents, marks: [] }) };
      writeFileSync(path, JSON.stringify(forged));
      writeFileSync(join(folder, POLICY), said);
      rmSync(join(folder, 'marks/paused'));
    },
  ],
  [
    'the seal says another counter',
    ({ folder }) => {
      const path = join(folder, 'sealed.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(/counter\\":\d+/, 'counter\\":99'));
    },
  ],
  ...everything.slice(0, 3).flatMap((name): [string, (mac: Mac) => void][] => [
    [`${name} is deleted`, ({ folder }) => rmSync(join(folder, name))],
    [`${name} is cut short`, ({ folder }) => truncateSync(join(folder, name), 20)],
    [`${name} is emptied`, ({ folder }) => truncateSync(join(folder, name), 0)],
    [`${name} can be written by others`, ({ folder }) => chmodSync(join(folder, name), 0o666)],
    [`${name} cannot be read`, ({ folder }) => chmodSync(join(folder, name), 0o000)],
    [
      `${name} is a link`,
      ({ folder }) => {
        renameSync(join(folder, name), join(folder, 'there'));
        symlinkSync(join(folder, 'there'), join(folder, name));
      },
    ],
    [`${name} has a second name`, ({ folder }) => linkSync(join(folder, name), join(folder, 'second'))],
    [
      `${name} is a folder`,
      ({ folder }) => {
        rmSync(join(folder, name));
        cpSync(join(folder, 'marks'), join(folder, name), { recursive: true });
      },
    ],
  ]),
])('when %s', (_what, tamper) => {
  it('nothing is let through that was not, now and after a start', async () => {
    const mac = await inUse();
    const before = new Set(await lets(mac.first));
    tamper(mac);
    for (const started of [
      mac.first,
      await startOn(mac.folder, mac.secrets),
      await startOn(mac.folder, mac.secrets),
    ]) {
      expect((await lets(started)).filter((line) => !before.has(line))).toEqual([]);
      expect(await started.marks.isSet('paused')).toBe(true);
    }
  });
});

describe('a broken seal', () => {
  it.each<[string, (mac: Mac) => void]>([
    ['is gone', ({ folder }) => rmSync(join(folder, 'sealed.json'))],
    ['was cut short', ({ folder }) => truncateSync(join(folder, 'sealed.json'), 20)],
    [
      'is an older one',
      ({ folder, older }) => cpSync(join(older, 'sealed.json'), join(folder, 'sealed.json')),
    ],
  ])('that %s takes no mark away: a gateway that was being left is left', async (_what, tamper) => {
    const mac = await inUse();
    const marks = [{ unpaired: 'g' }, 'contained'] as const;
    for (const mark of marks) await mac.first.marks.set(mark, now);
    await mac.first.marks.set({ unpaired: 'paired again' }, now);
    await mac.first.marks.clear({ unpaired: 'paired again' });
    tamper(mac);
    rmSync(join(mac.folder, 'marks'), { recursive: true });
    mkdirSync(join(mac.folder, 'marks'), { mode: 0o700 });
    const again = await startOn(mac.folder, mac.secrets);
    expect(again.seal.broken).not.toBeNull();
    for (const mark of marks) expect(await again.marks.isSet(mark)).toBe(true);
    expect(await again.marks.isSet({ unpaired: 'paired again' })).toBe(false);
  });

  it('takes the key of an earlier version, which has no marks beside it', async () => {
    const { folder, secrets, first } = await inUse();
    const before = await lets(first);
    const said = [...secrets.content].map(([account, item]) => {
      const { marks, ...earlier } = z.looseObject({ marks: z.array(z.string()) }).parse(JSON.parse(item));
      expect(marks).toEqual(['paused']);
      return [account, JSON.stringify(earlier)] as const;
    });
    secrets.content = new Map(said);
    const again = await startOn(folder, secrets);
    expect(again.seal.broken).toBeNull();
    expect(await lets(again)).toEqual(before);
  });

  it('is said, pauses, and leads back through the person’s look at the policy, rule by rule', async () => {
    const { folder, secrets } = await inUse();
    rmSync(join(folder, 'sealed.json'));
    const started = await startOn(folder, secrets);
    expect(started.seal.broken).toMatch(/The seal of your policy is gone/);
    expect(await lets(started)).toEqual([]);
    const asked = started.desk.pending.find(({ from }) => 'file' in from && from.file === POLICY);
    const approve = asked?.changes.map((change) => change.id) ?? [];
    expect(await started.desk.decide({ id: asked?.id ?? '', approve })).toBe('done');
    expect((await started.store.read()).value).toMatchObject(policy('allowlist', ls));
    await started.marks.clear('paused');
    const again = await startOn(folder, secrets);
    expect(again.seal.broken).toBeNull();
    expect(await lets(again)).toContain('not paused');
  });
});
