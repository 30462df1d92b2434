import type { Bridge } from '../../main/ipc/contract.ts';
import type { PairingView } from '../../main/ipc/pairing-view.ts';
import { commandPlate } from '../shared/command-plate.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { quoted, quotedRuns } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** What somebody has to run on the gateway, to copy; for the device, how to check first that it is this Mac that asks. */
export function approval(view: PairingView, before: string, voice: Voice, bridge: Bridge<'pairing'>): Child {
  const { command, gateway, step } = view;
  if (command === null) return waiting(voice);
  const copy = () => settled(bridge.copyCommand()).then(({ ok }) => ok);
  const replaced = before !== '' && before !== plainOf(command);
  return [
    h(
      'p',
      {},
      gateway === null
        ? voice.text('runThereUnnamed')
        : voice.say('runThere', { gateway: quoted(gateway.name, voice) }),
    ),
    commandPlate(voice, {
      command: quotedRuns(command, voice),
      copy,
      beside: waiting(voice),
      foremost: true,
    }),
    replaced ? h('p', { class: 'muted', role: 'status' }, voice.text('commandReplaced')) : null,
    step === 'approve-device'
      ? checkFirst(view, voice)
      : h('p', { class: 'muted' }, voice.text('approveCommandsWhy')),
  ];
}

const waiting = (voice: Voice) =>
  h(
    'span',
    { class: 'wait', role: 'status' },
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    h('b', {}, voice.text('waitingForApproval')),
  );

function checkFirst({ deviceId, deviceName }: PairingView, voice: Voice): Child {
  if (deviceId === null) return null;
  const plain = (text: string) => [{ kind: 'plain' as const, text }];
  return h(
    'p',
    { class: 'muted' },
    voice.say('checkFirst', {
      command: quoted(plain('openclaw devices list'), voice),
      device: quoted(deviceName, voice),
      id: quoted(plain(deviceId), voice),
    }),
  );
}
