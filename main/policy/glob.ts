/**
 * Whether a path matches a pattern: `?` is one character and `*` any number of them, neither a slash; `**` is anything.
 * Everything else stands for itself, `+`, `[` and `{` too; case counts. Takes time in proportion to both lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const steps = pattern.match(/\*{2,}|[\s\S]/gu) ?? [];
  let reachable = new Set([0]);
  const advance = (states: Set<number>): Set<number> => {
    // Both kinds of star may stand for nothing.
    for (const state of states) if (steps[state]?.startsWith('*') === true) states.add(state + 1);
    return states;
  };
  advance(reachable);
  for (const char of text) {
    const next = new Set<number>();
    for (const state of reachable) {
      const step = steps[state];
      if (step === undefined) continue;
      if (step.startsWith('**')) next.add(state);
      else if (step === '*') {
        if (char !== '/') next.add(state);
      } else if (step === char || (step === '?' && char !== '/')) next.add(state + 1);
    }
    if (next.size === 0) return false;
    reachable = advance(next);
  }
  return reachable.has(steps.length);
}
