import type { PairingPeek } from '../../main/ipc/gateways-view.ts';
import { type Child, h } from '../shared/dom.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** Where a setup code or a link leads: the address that the person agrees to by pairing. */
export function leadsTo({ addresses, encrypted, pinned }: PairingPeek, voice: Voice): Child {
  const [first, ...others] = addresses;
  if (first === undefined) return null;
  return [
    h('p', {}, voice.say('leadsTo', { address: quoted(first, voice) })),
    others.length === 0
      ? null
      : h(
          'p',
          {},
          voice.text('leadsElsewhere'),
          others.map((address) => [' ', quoted(address, voice)]),
        ),
    h(
      'p',
      { class: 'muted small' },
      voice.text(pinned ? 'leadsPinned' : encrypted ? 'leadsEncrypted' : 'leadsPlain'),
    ),
  ];
}
