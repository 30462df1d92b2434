/**
 * Says how high a window has to be to show all of it, whenever that changes. What only appears because it is too low
 * does not count.
 *
 * @param fixed what never scrolls.
 * @param content what scrolls now.
 */
export function followHeight(
  fixed: readonly HTMLElement[],
  content: () => HTMLElement,
  scroller: HTMLElement,
  say: (heightPx: number) => void,
): ResizeObserver {
  let last = 0;
  const measure = () => {
    const heights = [...fixed, content()].map((element) => element.getBoundingClientRect().height);
    const heightPx = Math.ceil(heights.reduce((sum, height) => sum + height, 0));
    if (heightPx === last || heightPx <= 0) return;
    last = heightPx;
    say(heightPx);
  };
  const observer = new ResizeObserver(measure);
  for (const element of [...fixed, content(), scroller]) observer.observe(element);
  return observer;
}
