import type { Bridge } from '../../main/ipc/contract.ts';
import type { AllowChoice, ArmingView, PromptBoard, PromptView } from '../../main/ipc/prompt-view.ts';
import { announcer } from '../shared/announce.ts';
import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { allowButton } from './allow-button.ts';
import { type Gate, gate } from './allow-gate.ts';
import { Answering, type Decision } from './answering.ts';
import { belowBar } from './below-bar.ts';
import { Copying } from './copying.ts';
import { endedRow } from './ended.ts';
import { followHeight } from './fit.ts';
import { footer } from './footer.ts';
import { header, whereFrom, whoAsked } from './header.ts';
import { hint } from './hint.ts';
import type { FocusPlace, KeyMeaning } from './key-rules.ts';
import { menuItems } from './menu-items.ts';
import { moreMenu } from './more-menu.ts';
import { pinWhileUnseen } from './pin.ts';
import { question } from './question.ts';
import { followReading, type Reading } from './reading.ts';
import { Revealing } from './revealing.ts';
import { scope } from './scope.ts';
import { Sheets } from './sheets.ts';

const LABELS: Readonly<Record<AllowChoice, PlainKey>> = {
  'allow-once': 'allowOnce',
  'allow-15m': 'allowFor15m',
  'allow-1h': 'allowFor1h',
  'allow-session': 'allowForSession',
  'allow-always': 'alwaysAllowHere',
  'allow-always-any': 'alwaysAllowAny',
};

/** One question on the screen, from its arrival to its end. Another question, or the same one changed, is another screen. */
export class PromptScreen {
  readonly root: HTMLElement;
  readonly #prompt: PromptView;
  readonly #voice: Voice;
  readonly #announce = announcer();
  readonly #answering: Answering;
  readonly #header;
  readonly #allow;
  readonly #scope;
  readonly #footer;
  readonly #menu;
  readonly #pressing: HTMLElement;
  readonly #question;
  readonly #sheets: Sheets;
  readonly #copying: Copying;
  readonly #revealing: Revealing;
  readonly #middle: HTMLElement;
  readonly #bottom: HTMLElement;
  readonly #below;
  readonly #reading: Reading;
  readonly #observers: { disconnect(): void }[] = [];
  #arming: ArmingView;
  #ended: PromptBoard['ended'] = null;
  /** How many wait, with this one. */
  #all = 1;
  #same = 1;
  #asksForProof = false;
  #gate: Gate['state'] = 'arming';
  #calmSince = performance.now();

  constructor(prompt: PromptView, arming: ArmingView, voice: Voice, bridge: Bridge<'prompt'>) {
    this.#prompt = prompt;
    this.#arming = arming;
    this.#voice = voice;
    this.#answering = new Answering(prompt, bridge, () => this.disturbed());
    this.#copying = new Copying(
      () => this.#answering.copy(),
      prompt.holdsSecret,
      () => this.tick(),
    );
    this.#header = header(
      voice,
      whereFrom(prompt.who, voice),
      (text) => this.#announce.say(text),
      () => this.#review(),
    );
    this.#allow = allowButton(voice, () => this.#allowPressed());
    this.#scope = scope(prompt, voice, () => this.#nameAllow());
    this.#footer = footer(voice, this.#scope.chosen === null ? null : this.#allow, () => this.#deny());
    this.#pressing = button(
      { class: 'btn lg plain' },
      () => this.#decide({ decision: 'deny', quiet: 'agent' }),
      voice.text('denyAndPauseAgent'),
    );
    this.#question = question(prompt, voice);
    this.#menu = moreMenu(voice, () =>
      menuItems(prompt, this.#question.details, {
        copy: () => this.#copying.copy(),
        askReason: () => this.#sheets.askReason(),
        decide: (decision) => this.#decide(decision),
      }),
    );
    this.#middle = h(
      'div',
      { class: 'middle', tabindex: 0, role: 'group', 'aria-label': voice.text('request') },
      this.#question.root,
    );
    this.#below = belowBar(prompt.parts.length, voice, () => this.#scroll('PageDown'));
    this.#bottom = h('div', { class: 'bottom' }, this.#scope.root, this.#footer.root);
    this.#sheets = new Sheets(bridge, {
      prompt,
      voice,
      header: this.#header,
      footer: this.#footer,
      middle: this.#middle,
      covered: [this.#question.root, this.#scope.root],
      more: this.#menu.root,
      changed: () => {
        this.#nameAllow();
        this.#showBelow();
        this.disturbed();
      },
    });
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
      this.#question.pin,
      this.#middle,
      this.#below.root,
      this.#bottom,
      this.#announce.root,
    );
    this.#revealing = new Revealing(this.root, voice, {
      ask: (secret) => this.#answering.reveal(secret),
      changed: () => this.disturbed(),
    });
    this.#reading = followReading(this.#middle, this.#question.rows, {
      atEnd: () => this.#answering.read(),
      changed: () => this.#showBelow(),
    });
    this.#observe(bridge);
    this.#nameAllow();
    this.#showBelow();
  }

  /** For the moment when it is in the document. */
  arrive(): void {
    this.#footer.deny.focus();
    this.tick();
  }

  update(board: PromptBoard): void {
    const { arming, ended, waiting, same, pressing, asksForProof } = board;
    this.#arming = arming;
    if (arming.state === 'unfocused') this.#revealing.hide();
    this.#header.setWaiting(waiting, same);
    this.#footer.offer(pressing && ended === null ? this.#pressing : null);
    if (waiting + same !== this.#all) this.#sheets.refresh(waiting + same);
    this.#all = waiting + same;
    this.#same = same;
    this.#asksForProof = asksForProof;
    if (ended !== null && ended !== this.#ended) this.#end(board);
    this.tick();
  }

  /** Something changed under the person's hand: Allow starts again. */
  disturbed(): void {
    this.#calmSince = performance.now();
    this.tick();
  }

  /** The person looks elsewhere. */
  left(): void {
    this.#revealing.hide();
    this.disturbed();
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
      sent: this.#answering.sent,
    });
    if (now.state === 'open' && this.#gate !== 'open') this.#announce.say(this.#voice.text('allowReady'));
    this.#gate = now.state;
    this.#allow.show(now);
    this.#scope.tick();
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
    else if (meaning === 'deny') this.#deny();
    else if (meaning === 'allow') this.#allowPressed();
    else if (meaning === 'copy') this.#copying.copy();
    else if (meaning === 'scroll') this.#scroll(key);
    else if (meaning === 'scope-1') this.#choose(1);
    else if (meaning === 'scope-2') this.#choose(2);
    else if (meaning === 'scope-3') this.#choose(3);
  }

  dispose(): void {
    this.#revealing.hide();
    this.#reading.stop();
    for (const observer of this.#observers) observer.disconnect();
    this.root.remove();
  }

  #observe(bridge: Bridge<'prompt'>): void {
    const { pin, unusual, root } = this.#question;
    if (pin !== null) this.#observers.push(pinWhileUnseen(pin, unusual, this.#middle));
    this.#observers.push(
      followHeight(
        [this.#header.root, this.#bottom],
        () => this.#sheets.root ?? root,
        this.#middle,
        (heightPx) => void settled(bridge.fit({ heightPx })),
      ),
    );
  }

  #allowPressed(): void {
    // The gate as it is now, not as it was at the last tick.
    this.tick();
    const { chosen } = this.#scope;
    if (chosen === null || this.#ended !== null || this.#gate !== 'open') return;
    const { kind, always } = this.#sheets;
    if (chosen === 'allow-always' && kind === null) this.#openAlways();
    else if (kind === null) this.#decide({ decision: chosen });
    else if (always !== null) this.#decide({ decision: always.chosen });
  }

  #decide(decision: Decision): void {
    if (this.#ended !== null) this.#answering.dismiss();
    else this.#answering.decide(decision);
    this.tick();
  }

  #deny(): void {
    const { reason } = this.#sheets;
    this.#decide({ decision: 'deny', ...(reason === undefined ? {} : { reason }) });
  }

  #choose(row: number): void {
    (this.#sheets.always ?? this.#scope).choose(row);
  }

  #openAlways(): void {
    this.#sheets.openAlways(() => {
      this.#nameAllow();
      this.disturbed();
    });
  }

  #review(): void {
    if (this.#ended === null && this.#sheets.kind === null) this.#sheets.review(this.#all);
  }

  #nameAllow(): void {
    const { kind, always } = this.#sheets;
    this.#allow.root.hidden = kind === 'reason' || kind === 'waiting';
    const chosen = always?.chosen ?? this.#scope.chosen ?? 'allow-once';
    this.#allow.name(always !== null && chosen === 'allow-always' ? 'alwaysAllow' : LABELS[chosen]);
  }

  #hint(): string {
    const said = hint({
      copied: this.#copying.said,
      failure: this.#answering.failure,
      allowable: this.#scope.chosen !== null,
      gate: this.#gate,
      sheet: this.#sheets.kind,
      same: this.#same,
      asksForProof: this.#asksForProof,
    });
    return said === null ? '' : this.#voice.text(said);
  }

  #end(board: PromptBoard): void {
    this.#sheets.close();
    this.#header.setTitle(...whoAsked(this.#prompt.who, this.#voice));
    this.#ended = board.ended;
    const row = endedRow(board, this.#prompt, this.#voice, () => this.#answering.dismiss());
    this.#bottom.replaceChildren(row.root);
    row.close.focus();
  }

  #showBelow(): void {
    this.#below.show(this.#sheets.kind === null ? this.#reading.below : 0);
  }

  #scroll(key: string): void {
    const page = this.#middle.clientHeight - 40;
    const by = { ArrowUp: -40, ArrowDown: 40, PageUp: -page, PageDown: page, Home: -1e7, End: 1e7 }[key] ?? 0;
    this.#middle.scrollBy({ top: by });
  }
}
