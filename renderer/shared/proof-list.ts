import type { FindingView } from '../../main/ipc/stop-view.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { PlainKey, Voice } from './voice.ts';

const NAMES: Readonly<Record<string, PlainKey>> = {
  processes: 'foundProcesses',
  connections: 'foundConnections',
  prompts: 'foundPrompts',
  secret: 'foundSecret',
  record: 'foundRecord',
  mark: 'foundMark',
  grants: 'foundGrants',
  approvals: 'foundApprovals',
  'operator-connection': 'foundOperator',
  'allowed-files': 'foundAllowedFiles',
};
const STATES = {
  gone: ['calm', 'ok', 'foundGone'],
  left: ['caution', 'caution', 'foundLeft'],
  unknown: ['caution', 'caution', 'foundUnknown'],
} as const;

/** What was looked for after unpairing, a line each, and what that cannot show. */
export function proofList(proof: readonly FindingView[], voice: Voice): HTMLElement {
  return h(
    'div',
    { class: 'proof' },
    h('h3', {}, voice.text('proofTitle')),
    h(
      'ul',
      {},
      proof.map(({ what, state }) => {
        const [sign, colour, words] = STATES[state];
        const name = voice.text(NAMES[what] ?? 'foundOther');
        return h('li', {}, icon(sign, `small ${colour}`), h('span', {}, `${name}: ${voice.text(words)}`));
      }),
    ),
    h('p', { class: 'muted small' }, voice.text('proofLimit')),
  );
}
