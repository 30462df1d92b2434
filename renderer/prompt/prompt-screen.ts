import type { Bridge, FailureCode } from '../../main/ipc/contract.ts';
import type { ArmingView, EndReason, PromptBoard, PromptView } from '../../main/ipc/prompt-view.ts';
import { announcer } from '../shared/announce.ts';
import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { allowButton } from './allow-button.ts';
import { type Gate, gate } from './allow-gate.ts';
import { alwaysSheet, alwaysTitle } from './always-sheet.ts';
import { belowBar } from './below-bar.ts';
import { commandPlate } from './command-plate.ts';
import { endedRow } from './ended.ts';
import { details, facts } from './facts.ts';
import { files } from './files.ts';
import { followHeight } from './fit.ts';
import { footer } from './footer.ts';
import { header, whoAsks } from './header.ts';
import type { FocusPlace, KeyMeaning } from './key-rules.ts';
import { moreMenu } from './more-menu.ts';
import { pinWhileUnseen } from './pin.ts';
import { followReading, type Reading } from './reading.ts';
import { type Allow, scope } from './scope.ts';
import { unusual } from './unusual.ts';

type Decision = Allow | 'deny';

const FAILURES: Readonly<Partial<Record<FailureCode, PlainKey>>> = {
  'not-armed': 'notArmed',
  'not-proven': 'notProven',
};

/** One question on the screen, from its arrival to its end. Another question, or the same one changed, is another screen. */
export class PromptScreen {
  readonly root: HTMLElement;
  readonly #prompt: PromptView;
  readonly #voice: Voice;
  readonly #bridge: Bridge<'prompt'>;
  readonly #announce = announcer();
  readonly #header;
  readonly #allow;
  readonly #scope;
  readonly #footer;
  readonly #menu;
  readonly #middle: HTMLElement;
  readonly #asking: HTMLElement;
  readonly #bottom: HTMLElement;
  readonly #below;
  readonly #reading: Reading;
  readonly #observers: { disconnect(): void }[] = [];
  #sheet: HTMLElement | null = null;
  #arming: ArmingView;
  #ended: EndReason | null = null;
  #sent: Decision | null = null;
  #failure: PlainKey | null = null;
  #gate: Gate['state'] = 'arming';
  #calmSince = performance.now();

  constructor(prompt: PromptView, arming: ArmingView, voice: Voice, bridge: Bridge<'prompt'>) {
    this.#prompt = prompt;
    this.#arming = arming;
    this.#voice = voice;
    this.#bridge = bridge;
    this.#header = header(voice, (text) => this.#announce.say(text));
    this.#header.setTitle(...whoAsks(prompt.who, voice));
    this.#allow = allowButton(voice, () => this.#allowPressed());
    this.#scope = scope(prompt, voice, () => this.#nameAllow());
    this.#footer = footer(voice, this.#scope.chosen === null ? null : this.#allow, () =>
      this.#decide('deny'),
    );

    const folded = details(prompt, voice);
    this.#menu = moreMenu(voice, () => [
      {
        name: 'copyCommand',
        note: prompt.holdsSecret ? 'copyHoldsSecret' : null,
        shortcut: '⌘C',
        act: () => this.#copy(),
      },
      {
        name: folded.hidden ? 'showDetails' : 'hideDetails',
        note: null,
        shortcut: null,
        act: () => {
          folded.hidden = !folded.hidden;
          if (!folded.hidden) folded.scrollIntoView({ block: 'nearest' });
        },
      },
    ]);
    this.#footer.left(this.#menu.root);

    const odd = unusual(prompt, voice);
    const command = commandPlate(prompt, voice);
    this.#asking = h(
      'div',
      { class: 'stack' },
      command,
      odd.root,
      files(prompt.operands, voice),
      facts(prompt, voice),
      folded,
    );
    this.#middle = h(
      'div',
      { class: 'middle', tabindex: 0, role: 'group', 'aria-label': voice.text('request') },
      this.#asking,
    );
    this.#below = belowBar(prompt.parts.length, voice, () => this.#scroll('PageDown'));
    this.#bottom = h('div', { class: 'bottom' }, this.#scope.root, this.#footer.root);
    this.root = h(
      'div',
      {
        class: 'prompt',
        role: 'alertdialog',
        'aria-modal': 'true',
        'aria-labelledby': 'headline',
        'aria-describedby': 'command unusual',
      },
      this.#header.root,
      odd.pin,
      this.#middle,
      this.#below.root,
      this.#bottom,
      this.#announce.root,
    );
    const { id, digest } = prompt;
    this.#reading = followReading(this.#middle, [...command.querySelectorAll<HTMLElement>('.seg')], {
      atEnd: () => void settled(bridge.read({ id, digest })),
      changed: () => this.#showBelow(),
    });
    if (odd.pin !== null) this.#observers.push(pinWhileUnseen(odd.pin, odd.root, this.#middle));
    this.#observers.push(
      followHeight(
        [this.#header.root, this.#bottom],
        () => this.#sheet ?? this.#asking,
        this.#middle,
        (heightPx) => void settled(bridge.fit({ heightPx })),
      ),
    );
    this.#nameAllow();
    this.#showBelow();
  }

  /** For the moment when it is in the document. */
  arrive(): void {
    this.#footer.deny.focus();
    this.tick();
  }

  update({ arming, ended, waiting }: PromptBoard): void {
    this.#arming = arming;
    this.#header.setWaiting(waiting);
    if (ended !== null && ended !== this.#ended) this.#end(ended);
    this.tick();
  }

  /** Something changed under the person's hand: Allow starts again. */
  disturbed(): void {
    this.#calmSince = performance.now();
    this.tick();
  }

  /** To be called a few times a second: the time left, and whether Allow counts. */
  tick(): void {
    const nowMs = Date.now();
    this.#header.setLeft(this.#ended === null ? this.#prompt.expiresAtMs - nowMs : null);
    const now = gate({
      arming: this.#arming,
      expiresAtMs: this.#prompt.expiresAtMs,
      nowMs,
      calmMs: performance.now() - this.#calmSince,
      sent: this.#sent !== null,
    });
    if (now.state === 'open' && this.#gate !== 'open') this.#announce.say(this.#voice.text('allowReady'));
    this.#gate = now.state;
    this.#allow.show(now);
    this.#footer.hint(this.#hint());
  }

  focusPlace(): FocusPlace {
    const at = document.activeElement;
    if (at === this.#footer.deny) return 'deny';
    if (at === this.#allow.root) return 'allow';
    if (at instanceof HTMLInputElement) return 'radio';
    return at instanceof HTMLButtonElement ? 'control' : 'elsewhere';
  }

  /** Does what a key means here. */
  obey(meaning: Exclude<KeyMeaning, null>, key: string): void {
    if (meaning === 'deny' && this.#menu.open) this.#menu.close();
    else if (meaning === 'deny') this.#decide('deny');
    else if (meaning === 'allow') this.#allowPressed();
    else if (meaning === 'copy') this.#copy();
    else if (meaning === 'scroll') this.#scroll(key);
    else if (meaning === 'scope-1') this.#scope.choose(1);
    else if (meaning === 'scope-2') this.#scope.choose(2);
    else if (meaning === 'scope-3') this.#scope.choose(3);
  }

  dispose(): void {
    this.#reading.stop();
    for (const observer of this.#observers) observer.disconnect();
    this.root.remove();
  }

  #allowPressed(): void {
    // The gate as it is now, not as it was at the last tick.
    this.tick();
    const { chosen } = this.#scope;
    if (chosen === null || this.#ended !== null || this.#gate !== 'open') return;
    if (chosen === 'allow-always' && this.#sheet === null) this.#openSheet();
    else this.#decide(chosen);
  }

  /** Deny works whatever else was said; an Allow is said once. */
  #decide(decision: Decision): void {
    if (this.#ended !== null) {
      this.#dismiss();
      return;
    }
    if (this.#sent === 'deny' || (this.#sent !== null && decision !== 'deny')) return;
    this.#sent = decision;
    this.#failure = null;
    this.tick();
    const { id, digest } = this.#prompt;
    void settled(this.#bridge.decide({ id, digest, decision })).then((answer) => {
      if (answer.ok || this.#sent !== decision) return;
      this.#sent = null;
      this.#failure = FAILURES[answer.code] ?? 'notTaken';
      this.disturbed();
    });
  }

  #dismiss(): void {
    const { id, digest } = this.#prompt;
    void settled(this.#bridge.dismiss({ id, digest }));
  }

  #copy(): void {
    const { id, digest } = this.#prompt;
    void settled(this.#bridge.copyCommand({ id, digest })).then((answer) =>
      this.#announce.say(this.#voice.text(answer.ok ? 'copied' : 'notCopied')),
    );
  }

  #openSheet(): void {
    if (this.#prompt.remember === null) return;
    this.#sheet = alwaysSheet(this.#prompt, this.#prompt.remember, this.#voice);
    this.#header.setTitle(...alwaysTitle(this.#prompt, this.#voice));
    this.#footer.left(button({ class: 'btn lg plain' }, () => this.#closeSheet(), this.#voice.text('back')));
    this.#showSheet();
  }

  #closeSheet(): void {
    this.#sheet?.remove();
    this.#sheet = null;
    this.#header.setTitle(...whoAsks(this.#prompt.who, this.#voice));
    this.#footer.left(this.#menu.root);
    this.#showSheet();
  }

  #showSheet(): void {
    const open = this.#sheet !== null;
    if (this.#sheet !== null) this.#middle.append(this.#sheet);
    this.#asking.hidden = open;
    this.#scope.root.hidden = open;
    this.#middle.scrollTop = 0;
    this.#nameAllow();
    this.#showBelow();
    this.#footer.deny.focus();
    this.disturbed();
  }

  #nameAllow(): void {
    const once = this.#scope.chosen !== 'allow-always';
    this.#allow.name(this.#sheet !== null ? 'alwaysAllow' : once ? 'allowOnce' : 'alwaysAllowHere');
  }

  #hint(): string {
    if (this.#failure !== null) return this.#voice.text(this.#failure);
    if (this.#scope.chosen === null) return this.#voice.text('denyOnly');
    if (this.#gate === 'unread') return this.#voice.text('hintUnread');
    return this.#gate === 'unfocused' ? this.#voice.text('hintUnfocused') : '';
  }

  #end(reason: EndReason): void {
    if (this.#sheet !== null) this.#closeSheet();
    this.#ended = reason;
    const row = endedRow(reason, this.#prompt, this.#voice, () => this.#dismiss());
    this.#bottom.replaceChildren(row.root);
    row.close.focus();
  }

  #showBelow(): void {
    this.#below.show(this.#sheet === null ? this.#reading.below : 0);
  }

  #scroll(key: string): void {
    const page = this.#middle.clientHeight - 40;
    const by = { ArrowUp: -40, ArrowDown: 40, PageUp: -page, PageDown: page, Home: -1e7, End: 1e7 }[key] ?? 0;
    this.#middle.scrollBy({ top: by });
  }
}
