import { describe, expect, it } from 'vitest';

import type { Handlers } from '../../main/ipc/contract.ts';
import { IpcServer, type Page } from '../../main/ipc/ipc-server.ts';
import type { SenderEvent } from '../../main/ipc/sender.ts';

const digest = 'a'.repeat(64);
const decision = { id: '1', digest, decision: 'deny' };

/** A server with one prompt window (page 1) and one settings window (page 2), and the calls that got through. */
function setUp(answer: Partial<Handlers<'prompt'>> = {}) {
  const listeners = new Map<string, (event: SenderEvent, ...said: unknown[]) => unknown>();
  const reached: unknown[] = [];
  const refused: { channel: string; url: string; why: string }[] = [];
  const failed: unknown[] = [];
  const pages = [1, 2].map((id) => fakePage(id));
  const server = new IpcServer(
    { handle: (channel, listener) => listeners.set(channel, listener) },
    { refused: (event) => refused.push(event), failed: ({ error }) => failed.push(error) },
  );
  const ok = { ok: true, value: undefined } as const;
  server.serve('prompt', {
    current: () => ({ ok: false, code: 'not-available', message: '' }),
    read: () => ok,
    copyCommand: () => ok,
    revealSecret: () => ({ ok: true, value: [] }),
    dismiss: () => ok,
    fit: () => ok,
    waiting: () => ({ ok: true, value: { questions: [], unlisted: 0 } }),
    denyAll: () => ok,
    decide: (argument) => {
      reached.push(argument);
      return ok;
    },
    ...answer,
  });
  const [prompt, settings] = pages;
  if (prompt) server.admit(prompt, 'prompt');
  if (settings) server.admit(settings, 'settings');
  const say = (event: SenderEvent, ...said: unknown[]) =>
    new Promise((resolve) => resolve(listeners.get('prompt:decide')?.(event, ...said)));
  return { server, say, reached, refused, failed, pages };
}

interface FakePage extends Page {
  readonly sent: unknown[][];
  gone: boolean;
  crashed: boolean;
  destroy(): void;
}

function fakePage(id: number): FakePage {
  const page = {
    id,
    sent: [] as unknown[][],
    gone: false,
    crashed: false,
    destroy: (): void => undefined,
    isDestroyed: () => page.gone,
    isCrashed: () => page.crashed,
    once: (_event: 'destroyed', listener: () => void) => (page.destroy = listener),
    send: (channel: string, payload: unknown) => void page.sent.push([channel, payload]),
  };
  return page;
}

const frame = (url: string, rest: { parent?: object; detached?: boolean } = {}) => ({
  url,
  parent: null,
  detached: false,
  ...rest,
});
/** A call from the top frame of a window. */
function from(id: number, url: string, rest: { parent?: object; detached?: boolean } = {}): SenderEvent {
  const top = frame(url, rest);
  return { sender: { id, mainFrame: top }, senderFrame: top };
}

const page = 'latchkey://prompt/index.html';

describe('a call', () => {
  it('from the page of a window with this role gets through', async () => {
    const { say, reached, refused } = setUp();
    expect(await say(from(1, page), decision)).toEqual({ ok: true, value: undefined });
    expect(reached).toEqual([decision]);
    expect(refused).toEqual([]);
  });

  it.each<[string, SenderEvent]>([
    ['a frame that is gone', { sender: { id: 1, mainFrame: {} }, senderFrame: null }],
    ['a detached frame', from(1, page, { detached: true })],
    ['a frame inside the page', from(1, page, { parent: {} })],
    [
      'a frame beside the page, with our address',
      { sender: { id: 1, mainFrame: frame(page) }, senderFrame: frame(page) },
    ],
    ['the settings window', from(2, page)],
    ['the settings page', from(2, 'latchkey://settings/index.html')],
    ['a window that was never admitted', from(3, page)],
    ['a web page', from(1, 'https://prompt/index.html')],
    ['a host that only begins like ours', from(1, 'latchkey://prompt.evil/index.html')],
    ['a host in front of ours', from(1, 'latchkey://evil@prompt/index.html')],
    ['a port', from(1, 'latchkey://prompt:1/index.html')],
    ['another role in the address', from(1, 'latchkey://settings/index.html')],
    ['another file', from(1, 'latchkey://prompt/other.html')],
    ['a query', from(1, `${page}?x`)],
    ['about:blank', from(1, 'about:blank')],
    ['no address', from(1, '')],
    ['a file', from(1, 'file:///prompt/index.html')],
    ['an error page', from(1, 'chrome-error://chromewebdata/')],
  ])('from %s is refused, loudly, and reaches nothing', async (_who, event) => {
    const { say, reached, refused } = setUp();
    await expect(say(event, decision)).rejects.toThrow('refused: prompt:decide');
    expect(reached).toEqual([]);
    expect(refused).toMatchObject([{ channel: 'prompt:decide', url: event.senderFrame?.url ?? 'no frame' }]);
  });

  it.each([
    ['what is not in the contract', [{ ...decision, decision: 'allow-everything' }]],
    ['nothing', []],
    ['one thing too many', [decision, { also: 'this' }]],
  ])('that says %s is refused', async (_what, said) => {
    const { say, reached, refused } = setUp();
    await expect(say(from(1, page), ...said)).rejects.toThrow('refused');
    expect(reached).toEqual([]);
    expect(refused).toHaveLength(1);
  });

  it('from a window that is gone is refused', async () => {
    const { say, pages } = setUp();
    pages[0]?.destroy();
    await expect(say(from(1, page), decision)).rejects.toThrow('refused');
  });

  it('judges the frame before anything is awaited', async () => {
    const { say, reached } = setUp();
    const event = { ...from(1, page) };
    const answer = say(event, decision);
    event.senderFrame = null;
    await answer;
    expect(reached).toHaveLength(1);
  });

  it('whose handler fails gets a sentence and no detail', async () => {
    const { say, failed } = setUp({
      decide: () => Promise.reject(new Error('ENOENT /Users/me/secret')),
    });
    const answer = await say(from(1, page), decision);
    expect(answer).toMatchObject({ ok: false, code: 'failed' });
    expect(JSON.stringify(answer)).not.toContain('ENOENT');
    expect(failed).toHaveLength(1);
  });

  it('whose answer is not in the contract fails', async () => {
    const wrong: unknown = { ok: true, value: { extra: 'a path of ours' } };
    const { say } = setUp({ decide: () => wrong as { ok: true; value: undefined } });
    expect(await say(from(1, page), decision)).toMatchObject({ ok: false, code: 'failed' });
  });
});

describe('news', () => {
  const view = {
    revision: 1,
    language: 'en',
    prompt: null,
    ended: null,
    arming: { state: 'armed' },
    waiting: 0,
    same: 1,
    pressing: false,
    asksForProof: false,
    changedFile: null,
  } as const;

  it('goes to the windows of that role only', () => {
    const { server, pages } = setUp();
    server.notify('prompt', 'changed', view);
    expect(pages.map(({ sent }) => sent)).toEqual([[['prompt:changed', view]], []]);
  });

  it.each(['gone', 'crashed'] as const)('does not go to a window that is %s', (state) => {
    const { server, pages } = setUp();
    const [prompt] = pages;
    if (prompt) prompt[state] = true;
    server.notify('prompt', 'changed', view);
    expect(prompt?.sent).toEqual([]);
  });

  it('that is not in the contract is not sent', () => {
    const { server, pages } = setUp();
    expect(() => server.notify('prompt', 'changed', { ...view, waiting: -1 })).toThrow();
    expect(pages[0]?.sent).toEqual([]);
  });
});
