const SIZES = [1, 1.15, 1.3, 1.5] as const;
const KEPT_AS = 'text-size';

/** Command-Plus and Command-Minus: larger text in the same window. Everything wraps, nothing is cut. */
export function followTextSize(): void {
  let step = Math.max(
    0,
    SIZES.findIndex((size) => String(size) === localStorage.getItem(KEPT_AS)),
  );
  const apply = () => document.documentElement.style.setProperty('--scale', String(SIZES[step] ?? 1));
  apply();
  document.addEventListener('keydown', (event) => {
    if (!event.metaKey || event.ctrlKey || event.altKey) return;
    const by = { '+': 1, '=': 1, '-': -1, '0': -SIZES.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step = Math.min(SIZES.length - 1, Math.max(0, step + by));
    localStorage.setItem(KEPT_AS, String(SIZES[step]));
    apply();
  });
}
