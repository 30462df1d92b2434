import type { Bridge, Envelope } from '../../main/ipc/contract.ts';
import type { RunChoices, RunsView } from '../../main/ipc/runs-view.ts';
import type { SettingsView } from '../../main/ipc/settings-view.ts';
import { button } from '../shared/button.ts';
import { confirmed } from '../shared/confirm.ts';
import { fill, h } from '../shared/dom.ts';
import { field } from '../shared/field.ts';
import { settled } from '../shared/follow.ts';
import { mainSaid } from '../shared/main-says.ts';
import { quoted } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const MINUTE_MS = 60_000;
const TIMEOUTS = [1, 2, 5, 10, 30].map((minutes) => minutes * MINUTE_MS);

/** How commands run and how this Mac connects. What hands something out asks first. */
export function runsCard(
  voice: Voice,
  bridge: Bridge<'settings'>,
): { readonly root: HTMLElement; update(view: SettingsView): void } {
  let kept: RunsView | null = null;
  const note = h('div', { class: 'small padded', role: 'status', hidden: true });
  const send = async (choices: RunChoices, words: PlainKey | null = null): Promise<void> => {
    const answer: Envelope<undefined> = await settled(bridge.setRuns(choices));
    note.hidden = answer.ok && words === null;
    fill(note, answer.ok ? (words === null ? [] : h('p', {}, voice.text(words))) : mainSaid(answer, voice));
    if (!answer.ok) show({ texts: false });
  };
  const sure = (title: PlainKey, consequence: PlainKey, yes: PlainKey) =>
    confirmed(
      {
        title: voice.text(title),
        consequence: voice.text(consequence),
        yes: voice.text(yes),
        no: voice.text('cancel'),
      },
      voice,
    );

  const name = field(voice.text('displayName'), {
    note: `${voice.text('displayNameWhy')} ${voice.text('nextStart')}`,
    most: 64,
  });
  const path = field(voice.text('runsPath'), {
    rows: 6,
    note: `${voice.text('runsPathWhy')} ${voice.text('nextStart')}`,
  });
  const loose = h('p', { class: 'small off', role: 'status', hidden: true });
  const saveName = () => void send({ displayName: name.value === '' ? null : name.value }, 'runsSaved');
  const usePath = async (wanted: string | null) => {
    if (wanted === (kept?.path ?? null)) return;
    if (await sure('pathQuestion', 'pathConsequence', 'pathDo')) await send({ path: wanted }, 'runsSaved');
  };
  const typedPath = () =>
    path.value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(':');

  const timeout = h('select', {
    class: 'pop',
    id: 'prompt-timeout',
    'aria-describedby': 'prompt-timeout-why',
  });
  timeout.addEventListener('change', () => void send({ promptTimeoutMs: Number(timeout.value) }));
  const ends = h(
    'select',
    { class: 'pop', id: 'on-disconnect' },
    h('option', { value: 'after-60s' }, voice.text('endAfterMinute')),
    h('option', { value: 'at-once' }, voice.text('endAtOnce')),
  );
  ends.addEventListener('change', () => {
    void send({ endRunsOnDisconnect: ends.value === 'at-once' ? 'at-once' : 'after-60s' });
  });
  const check = (id: string) =>
    h('input', { type: 'checkbox', id, class: 'check', 'aria-describedby': `${id}-why` });
  const agent = check('ssh-agent');
  const plaintext = check('allow-plaintext');
  const onlyIfSure = (
    box: HTMLInputElement,
    choose: (on: boolean) => RunChoices,
    ...question: [PlainKey, PlainKey, PlainKey]
  ) => {
    box.addEventListener('change', () => {
      void (async () => {
        if (!box.checked || (await sure(...question))) await send(choose(box.checked));
        else show({ texts: false });
      })();
    });
  };
  onlyIfSure(
    agent,
    (passSshAgent) => ({ passSshAgent }),
    'passSshAgentQuestion',
    'passSshAgentConsequence',
    'passSshAgentDo',
  );
  onlyIfSure(
    plaintext,
    (dangerouslyAllowPlaintextGateway) => ({ dangerouslyAllowPlaintextGateway }),
    'allowPlaintextQuestion',
    'allowPlaintextConsequence',
    'allowPlaintextDo',
  );

  /** What counts. What is being typed stays, unless it was changed elsewhere. */
  const show = ({ texts }: { texts: boolean }) => {
    if (kept === null) return;
    const { promptTimeoutMs } = kept;
    const offered = [...new Set([...TIMEOUTS, promptTimeoutMs])].sort((a, b) => a - b);
    fill(
      timeout,
      offered.map((ms) => h('option', { value: String(ms) }, duration(ms, voice))),
    );
    timeout.value = String(promptTimeoutMs);
    ends.value = kept.endRunsOnDisconnect;
    agent.checked = kept.passSshAgent;
    plaintext.checked = kept.dangerouslyAllowPlaintextGateway;
    loose.hidden = kept.looseFolders.length === 0;
    const folders = kept.looseFolders.flatMap((folder, index) => [
      ...(index === 0 ? [] : [', ']),
      quoted(folder, voice),
    ]);
    fill(loose, voice.say('looseFolders', { folders: h('span', {}, folders) }));
    if (!texts) return;
    name.fill(kept.displayName ?? '');
    path.fill((kept.path ?? kept.usualPath).replaceAll(':', '\n'));
  };
  const row = (id: string, label: PlainKey, control: HTMLElement, why: readonly PlainKey[] | null) =>
    h(
      'div',
      { class: 'row' },
      h(
        'div',
        { class: 'grow' },
        h('label', { for: id }, voice.text(label)),
        why === null
          ? null
          : h('p', { class: 'muted small', id: `${id}-why` }, why.map((key) => voice.text(key)).join(' ')),
      ),
      control,
    );
  return {
    root: h(
      'div',
      { class: 'card' },
      row('prompt-timeout', 'promptTimeout', timeout, ['promptTimeoutWhy']),
      row('on-disconnect', 'onDisconnect', ends, null),
      row('ssh-agent', 'passSshAgent', agent, ['passSshAgentWhy']),
      row('allow-plaintext', 'allowPlaintext', plaintext, ['allowPlaintextWhy', 'nextStart']),
      h(
        'div',
        { class: 'padded' },
        name.root,
        h(
          'div',
          { class: 'act-row' },
          button({ class: 'btn', id: 'save-name' }, saveName, voice.text('saveRuns')),
        ),
      ),
      h(
        'div',
        { class: 'padded' },
        path.root,
        loose,
        h(
          'div',
          { class: 'act-row' },
          button({ class: 'btn' }, () => void usePath(null), voice.text('usualPath')),
          button({ class: 'btn', id: 'save-path' }, () => void usePath(typedPath()), voice.text('saveRuns')),
        ),
      ),
      note,
    ),
    update({ runs }) {
      const texts = kept?.path !== runs.path || kept.displayName !== runs.displayName;
      kept = runs;
      show({ texts });
    },
  };
}

function duration(ms: number, voice: Voice): string {
  if (ms % MINUTE_MS !== 0) return voice.text('seconds', { count: Math.round(ms / 1000) });
  const count = ms / MINUTE_MS;
  return count === 1 ? voice.text('oneMinute') : voice.text('minutes', { count });
}
