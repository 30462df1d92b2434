export type Child = Node | string | null | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Makes an element. Strings among the children become text nodes; there is no way to hand it markup.
 * @param attributes true: present without a value; false and null: absent.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null) continue;
    if (typeof child === 'string') parent.appendChild(document.createTextNode(child));
    else if (child instanceof Node) parent.appendChild(child);
    else append(parent, child);
  }
}

/** Puts these children in the place of all that an element held. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Writes only what changed: a live region would read an equal text again, and a timer would repaint it. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Text for VoiceOver alone. */
export const unseen = (text: string): HTMLElement => h('span', { class: 'vh' }, text);

/** Draws anew what holds the focus without losing it: the same element, or the one that took over its id. */
export function keepFocus(draw: () => void): void {
  const before = document.activeElement;
  draw();
  if (!(before instanceof HTMLElement) || before === document.body) return;
  const after = before.isConnected || before.id === '' ? before : document.getElementById(before.id);
  if (after !== document.activeElement) after?.focus();
}
