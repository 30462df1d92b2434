import type { Bridge } from '../../main/ipc/contract.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { fill, h } from '../shared/dom.ts';
import { follow } from '../shared/follow.ts';
import { followTextSize } from '../shared/text-size.ts';
import type { Voice } from '../shared/voice.ts';
import { ApprovalsPanel } from './approvals-panel.ts';
import { ConnectionPanel } from './connection-panel.ts';
import { EditsCard } from './edits-card.ts';
import { generalPanel } from './general-panel.ts';
import { tabs } from './tabs.ts';

declare const latchkey: Bridge<'settings'>;

const place = document.body.appendChild(h('main'));
let panels: readonly { update(view: SettingsView): void }[] = [];
let spoken: Voice | null = null;

followTextSize();
follow(latchkey, (view, voice) => {
  if (voice !== spoken) open(voice);
  for (const panel of panels) panel.update(view);
});

/** Builds the window once for its language. */
function open(voice: Voice): void {
  spoken = voice;
  document.title = voice.text('settingsTitle');
  const connection = new ConnectionPanel(voice, latchkey);
  const approvals = new ApprovalsPanel(voice, latchkey);
  const general = generalPanel(voice, latchkey);
  const edits = new EditsCard(voice, latchkey);
  panels = [edits, connection, approvals, general];
  fill(
    place,
    h('h1', { class: 'vh' }, voice.text('settingsTitle')),
    edits.root,
    tabs(
      [
        { name: 'connection', sign: 'link', panel: connection.root },
        { name: 'approvals', sign: 'shield', panel: approvals.root },
        { name: 'general', sign: 'gear', panel: general.root },
      ],
      voice,
    ),
  );
}
