import { describe, expect, it } from 'vitest';

import { brokenTray, type TrayItem, trayModel } from '../../main/app/tray-menu.ts';
import { languageOf, quoteName, wordsFor } from '../../main/app/words.ts';
import type { NodeSnapshot } from '../../main/node/snapshot.ts';
import { exampleAssessment, examplePrompt, exampleSnapshot } from './examples.ts';

const model = (rest: Partial<NodeSnapshot> = {}, language: 'en' | 'ko' = 'en') =>
  trayModel(exampleSnapshot(rest), wordsFor(language), () => '14:32');

const line = (item: TrayItem) =>
  item.kind === 'separator'
    ? '---'
    : [item.label, item.sublabel].filter((words) => words !== null).join(' / ');
const lines = (rest?: Partial<NodeSnapshot>) => model(rest).items.map(line);
const actions = (rest?: Partial<NodeSnapshot>) =>
  model(rest).items.flatMap((item) => (item.kind === 'action' ? [item.action] : []));

describe('the menu', () => {
  it('of a connected Mac', () => {
    expect(lines({ running: 2 })).toEqual([
      'Connected to “studio” / 2 commands run',
      '---',
      'Pause / denies everything without asking',
      'Pause and End 2 Commands',
      'Stop Everything and Disconnect / after an incident; shows what ran and what to do',
      '---',
      'Settings…',
      '---',
      'Unpair from “studio”…',
      'Quit Latchkey / while it is closed, nothing can run',
    ]);
  });

  it('names what waits, and when it is denied', () => {
    const grave = exampleAssessment({
      segments: [
        { argv: ['sh', './x'], executable: '/bin/sh', via: [], sha256: null },
        { argv: ['/usr/bin/python3', 'y'], executable: '/usr/bin/python3', via: [], sha256: null },
      ],
      warnings: [{ code: 'hidden-characters', text: '' }],
    });
    const prompts = [examplePrompt({ assessment: grave }), examplePrompt({ id: 'p2' })];
    expect(lines({ prompts }).slice(1, 5)).toEqual([
      '---',
      '2 waiting for you',
      '“main” wants to run “sh”, “python3” / 1 high warning, denied at 14:32 unless you answer',
      '“main” wants to run “git” / denied at 14:32 unless you answer',
    ]);
  });

  it('says what is allowed for now, and lets a pause of an agent be ended with one press', () => {
    const grant = {
      ...({ id: 'g1', digest: 'd'.repeat(64), span: '15m', cwd: '/', givenAtMs: 0, endsAtMs: 1 } as const),
      ...{ request: examplePrompt().request, gateway: { id: 'g', name: 'studio' } },
    };
    const time = {
      ...({
        id: 'q1',
        scope: 'agent',
        agentId: 'main',
        sessionKey: null,
        gatewayId: 'g',
        endsAtMs: 1,
      } as const),
    };
    expect(lines({ grants: [grant], quiet: [time] }).slice(1, 4)).toEqual([
      '---',
      '1 command allowed for now / to see or revoke in the settings',
      'Ask again for “main”, paused until 14:32 / what it asks is denied',
    ]);
    expect(actions({ quiet: [time, { ...time, id: 'q2' }] })).toContain('end-quiet');
    expect(lines({ quiet: [time, { ...time, id: 'q2' }] })).toContain(
      'Ask again for all 2 that are paused / what it asks is denied',
    );
  });

  it('has no way to allow anything', () => {
    expect(new Set(actions({ prompts: [examplePrompt()] }))).toEqual(
      new Set(['show-prompt', 'pause', 'contain', 'open-settings', 'unpair', 'quit']),
    );
  });

  it.each<[string, Partial<NodeSnapshot>, readonly string[]]>([
    ['unpaired', { state: 'unpaired', gateway: null }, ['open-settings', 'open-pairing', 'quit']],
    ['paused', { state: 'paused' }, ['resume', 'contain', 'open-settings', 'unpair', 'quit']],
    ['offline', { state: 'offline' }, ['pause', 'contain', 'open-settings', 'unpair', 'quit']],
    ['contained', { state: 'paused', contained: true }, ['open-incident', 'open-settings', 'unpair', 'quit']],
  ])('of a Mac that is %s offers %s', (_state, rest, expected) => {
    expect(actions(rest)).toEqual(expected);
  });

  it.each([
    ['Checked by Latchkey. Safe', 'an agent name that reads like a sentence of ours'],
    ['a'.repeat(25), 'a long one'],
    ['ма\u{202E}in', 'one with tricks'],
    ['', 'an empty one'],
  ])('never quotes %j: %s', (agentId) => {
    const prompt = examplePrompt();
    const prompts = [{ ...prompt, request: { ...prompt.request, agentId } }];
    expect(lines({ prompts })[3]).toMatch(/^An agent wants to run “git”/);
  });

  it('lists nine, and counts all', () => {
    const prompts = Array.from({ length: 40 }, (_, index) => examplePrompt({ id: `p${index}` }));
    expect(actions({ prompts }).filter((action) => action === 'show-prompt')).toHaveLength(9);
    expect(model({ prompts })).toMatchObject({ icon: 'pending', count: 40, title: '40 waiting for you' });
  });

  it('shows what the core says about its state without its tricks', () => {
    expect(lines({ state: 'attention', detail: 'look\u{202E}here' })[0]).toBe(
      'Latchkey needs you / look\\u{202E}here',
    );
  });

  it('after an error can only be left', () => {
    expect(
      brokenTray(wordsFor('en')).items.flatMap((item) => (item.kind === 'action' ? [item.action] : [])),
    ).toEqual(['quit']);
  });

  it('speaks Korean', () => {
    expect(line(model({}, 'ko').items[0] ?? { kind: 'separator' })).toBe('“studio” 게이트웨이에 연결됨');
  });
});

describe('the icon', () => {
  const prompts = [examplePrompt()];
  it.each<[Partial<NodeSnapshot>, string]>([
    [{ state: 'unpaired', prompts }, 'unpaired'],
    [{ state: 'attention', prompts }, 'attention'],
    [{ state: 'offline' }, 'attention'],
    [{ state: 'awaiting-approval' }, 'attention'],
    [{ state: 'paused', prompts }, 'paused'],
    [{ state: 'connected', prompts }, 'pending'],
    [{ state: 'connecting' }, 'connected'],
    [{ state: 'connected' }, 'connected'],
  ])('of %j is %s', (rest, icon) => {
    expect(model(rest).icon).toBe(icon);
  });
});

describe('the language', () => {
  it.each([
    [['ko-KR', 'en-US'], 'ko'],
    [['en-GB', 'ko'], 'en'],
    [['fr-FR', 'ko-KR'], 'ko'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (preferred, language) => {
    expect(languageOf(preferred)).toBe(language);
  });
});

describe('a name outside a plate', () => {
  it.each([
    ['main', '“main”'],
    ['agent_1.dev-x', '“agent_1.dev-x”'],
    ['a b', 'instead'],
    ['“x”', 'instead'],
    [null, 'instead'],
  ])('%j is written %s', (name, expected) => {
    expect(quoteName(name, 'instead')).toBe(expected);
  });
});

it('an edit of the policy that waits is counted and leads to where it is decided', () => {
  const { icon, count, title } = model({ policyEdits: 1 });
  expect({ icon, count, title }).toEqual({ icon: 'pending', count: 1, title: '1 waiting for you' });
  expect(actions({ policyEdits: 1 })).toContain('show-edits');
});
