import type { ChangeView, EditsView } from '../../main/ipc/edits-view.ts';
import { displayWhole } from '../../main/text/display.ts';
import { NOW_MS } from './prompt-states.ts';

export const noEdits: EditsView = {
  waiting: null,
  more: 0,
  arming: { state: 'unfocused', delayMs: 3000 },
  undoable: [],
};

const rule = (kind: 'rule-added' | 'rule-removed', pattern: string, argPattern?: string): ChangeView => ({
  kind,
  agent: displayWhole('main'),
  pattern: displayWhole(pattern),
  argPattern: argPattern === undefined ? null : displayWhole(argPattern),
});

const setting = (field: string, before: string | null, after: string): ChangeView => ({
  kind: 'setting',
  where: 'defaults',
  agent: null,
  field: displayWhole(field),
  before: before === null ? null : displayWhole(before),
  after: displayWhole(after),
});

const listed = (loosens: boolean, change: ChangeView, index: number) => ({
  id: `c${index}`,
  loosens,
  change,
});

/** The gateway wants more, and tries to look like the window. */
export const gatewayEdit: EditsView = {
  ...noEdits,
  waiting: {
    id: 'e1',
    from: { kind: 'gateway', name: displayWhole('studio') },
    changes: [
      setting('security', 'allowlist', 'full'),
      rule('rule-added', '/opt/homebrew/bin/**'),
      rule('rule-added', '/usr/bin/git', '^push( |$)'),
      rule('rule-added', '/usr/local/bin/deploy\u{202E}tfas si siht\u{2069} \u{2713} Approved by Latchkey'),
      rule('rule-removed', '/usr/bin/jq'),
    ].map((change, index) => listed(index < 4, change, index)),
    unreadable: null,
    expiresAtMs: NOW_MS + 8 * 60_000,
  },
  more: 1,
  arming: { state: 'armed' },
};

export const fileEdit: EditsView = {
  ...noEdits,
  waiting: {
    id: 'e2',
    from: { kind: 'file', file: 'rules.json' },
    changes: (
      [
        { kind: 'never', agent: null, name: displayWhole('rm'), before: 'deny', after: null },
        { kind: 'hash', path: displayWhole('/Users/minji/bin/deploy'), what: 'replaced' },
        { kind: 'hash', path: displayWhole('/Users/minji/bin/publish'), what: 'forgotten' },
        { kind: 'note', field: displayWhole('r1: by'), before: null, after: displayWhole('person') },
      ] satisfies ChangeView[]
    ).map((change, index) => listed(true, change, index)),
    unreadable: null,
    expiresAtMs: null,
  },
};

export const putBack: EditsView = {
  ...noEdits,
  waiting: {
    id: 'e3',
    from: { kind: 'file', file: 'exec-approvals.json' },
    changes: [],
    unreadable: displayWhole(
      '/Users/minji/Library/Application Support/Latchkey/state/exec-approvals.json is gone.',
    ),
    expiresAtMs: null,
  },
};

export const undoableEdits: EditsView = {
  ...noEdits,
  undoable: [
    {
      id: '6f2f9c0e-8f56-4a1b-9a3b-0d7b7c1a2e11',
      atMs: NOW_MS - 3 * 3_600_000,
      gateway: displayWhole('studio'),
      changes: [rule('rule-removed', '/usr/bin/jq'), setting('ask', 'on-miss', 'always')],
    },
  ],
};
