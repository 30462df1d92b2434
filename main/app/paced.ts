/** Runs `work` once when the turn at hand is over, however often it was asked for in it. */
export function onceATurn(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      work();
    });
  };
}

/**
 * For what follows a burst by the eye only: runs `work` at once, then for `apartMs` not again, and once more after that
 * when it was asked for meanwhile. What is shown last is always what was asked for last.
 */
export function paced(work: () => void, apartMs: number): () => void {
  let quiet: NodeJS.Timeout | undefined;
  let again = false;
  const run = () => {
    again = false;
    quiet = setTimeout(() => {
      quiet = undefined;
      if (again) run();
    }, apartMs);
    quiet.unref();
    work();
  };
  return () => {
    if (quiet === undefined) run();
    else again = true;
  };
}
