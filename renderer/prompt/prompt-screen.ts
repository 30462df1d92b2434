import type { Bridge } from '../../main/ipc/contract.ts';
import type { AllowChoice, ArmingView, PromptBoard, PromptView } from '../../main/ipc/prompt-view.ts';
import { announcer } from '../shared/announce.ts';
import { button } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { settled } from '../shared/follow.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';
import { allowButton } from './allow-button.ts';
import { type Gate, gate } from './allow-gate.ts';
import { type AlwaysSheet, alwaysSheet, alwaysTitle } from './always-sheet.ts';
import { Answering, type Decision } from './answering.ts';
import { belowBar } from './below-bar.ts';
import { endedRow } from './ended.ts';
import { followHeight } from './fit.ts';
import { footer } from './footer.ts';
import { header } from './header.ts';
import type { FocusPlace, KeyMeaning } from './key-rules.ts';
import { type MenuItem, moreMenu } from './more-menu.ts';
import { pinWhileUnseen } from './pin.ts';
import { question } from './question.ts';
import { followReading, type Reading } from './reading.ts';
import { type ReasonSheet, reasonSheet } from './reason-sheet.ts';
import { Revealing } from './revealing.ts';
import { scope } from './scope.ts';
import { SheetPlace } from './sheet-place.ts';
import { type WaitingSheet, waitingSheet } from './waiting-sheet.ts';

const LABELS: Readonly<Record<AllowChoice, PlainKey>> = {
  'allow-once': 'allowOnce',
  'allow-15m': 'allowFor15m',
  'allow-1h': 'allowFor1h',
  'allow-session': 'allowForSession',
  'allow-always': 'alwaysAllowHere',
  'allow-always-any': 'alwaysAllowAny',
};

const COPIED_MS = 2000;

/** One question on the screen, from its arrival to its end. Another question, or the same one changed, is another screen. */
export class PromptScreen {
  readonly root: HTMLElement;
  readonly #prompt: PromptView;
  readonly #voice: Voice;
  readonly #announce = announcer();
  readonly #bridge: Bridge<'prompt'>;
  readonly #answering: Answering;
  readonly #header;
  readonly #allow;
  readonly #scope;
  readonly #footer;
  readonly #menu;
  readonly #pressing: HTMLElement;
  readonly #question;
  readonly #sheet: SheetPlace;
  readonly #revealing: Revealing;
  readonly #middle: HTMLElement;
  readonly #bottom: HTMLElement;
  readonly #below;
  readonly #reading: Reading;
  readonly #observers: { disconnect(): void }[] = [];
  #arming: ArmingView;
  #ended: PromptBoard['ended'] = null;
  #always: AlwaysSheet | null = null;
  #reason: ReasonSheet | null = null;
  #waiting: WaitingSheet | null = null;
  /** How many wait, with this one. */
  #all = 1;
  #same = 1;
  #gate: Gate['state'] = 'arming';
  #calmSince = performance.now();
  /** What became of a copy, for as long as it is said. */
  #copied: PlainKey | null = null;
  #copiedOver: ReturnType<typeof setTimeout> | undefined;

  constructor(prompt: PromptView, arming: ArmingView, voice: Voice, bridge: Bridge<'prompt'>) {
    this.#prompt = prompt;
    this.#arming = arming;
    this.#voice = voice;
    this.#bridge = bridge;
    this.#answering = new Answering(prompt, bridge, () => this.disturbed());
    this.#header = header(
      voice,
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
    this.#menu = moreMenu(voice, () => this.#menuItems());
    this.#middle = h(
      'div',
      { class: 'middle', tabindex: 0, role: 'group', 'aria-label': voice.text('request') },
      this.#question.root,
    );
    this.#below = belowBar(prompt.parts.length, voice, () => this.#scroll('PageDown'));
    this.#bottom = h('div', { class: 'bottom' }, this.#scope.root, this.#footer.root);
    this.#sheet = new SheetPlace({
      prompt,
      voice,
      header: this.#header,
      footer: this.#footer,
      middle: this.#middle,
      covered: [this.#question.root, this.#scope.root],
      more: this.#menu.root,
      changed: () => {
        if (this.#sheet.kind !== 'always') this.#always = null;
        this.#nameAllow();
        this.#showBelow();
        if (this.#sheet.kind !== 'reason') this.#reason = null;
        if (this.#sheet.kind !== 'waiting') this.#waiting = null;
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
    const { arming, ended, waiting, same, pressing } = board;
    this.#arming = arming;
    if (arming.state === 'unfocused') this.#revealing.hide();
    this.#header.setWaiting(waiting, same);
    this.#footer.offer(pressing && ended === null ? this.#pressing : null);
    if (waiting + same !== this.#all) this.#waiting?.refresh(waiting + same);
    this.#all = waiting + same;
    this.#same = same;
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
    else if (meaning === 'copy') this.#copy();
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

  #menuItems(): readonly MenuItem[] {
    const { details } = this.#question;
    const pause = (name: PlainKey, quiet: 'session' | 'agent'): MenuItem => ({
      name,
      note: 'pauseNote',
      shortcut: null,
      act: () => this.#decide({ decision: 'deny', quiet }),
    });
    return [
      {
        name: 'copyCommand',
        note: this.#prompt.holdsSecret ? 'copyHoldsSecret' : null,
        shortcut: '⌘C',
        act: () => this.#copy(),
      },
      { name: 'denyWithReason', note: null, shortcut: null, act: () => this.#askReason() },
      pause('denyAndPauseSession', 'session'),
      pause('denyAndPauseAgent', 'agent'),
      {
        name: details.hidden ? 'showDetails' : 'hideDetails',
        note: null,
        shortcut: null,
        act: () => {
          details.hidden = !details.hidden;
          if (!details.hidden) details.scrollIntoView({ block: 'nearest' });
        },
      },
    ];
  }

  #observe(bridge: Bridge<'prompt'>): void {
    const { pin, unusual, root } = this.#question;
    if (pin !== null) this.#observers.push(pinWhileUnseen(pin, unusual, this.#middle));
    this.#observers.push(
      followHeight(
        [this.#header.root, this.#bottom],
        () => this.#sheet.root ?? root,
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
    const { kind } = this.#sheet;
    if (chosen === 'allow-always' && kind === null) this.#openAlways();
    else if (kind === null) this.#decide({ decision: chosen });
    else if (this.#always !== null) this.#decide({ decision: this.#always.chosen });
  }

  #decide(decision: Decision): void {
    if (this.#ended !== null) this.#answering.dismiss();
    else this.#answering.decide(decision);
    this.tick();
  }

  #deny(): void {
    const reason = this.#reason?.reason;
    this.#decide({ decision: 'deny', ...(reason === undefined ? {} : { reason }) });
  }

  #choose(row: number): void {
    (this.#always ?? this.#scope).choose(row);
  }

  #openAlways(): void {
    const { remember } = this.#prompt;
    if (remember === null) return;
    const title = alwaysTitle(this.#prompt, this.#voice);
    this.#always = alwaysSheet(this.#prompt, remember, this.#voice, () => {
      this.#nameAllow();
      this.disturbed();
    });
    this.#sheet.open({ kind: 'always', title, root: this.#always.root });
  }

  #askReason(): void {
    const sheet = reasonSheet(this.#voice);
    const title = [this.#voice.text('reasonTitle')];
    this.#reason = sheet;
    this.#sheet.open({ kind: 'reason', title, root: sheet.root, focus: () => sheet.focus() });
  }

  #review(): void {
    if (this.#ended !== null || this.#sheet.kind !== null) return;
    const sheet = waitingSheet(this.#bridge, this.#voice);
    sheet.refresh(this.#all);
    this.#waiting = sheet;
    this.#sheet.open({ kind: 'waiting', title: [this.#voice.text('waitingTitle')], root: sheet.root });
  }

  #copy(): void {
    void this.#answering.copy().then((copied) => {
      this.#copied = copied ? (this.#prompt.holdsSecret ? 'copiedWithSecret' : 'copied') : 'notCopied';
      this.tick();
      clearTimeout(this.#copiedOver);
      this.#copiedOver = setTimeout(() => {
        this.#copied = null;
        this.tick();
      }, COPIED_MS);
    });
  }

  #nameAllow(): void {
    const { kind } = this.#sheet;
    this.#allow.root.hidden = kind === 'reason' || kind === 'waiting';
    const chosen = this.#always?.chosen ?? this.#scope.chosen ?? 'allow-once';
    this.#allow.name(this.#always !== null && chosen === 'allow-always' ? 'alwaysAllow' : LABELS[chosen]);
  }

  #hint(): string {
    if (this.#copied !== null) return this.#voice.text(this.#copied);
    if (this.#answering.failure !== null) return this.#voice.text(this.#answering.failure);
    if (this.#scope.chosen === null) return this.#voice.text('denyOnly');
    if (this.#gate === 'unread') return this.#voice.text('hintUnread');
    if (this.#gate === 'unfocused') return this.#voice.text('hintUnfocused');
    return this.#same > 1 && this.#sheet.kind === null ? this.#voice.text('sameNote') : '';
  }

  #end(board: PromptBoard): void {
    this.#sheet.close();
    this.#ended = board.ended;
    const row = endedRow(board, this.#prompt, this.#voice, () => this.#answering.dismiss());
    this.#bottom.replaceChildren(row.root);
    row.close.focus();
  }

  #showBelow(): void {
    this.#below.show(this.#sheet.kind === null ? this.#reading.below : 0);
  }

  #scroll(key: string): void {
    const page = this.#middle.clientHeight - 40;
    const by = { ArrowUp: -40, ArrowDown: 40, PageUp: -page, PageDown: page, Home: -1e7, End: 1e7 }[key] ?? 0;
    this.#middle.scrollBy({ top: by });
  }
}
