/** Shows `pin` for as long as nothing of `block` can be seen in `scroller`. */
export function pinWhileUnseen(
  pin: HTMLElement,
  block: HTMLElement,
  scroller: HTMLElement,
): IntersectionObserver {
  pin.hidden = true;
  const observer = new IntersectionObserver(
    (entries) => {
      pin.hidden = entries.at(-1)?.isIntersecting ?? false;
    },
    { root: scroller },
  );
  observer.observe(block);
  return observer;
}
