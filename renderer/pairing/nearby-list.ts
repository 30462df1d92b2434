import type { Bridge } from '../../main/ipc/contract.ts';
import type { NearbyView } from '../../main/ipc/gateways-view.ts';
import { button } from '../shared/button.ts';
import { fill, h, keepFocus } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** Gateways that the network says are near. Choosing one fills in the address, and no more. */
export function nearbyList(
  voice: Voice,
  bridge: Bridge<'pairing'>,
  choose: (address: string) => void,
): { readonly root: HTMLElement; update(view: NearbyView): void } {
  const list = h('ul', { class: 'nearby', 'aria-label': voice.text('nearby') });
  const said = h('p', { class: 'muted small', role: 'status' });
  let looking = false;
  const press = button(
    { class: 'btn', id: 'look' },
    () => void settled(bridge.look(!looking)),
    voice.text('nearbyLook'),
  );
  return {
    root: h('div', { class: 'fields' }, press, said, list),
    update(view) {
      looking = view.looking;
      fill(press, voice.text(looking ? 'nearbyStop' : 'nearbyLook'));
      fill(said, voice.text(spoken(view)));
      keepFocus(() =>
        fill(
          list,
          view.found.map(({ name, address }, index) =>
            h(
              'li',
              { class: 'row' },
              h(
                'div',
                { class: 'grow' },
                quoted(name, voice),
                ' ',
                quoted([{ kind: 'plain', text: address }], voice),
              ),
              button(
                {
                  class: 'btn',
                  id: `nearby-${index}`,
                  'aria-label': voice.text('nearbyUseNamed', { address }),
                },
                () => choose(address),
                voice.text('nearbyUse'),
              ),
            ),
          ),
        ),
      );
    },
  };
}

function spoken({ looking, failed, found }: NearbyView) {
  if (failed) return 'nearbyFailed' as const;
  if (!looking) return 'nearbyIdle' as const;
  return found.length === 0 ? ('nearbyLooking' as const) : ('nearbyHints' as const);
}
