import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { announceEdits } from '../../main/app/edit-notices.ts';
import { EditsController } from '../../main/app/edits-controller.ts';
import { failure } from '../../main/app/envelopes.ts';
import { wordsFor } from '../../main/app/words.ts';
import type { EditDecision, EditDecisionResult } from '../../main/edits/edit-desk.ts';
import type { PendingEdit } from '../../main/edits/pending-edit.ts';
import { editsView } from '../../main/ipc/edits-view.ts';

const edit = (id: string, kind: 'gateway' | 'file' = 'gateway'): PendingEdit => ({
  id,
  from: kind === 'gateway' ? { kind, id: 'g', name: 'stu\u{202E}dio' } : { kind, file: 'rules.json' },
  changes: [
    {
      id: 'c1',
      loosens: true,
      change: { kind: 'rule-added', agentId: '*', entry: { pattern: '/bin/\u{200B}ls' } },
    },
    {
      id: 'c2',
      loosens: true,
      change: { kind: 'hash', key: 'k', path: '/bin/ls', before: 'a', after: null },
    },
    {
      id: 'c3',
      loosens: true,
      change: { kind: 'setting', place: { of: 'defaults' }, field: 'ask', before: 'always', after: null },
    },
    {
      id: 'c4',
      loosens: true,
      change: { kind: 'never', name: 'rm', agent: null, before: 'deny', after: null },
    },
    {
      id: 'c5',
      loosens: true,
      change: { kind: 'note', key: null, field: 'x', before: { a: 1 }, after: null },
    },
  ],
  unreadable: null,
  expiresAtMs: kind === 'gateway' ? 600_000 : null,
});

let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

let finger = true;
function setUp(...pending: PendingEdit[]) {
  finger = true;
  const decided: EditDecision[] = [];
  const desk = {
    pending,
    undoable: [],
    decide: (decision: EditDecision): Promise<EditDecisionResult> => {
      decided.push(decision);
      return Promise.resolve('done');
    },
    undo: (): Promise<EditDecisionResult> => Promise.resolve('changed'),
    on: () => undefined,
  };
  const told: string[] = [];
  const controller: EditsController = new EditsController(desk, {
    withProof: (work) =>
      Promise.resolve(finger ? work() : failure('not-proven', 'Touch ID did not confirm it.')),
    clocks: { steady: () => now, wall: () => now },
    tell: () => void told.push(controller.view.arming.state),
  });
  return { controller, desk, decided, told };
}

describe('an edit in the settings window', () => {
  it('shows every kind of change, and no character of it can hide or reorder', () => {
    const { view } = setUp(edit('e1')).controller;
    expect(editsView.parse(view).waiting?.changes).toHaveLength(5);
    expect(JSON.stringify(view)).not.toMatch(/[\u{202E}\u{200B}]/u);
  });

  const yes = { id: 'e1', approve: ['c1'] };

  it.each<[string, (controller: EditsController) => void, boolean]>([
    ['in focus for its time and read', () => undefined, true],
    ['not read to its end', () => undefined, false],
    ['not in focus', (controller) => controller.focus(false), false],
    [
      'in focus again a moment ago',
      (controller) => {
        controller.focus(false);
        controller.focus(true);
      },
      false,
    ],
  ])('approved %s', async (name, act, counts) => {
    const { controller, decided } = setUp(edit('e1'));
    controller.focus(true);
    if (!name.startsWith('not read')) await controller.handlers.readEdit({ id: 'e1' });
    now += 3000;
    act(controller);
    expect(await controller.handlers.decideEdit(yes)).toMatchObject(
      counts ? { ok: true } : { ok: false, code: 'not-armed' },
    );
    expect(decided).toEqual(counts ? [yes] : []);
  });

  it('takes its time anew when it is another one, or another content', async () => {
    const { controller, desk, decided } = setUp(edit('e1'));
    controller.focus(true);
    await controller.handlers.readEdit({ id: 'e1' });
    now += 3000;
    desk.pending = [edit('e2')];
    controller.update();
    expect(await controller.handlers.decideEdit({ id: 'e2', approve: ['c1'] })).toMatchObject({
      code: 'not-armed',
    });
    expect(await controller.handlers.decideEdit(yes)).toMatchObject({ code: 'unknown-edit' });
    expect(decided).toEqual([]);
  });

  it('says when it counts, also where the timer came a moment early', async () => {
    const { controller, told } = setUp(edit('e1'));
    controller.focus(true);
    await controller.handlers.readEdit({ id: 'e1' });
    now = 2999.6;
    vi.advanceTimersByTime(3000);
    expect(told.at(-1)).toBe('arming');
    now = 3001;
    vi.advanceTimersByTime(5);
    expect(told.at(-1)).toBe('armed');
  });

  it('is refused at any time', async () => {
    const { controller, decided } = setUp(edit('e1'));
    expect(await controller.handlers.decideEdit({ id: 'e1', approve: [] })).toMatchObject({ ok: true });
    expect(decided).toEqual([{ id: 'e1', approve: [] }]);
  });

  it.each([
    ['what allows more takes the person’s finger', true],
    ['what only tightens takes none', false],
  ])('of which %s', async (_what, loosens) => {
    const { controller, decided } = setUp({
      ...edit('e1'),
      changes: edit('e1').changes.map((change) => ({ ...change, loosens })),
    });
    finger = false;
    controller.focus(true);
    await controller.handlers.readEdit({ id: 'e1' });
    now += 3000;
    const answer = await controller.handlers.decideEdit(yes);
    expect(answer).toMatchObject(loosens ? { code: 'not-proven' } : { ok: true });
    expect(decided).toEqual(loosens ? [] : [yes]);
    expect(await controller.handlers.decideEdit({ id: 'e1', approve: [] })).toMatchObject({ ok: true });
  });

  it('is not undone without the person’s finger', async () => {
    const { controller } = setUp();
    finger = false;
    expect(await controller.handlers.undoEdit({ id: 'x' })).toMatchObject({ code: 'not-proven' });
  });

  it('names the layer of a setting: defaults, the entry for all agents, one agent', () => {
    const places = [
      { of: 'defaults' },
      { of: 'agent', agentId: '*' },
      { of: 'agent', agentId: 'b' },
    ] as const;
    const { view } = setUp({
      ...edit('e1'),
      changes: places.map((place, index) => ({
        id: `s${index}`,
        loosens: true,
        change: { kind: 'setting', place, field: 'ask', before: null, after: 'off' },
      })),
    }).controller;
    expect(view.waiting?.changes.map(({ change }) => change.kind === 'setting' && change.where)).toEqual([
      'defaults',
      'every-agent',
      'agent',
    ]);
  });

  it('that cannot be undone any more says so', async () => {
    expect(await setUp().controller.handlers.undoEdit({ id: 'x' })).toMatchObject({
      ok: false,
      code: 'policy-changed',
    });
  });
});

describe('a notice about edits', () => {
  it('comes once for the gateway and once for a file, without a word of theirs', () => {
    let changed: () => void = () => undefined;
    const desk = {
      pending: [edit('e1')],
      on: (event: string, heard: () => void) => (changed = event === 'changed' ? heard : changed),
    };
    const told: string[] = [];
    announceEdits(desk, wordsFor('en'), ({ title }) => told.push(title));
    desk.pending = [edit('e2')];
    changed();
    desk.pending = [edit('e2'), edit('f1', 'file')];
    changed();
    expect(told).toEqual([wordsFor('en').editFromGateway, wordsFor('en').editFromFile]);
    desk.pending = [];
    changed();
    desk.pending = [edit('e3')];
    changed();
    expect(told).toHaveLength(3);
  });
});
