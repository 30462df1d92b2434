import { button, keys } from '../shared/button.ts';
import { h } from '../shared/dom.ts';
import { icon } from '../shared/icons.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

export interface MenuItem {
  readonly name: PlainKey;
  readonly note: PlainKey | null;
  readonly shortcut: string | null;
  act(): void;
}

export interface MoreMenu {
  readonly root: HTMLElement;
  /** Whether Escape belongs to the menu now. */
  readonly open: boolean;
  close(): void;
}

/** What is wanted rarely. Nothing in here can allow. */
export function moreMenu(voice: Voice, items: () => readonly MenuItem[]): MoreMenu {
  const list = h('div', { class: 'menu', role: 'menu', id: 'more', 'aria-label': voice.text('more') });
  list.hidden = true;
  const opener = button(
    {
      class: 'btn lg more',
      'aria-label': voice.text('more'),
      'aria-haspopup': 'menu',
      'aria-controls': 'more',
      'aria-expanded': 'false',
    },
    () => (list.hidden ? show() : close()),
    icon('more'),
  );
  const show = () => {
    list.replaceChildren(...items().map((item) => draw(item)));
    list.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    focus(0);
  };
  const close = () => {
    if (list.hidden) return;
    list.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    opener.focus();
  };
  const entries = () => [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const focus = (index: number) =>
    entries()
      .at(index % entries().length)
      ?.focus();
  const draw = (item: MenuItem) =>
    button(
      { role: 'menuitem', tabindex: -1 },
      () => {
        close();
        item.act();
      },
      h(
        'span',
        { class: 'grow' },
        voice.text(item.name),
        item.note === null ? null : h('span', { class: 'menu-note' }, voice.text(item.note)),
      ),
      item.shortcut === null ? null : keys(item.shortcut),
    );

  list.addEventListener('keydown', (event) => {
    const at = entries().indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') focus(at + 1);
    else if (event.key === 'ArrowUp') focus(at - 1);
    else if (event.key === 'Tab') close();
    else return;
    event.preventDefault();
  });
  const root = h('div', { class: 'more-place' }, opener, list);
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !root.contains(relatedTarget)) list.hidden = true;
  });
  return {
    root,
    get open() {
      return !list.hidden;
    },
    close,
  };
}
