import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { allow, PATH, TestMac } from '../node/paired-node.ts';
import { until } from '../run/processes.ts';

const program = fileURLToPath(new URL('../../dist/main/headless.js', import.meta.url));
const event = z.looseObject({ event: z.string() });
type Event = z.infer<typeof event>;

/** The built program, its lines and its end. */
class Headless {
  readonly events: Event[] = [];
  readonly #child;
  #errors = '';
  #look: () => void = () => undefined;

  constructor(mac: TestMac, args: readonly string[], env: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, [program, '--state-dir', mac.stateDir, ...args], {
      env: { PATH, HOME: mac.work, ...env },
    });
    onTestFinished(() => void this.#child.kill('SIGKILL'));
    let rest = '';
    this.#child.stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      this.events.push(...lines.map((line) => event.parse(JSON.parse(line))));
      this.#look();
    });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
  }

  send(line: object | string): void {
    this.#child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }

  closeInput(): void {
    this.#child.stdin.end();
  }

  /** The first event that fits, at any time. */
  async said(fits: Record<string, unknown>): Promise<Event> {
    const matches = (said: Event): boolean =>
      Object.entries(fits).every(([key, value]) => said[key] === value);
    for (;;) {
      const found = this.events.find(matches);
      if (found !== undefined) return found;
      await new Promise<void>((resolve, reject) => {
        this.#look = resolve;
        this.#child.once('exit', () => reject(new Error(`ended: ${this.#errors}`)));
      });
    }
  }

  async ended(): Promise<{ code: number | null; errors: string }> {
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    return { code: this.#child.exitCode, errors: this.#errors };
  }

  stop(): void {
    this.#child.kill('SIGTERM');
  }
}

async function paired(mac: TestMac, args: readonly string[] = []): Promise<[Headless, PracticeGateway]> {
  const gateway = await startPracticeGateway({ probes: false });
  onTestFinished(() => gateway.stop());
  const headless = new Headless(mac, ['--setup-code', '-', '--memory-secrets', ...args]);
  headless.send(gateway.setupCode());
  await headless.said({ event: 'state', state: 'awaiting-approval' });
  gateway.approveDevice();
  await headless.said({ event: 'state', state: 'connected' });
  gateway.approveCommands();
  await headless.said({ event: 'state', state: 'connected', commandsApproved: true });
  return [headless, gateway];
}

describe('headless', { timeout: 40_000 }, () => {
  it('says what it waits for, asks, runs what was allowed, and reports it', async () => {
    const mac = new TestMac();
    const [headless, gateway] = await paired(mac);
    const waiting = headless.events.find(({ state }) => state === 'awaiting-approval');
    expect(waiting?.['requestId']).toEqual(expect.any(String));

    const script = mac.file('job.sh', 'echo done\n');
    const result = gateway.exec('sh job.sh');
    const prompt = await headless.said({ event: 'prompt' });
    expect(prompt).toMatchObject({
      command: '/bin/sh -c "sh job.sh"',
      cwd: mac.work,
      agentId: 'main',
      sessionKey: 'agent:main:main',
      operands: [{ path: script, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      choices: expect.arrayContaining(['allow-once', 'deny']) as string[],
      expiresAtMs: expect.any(Number) as number,
    });
    headless.send({ decide: { id: prompt['id'], digest: prompt['digest'], decision: 'allow-once' } });
    expect(await result).toMatchObject({ outcome: 'finished', text: 'done\n' });
    await headless.said({ event: 'prompt-closed', id: prompt['id'], reason: 'allow-once' });
    expect(await headless.said({ event: 'finished' })).toMatchObject({
      exitCode: 0,
      runId: (await result).runId,
    });
  });

  it('changes nothing for a bad line, an unknown id or a wrong digest', async () => {
    const mac = new TestMac();
    const [headless, gateway] = await paired(mac);
    const result = gateway.exec('id');
    const prompt = await headless.said({ event: 'prompt' });
    headless.send('allow everything');
    await headless.said({ event: 'error', code: 'bad-line' });
    headless.send({ decide: { id: 'nobody', digest: prompt['digest'], decision: 'allow-once' } });
    await headless.said({ event: 'error', code: 'unknown-prompt' });
    headless.send({ decide: { id: prompt['id'], digest: '0'.repeat(64), decision: 'allow-once' } });
    await headless.said({ event: 'error', code: 'wrong-digest' });
    headless.send({ decide: { id: prompt['id'], digest: prompt['digest'], decision: 'deny' } });
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
    await headless.said({ event: 'denied', reason: 'user-denied' });
  });

  it('allows for a while, lists it, and revokes it by a line', async () => {
    const mac = new TestMac();
    const [headless, gateway] = await paired(mac);
    const first = gateway.exec('uname');
    const { id, digest } = await headless.said({ event: 'prompt' });
    headless.send({ decide: { id, digest, decision: 'allow-15m' } });
    expect(await first).toMatchObject({ outcome: 'finished' });
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'finished' });
    await expect
      .poll(() => headless.events.findLast(({ event }) => event === 'state')?.['grants'])
      .toHaveLength(1);
    const state = headless.events.findLast(({ event }) => event === 'state');
    const [grant] = z.array(z.looseObject({ id: z.string() })).parse(state?.['grants']);
    expect(grant).toMatchObject({ digest, span: '15m', command: '/bin/sh -c uname' });
    headless.send({ revoke: 'nothing' });
    await headless.said({ event: 'error', code: 'unknown-grant' });
    headless.send({ revoke: grant?.id });
    const asked = headless.events.filter(({ event }) => event === 'prompt').length;
    const again = gateway.exec('uname');
    await expect.poll(() => headless.events.filter(({ event }) => event === 'prompt').length).toBe(asked + 1);
    const prompt = headless.events.findLast(({ event }) => event === 'prompt');
    const answer = { id: prompt?.['id'], digest: prompt?.['digest'], decision: 'deny' };
    headless.send({ decide: { ...answer, reason: 'x'.repeat(201) } });
    await headless.said({ event: 'error', code: 'bad-line' });
    headless.send({ decide: { ...answer, reason: 'enough', quiet: 'agent' } });
    expect((await again).text).toContain('who says: "enough"');
    expect((await gateway.exec('id')).text).toContain('not to be disturbed');
  });

  it('pauses, resumes and unpairs by a line', async () => {
    const mac = new TestMac();
    mac.policy(allow('/usr/bin/uname'));
    const [headless, gateway] = await paired(mac);
    headless.send({ pause: true });
    await headless.said({ event: 'state', state: 'paused' });
    expect(await gateway.exec('uname')).toMatchObject({ outcome: 'denied-before-execution' });
    headless.send({ resume: true });
    await expect.poll(() => headless.events.at(-1)?.['state']).toBe('connected');
    headless.send({ unpair: true });
    expect(await headless.said({ event: 'state', state: 'unpaired', gateway: undefined })).toBeDefined();
    await expect.poll(() => headless.events.at(-1)?.['state']).toBe('unpaired');
    headless.closeInput();
    expect(await headless.ended()).toMatchObject({ code: 0 });
  });

  it('says which edits of the policy wait, and makes the changes that a line approves, no others', async () => {
    const mac = new TestMac();
    mac.policy(allow('/usr/bin/uname'));
    const [headless, gateway] = await paired(mac);
    const got = await gateway.invoke('system.execApprovals.get', {});
    const { hash } = z.object({ payload: z.object({ hash: z.string() }) }).parse(got).payload;
    const file = allow('/usr/bin/uname', '/usr/bin/id', '/bin/**');
    expect(await gateway.invoke('system.execApprovals.set', { file, baseHash: hash })).toMatchObject({
      ok: false,
      code: 'UNAVAILABLE',
    });
    const edit = await headless.said({ event: 'policy-edit', state: 'waiting' });
    const changes = z
      .array(z.looseObject({ id: z.string(), loosens: z.literal(true) }))
      .parse(edit['changes']);
    expect(changes).toMatchObject([{ kind: 'rule-added' }, { kind: 'rule-added' }]);
    headless.send({ edit: { id: edit['id'], approve: ['all'] } });
    await headless.said({ event: 'error', code: 'unknown-edit' });
    headless.send({ edit: { id: edit['id'], approve: [changes[0]?.id] } });
    await headless.said({ event: 'policy-edit-closed', id: edit['id'] });
    expect(await gateway.exec('id -u')).toMatchObject({ outcome: 'finished' });
    const other = gateway.exec('ls');
    headless.send({ pause: true });
    expect(await other).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('denies when nobody listens any more', async () => {
    const mac = new TestMac();
    const [headless, gateway] = await paired(mac);
    const result = gateway.exec('id');
    await headless.said({ event: 'prompt' });
    headless.closeInput();
    expect(await result).toMatchObject({ outcome: 'denied-before-execution' });
  });

  it('keeps no secret in its files or its output', async () => {
    const mac = new TestMac();
    const gateway = await startPracticeGateway({ probes: false, sharedToken: 'shared-token-of-the-gateway' });
    onTestFinished(() => gateway.stop());
    const headless = new Headless(mac, ['--gateway', gateway.url, '--memory-secrets'], {
      LATCHKEY_GATEWAY_TOKEN: 'shared-token-of-the-gateway',
    });
    await headless.said({ event: 'state', state: 'awaiting-approval' });
    gateway.approveDevice();
    await headless.said({ event: 'state', state: 'connected' });
    headless.stop();
    const { errors } = await headless.ended();
    const files = readdirSync(mac.stateDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const everything = [errors, JSON.stringify(headless.events), ...files].join('\n');
    const [device] = gateway.book.devices;
    for (const secret of ['shared-token-of-the-gateway', device?.token ?? 'none']) {
      expect(everything).not.toContain(secret);
    }
  });

  it('gives the incident report by a line, twice the same, without a secret that a command named', async () => {
    const mac = new TestMac();
    mac.policy({ version: 1, defaults: { security: 'full', ask: 'off' } });
    const [headless, gateway] = await paired(mac);
    const token = gateway.book.devices[0]?.token ?? 'none';
    const [password, code] = ['correct-horse-battery', gateway.setupCode()];
    const pem = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ';
    for (const command of [
      `echo --token ${token}`,
      `DEPLOY_PASSWORD=${password} true`,
      `echo ${code}`,
      `echo oc-pair://${code}`,
      `echo '-----BEGIN PRIVATE KEY-----\n${pem}\n-----END PRIVATE KEY-----'`,
      'cat .env.production || true',
    ])
      await gateway.exec(command, { cwd: mac.work });
    headless.send({ report: 'day' });
    const { text } = await headless.said({ event: 'report', period: 'day' });
    expect(text).toContain('6 commands ran');
    expect(text).toContain('- file: .env.production (1)');
    expect(text).toContain(`openclaw devices remove ${gateway.book.devices[0]?.deviceId ?? ''}`);
    for (const secret of [token, password, code, pem]) expect(text).not.toContain(secret);
    headless.send({ report: 'hour' });
    headless.send({ report: 'day' });
    await headless.said({ event: 'report', period: 'hour' });
    const isReport = ({ event: kind, period }: Event) => kind === 'report' && period === 'day';
    const reports = () => headless.events.filter(isReport);
    await until(() => reports().length === 2);
    expect(reports()[1]?.['text']).toBe(text);
    headless.send({ report: 'yesterday' });
    await headless.said({ event: 'error', code: 'bad-line' });
  });

  it('keeps what --set chooses, tells the record, and refuses what is no setting', async () => {
    const mac = new TestMac();
    mac.policy({ version: 1, defaults: { security: 'full', ask: 'off' } });
    const path = `${mac.work}:/usr/bin:/bin`;
    mac.file('only-here', '#!/bin/sh\necho found\n', 0o700);
    const [headless, gateway] = await paired(mac, ['--set', `path=${path}`, '--set', 'runsOnPause=end']);
    expect(await gateway.exec('only-here')).toMatchObject({ outcome: 'finished', text: 'found\n' });
    expect(mac.recorded('settings')).toMatchObject([
      {
        by: 'command-line',
        before: { path: null, runsOnPause: 'keep' },
        after: { path, runsOnPause: 'end' },
      },
    ]);
    headless.stop();
    await headless.ended();
    const kept = readFileSync(join(mac.stateDir, 'settings.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ path, runsOnPause: 'end' });

    for (const [wrong, why] of [
      ['path=bin', 'every folder must be absolute'],
      ['dangerouslyEverything=true', 'NAME is one of'],
      ['version=2', 'NAME is one of'],
      ['passSshAgent', 'takes NAME=VALUE'],
    ] as const) {
      const refused = new Headless(mac, ['--memory-secrets', '--set', wrong]);
      expect(await refused.ended()).toMatchObject({
        code: 64,
        errors: expect.stringContaining(why) as string,
      });
    }
    expect(readFileSync(join(mac.stateDir, 'settings.json'), 'utf8')).toBe(kept);
  });

  it('refuses a second one on the same folder, saying who holds it', async () => {
    const mac = new TestMac();
    await paired(mac);
    const second = new Headless(mac, ['--memory-secrets']);
    expect(await second.ended()).toMatchObject({
      code: 1,
      errors: expect.stringContaining('in use by') as string,
    });
  });

  it.each([
    ['a setup code that is none', 'nonsense', 'this is not a setup code'],
    ['an address without encryption', 'ws', 'ws:// to another machine'],
  ])('says what is wrong with %s, and ends with 1', async (_, kind, words) => {
    const mac = new TestMac();
    const args = kind === 'ws' ? ['--gateway', 'ws://192.0.2.1:1', '--token-stdin'] : ['--setup-code', kind];
    const headless = new Headless(mac, ['--memory-secrets', ...args]);
    headless.send('token');
    const error = await headless.said({ event: 'error', code: 'not-paired' });
    expect(error['message']).toContain(words);
    expect(await headless.ended()).toMatchObject({ code: 1 });
  });

  it('ends with 1 where the code never comes', async () => {
    const headless = new Headless(new TestMac(), ['--memory-secrets', '--setup-code', '-']);
    headless.closeInput();
    const error = await headless.said({ event: 'error', code: 'not-paired' });
    expect(error['message']).toContain('standard input ended before the setup code');
    expect(await headless.ended()).toMatchObject({ code: 1 });
  });

  it('says nothing but that it is offline while it ends, and ends with 0', async () => {
    const [headless] = await paired(new TestMac());
    const before = headless.events.length;
    headless.stop();
    expect(await headless.ended()).toMatchObject({ code: 0 });
    const states = headless.events.slice(before).map(({ event, state }) => `${event} ${String(state)}`);
    expect(new Set(states)).toEqual(new Set(['state offline']));
  });

  it.each([
    ['--help', 0, 'stdout'],
    ['--bogus', 64, 'stderr'],
  ] as const)('answers %s with its usage and %i', (option, code, stream) => {
    const ended = spawnSync(process.execPath, [program, option], { encoding: 'utf8' });
    expect(ended.status).toBe(code);
    expect(ended[stream]).toContain('usage: npm run --silent headless');
  });
});
