import type { Bridge } from '../../main/ipc/contract.ts';
import type { ForNowView, GrantView, QuietView } from '../../main/ipc/for-now-view.ts';
import { button } from '../shared/button.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, fill, h, keepFocus, setText } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import { duration, moment } from '../shared/format.ts';
import { quoted, quotedRuns } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** Often enough for a figure in minutes. */
const REDRAW_MS = 10_000;
const MINUTE_MS = 60_000;
/** A command that can stand in a label without being mistaken for our words. */
const PLAIN = /^[\w ./-]{1,40}$/;

/** What is in force for a while because of an answer, with one press to end each. Not there while nothing is. */
export class ForNowCard {
  readonly root = h('div', { class: 'panel for-now' });
  readonly #voice: Voice;
  readonly #bridge: Bridge<'settings'>;
  #left: (() => void)[] = [];
  #drawn = '';

  constructor(voice: Voice, bridge: Bridge<'settings'>) {
    this.#voice = voice;
    this.#bridge = bridge;
    this.root.hidden = true;
    setInterval(() => this.#tick(), REDRAW_MS);
  }

  update({ grants, quiet }: ForNowView): void {
    const next = JSON.stringify([grants, quiet]);
    if (next === this.#drawn) return;
    this.#drawn = next;
    this.#left = [];
    this.root.hidden = grants.length + quiet.length === 0;
    keepFocus(() =>
      fill(
        this.root,
        grants.length === 0 ? null : this.#grants(grants),
        quiet.length === 0 ? null : this.#quiet(quiet),
      ),
    );
    this.#tick();
  }

  #grants(grants: readonly GrantView[]): HTMLElement {
    const voice = this.#voice;
    const count =
      grants.length === 1
        ? voice.text('grantCountOne')
        : voice.text('grantCountMany', { count: grants.length });
    const all = button(
      { class: 'btn', id: 'revoke-all' },
      () => void settled(this.#bridge.revokeAllGrants()),
      voice.text('revokeAll'),
    );
    return h(
      'section',
      {},
      h(
        'h2',
        { class: 'st' },
        voice.text('allowedForNow'),
        h('span', { class: 'muted grow' }, count),
        grants.length > 1 ? all : null,
      ),
      h(
        'div',
        { class: 'card' },
        grants.map((grant) => this.#grant(grant)),
      ),
    );
  }

  #grant({ id, command, cwd, agent, span, endsAtMs }: GrantView): HTMLElement {
    const voice = this.#voice;
    const name = plainOf(command);
    const folder = quoted(cwd, voice);
    return h(
      'div',
      { class: 'now-row' },
      h(
        'div',
        { class: 'grow' },
        h('code', { dir: 'ltr', translate: 'no' }, quotedRuns(command, voice)),
        h(
          'div',
          { class: 'muted small' },
          agent === null
            ? voice.say('grantWhereUnnamed', { folder })
            : voice.say('grantWhere', { folder, agent: quoted(agent, voice) }),
        ),
      ),
      this.#until(endsAtMs, span === 'session'),
      button(
        {
          class: 'btn',
          id: `revoke-${id}`,
          'aria-label': voice.text('revokeNamed', {
            command: PLAIN.test(name) ? `“${name}”` : voice.text('theCommand'),
          }),
        },
        () => void settled(this.#bridge.revokeGrant(id)),
        voice.text('revoke'),
      ),
    );
  }

  #quiet(quiet: readonly QuietView[]): HTMLElement {
    const voice = this.#voice;
    return h(
      'section',
      {},
      h(
        'h2',
        { class: 'st' },
        voice.text('pausedForNow'),
        h('span', { class: 'muted' }, voice.text('pausedForNowNote')),
      ),
      h(
        'div',
        { class: 'card' },
        quiet.map((time) =>
          h(
            'div',
            { class: 'now-row' },
            h('div', { class: 'grow' }, this.#whoIsQuiet(time)),
            this.#until(time.endsAtMs, false),
            button(
              { class: 'btn', id: `quiet-${time.id}` },
              () => void settled(this.#bridge.endQuiet(time.id)),
              voice.text('endPause'),
            ),
          ),
        ),
      ),
    );
  }

  #whoIsQuiet({ scope, agent, session }: QuietView): Child {
    const voice = this.#voice;
    const name: Child = agent === null ? voice.text('unnamedAgent') : quoted(agent, voice);
    if (scope === 'agent' || session === null)
      return voice.say<'pausedAgent', Child>('pausedAgent', { agent: name });
    return voice.say<'pausedSession', Child>('pausedSession', {
      agent: name,
      session: quoted(session, voice),
    });
  }

  #until(endsAtMs: number, session: boolean): HTMLElement {
    const voice = this.#voice;
    const text = h('span', { class: 'muted num' });
    this.#left.push(() => {
      const nowMs = Date.now();
      const time = moment(endsAtMs, nowMs, voice.locale);
      const minutes = Math.max(1, Math.ceil((endsAtMs - nowMs) / MINUTE_MS));
      const left = duration(minutes * MINUTE_MS, voice.locale);
      setText(text, session ? voice.text('leftSession', { time }) : voice.text('leftUntil', { left, time }));
    });
    return text;
  }

  #tick(): void {
    for (const draw of this.#left) draw();
  }
}
