/** Follows how far the command was read. */
export interface Reading {
  /** How many parts have their end below what can be seen; 0 once the end of the command is in view. */
  readonly below: number;
  stop(): void;
}

/**
 * @param scroller what scrolls the command.
 * @param parts its rows, in order.
 * @param atEnd called once, when the end of the last row was in view.
 */
export function followReading(
  scroller: HTMLElement,
  parts: readonly HTMLElement[],
  { atEnd, changed }: { atEnd: () => void; changed: () => void },
): Reading {
  let below = parts.length;
  let done = false;
  const measure = () => {
    scroller.classList.toggle('scrolled', scroller.scrollTop > 0);
    const edge = scroller.getBoundingClientRect().bottom;
    if (edge <= 0) return;
    const count = parts.filter((part) => part.getBoundingClientRect().bottom > edge + 1).length;
    if (count === 0 && !done) {
      done = true;
      atEnd();
    }
    if (count === below) return;
    below = count;
    changed();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(scroller);
  for (const part of parts) observer.observe(part);
  scroller.addEventListener('scroll', measure, { passive: true });
  return {
    get below() {
      return below;
    },
    stop: () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', measure);
    },
  };
}
