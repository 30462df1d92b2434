/** What a key press means in the prompt; null: nothing of ours, the system's own meaning stands. */
export type KeyMeaning =
  'deny' | 'allow' | 'nothing' | 'copy' | 'scope-1' | 'scope-2' | 'scope-3' | 'scroll' | null;

export interface KeyPress {
  readonly key: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** Where the focus is. `control`: something that Return or an arrow already means something to. */
export type FocusPlace = 'deny' | 'allow' | 'radio' | 'control' | 'elsewhere';

const SCROLLING = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']);

/**
 * Deny is near, Allow is far: Return and Escape say no wherever that is not taken, and only Command-Return says yes. A
 * key that is held down says nothing at all, so no key pressed in another window can answer this one.
 */
export function meaningOf(press: KeyPress, focus: FocusPlace, selecting: boolean): KeyMeaning {
  const { key, metaKey, ctrlKey, altKey, shiftKey, repeat } = press;
  const bare = !metaKey && !ctrlKey && !altKey && !shiftKey;
  const command = metaKey && !ctrlKey && !altKey && !shiftKey;
  if (key === 'Escape') return bare && !repeat ? 'deny' : 'nothing';
  if (key === 'Enter') {
    if (repeat) return 'nothing';
    if (command) return 'allow';
    if (focus === 'control' && bare) return null;
    return bare && focus !== 'allow' ? 'deny' : 'nothing';
  }
  if (key === ' ') return repeat && focus !== 'elsewhere' ? 'nothing' : null;
  if (command && !repeat) {
    if (key === 'c') return selecting ? null : 'copy';
    if (key === '1' || key === '2' || key === '3') return `scope-${key}`;
  }
  if (bare && SCROLLING.has(key) && (focus === 'deny' || focus === 'allow')) return 'scroll';
  return null;
}
