import type { Settings } from './settings.ts';

type Tightens<V> = (before: V, after: V) => boolean;

const onlyTo =
  <V>(strict: V): Tightens<V> =>
  (_before, after) =>
    after === strict;
const shorter: Tightens<number> = (before, after) => after < before;

const TOUCH_ID = ['never', 'high', 'always'] as const satisfies readonly Settings['touchId'][];

/** The settings of which one value is stricter than another. Any other is the person's alone to change. */
const STRICTER = {
  promptTimeoutMs: shorter,
  passSshAgent: onlyTo<boolean>(false),
  endRunsOnDisconnect: onlyTo<Settings['endRunsOnDisconnect']>('at-once'),
  runsOnPause: onlyTo<Settings['runsOnPause']>('end'),
  pauseWhileLocked: onlyTo<boolean>(true),
  touchId: (before: Settings['touchId'], after: Settings['touchId']) =>
    TOUCH_ID.indexOf(after) > TOUCH_ID.indexOf(before),
  dangerouslyAllowPlaintextGateway: onlyTo<boolean>(false),
} satisfies { readonly [K in keyof Settings as string extends K ? never : K]?: Tightens<Settings[K]> };

/** What of other settings tightens these, and the names of those that were left out because they do not. */
export function tightenedSettings(
  before: Settings,
  after: Settings,
): { readonly part: Settings; readonly left: readonly string[] } {
  const [was, is, stricter] = [before, after, STRICTER].map(
    (from) => new Map<string, unknown>(Object.entries(from)),
  );
  const part: Record<string, unknown> = { ...before };
  const left: string[] = [];
  for (const name of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
    const [old, now] = [was?.get(name), is?.get(name)];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    const tightens = stricter?.get(name) as Tightens<unknown> | undefined;
    if (tightens?.(old, now) === true) part[name] = now;
    else left.push(name);
  }
  const changed = Object.keys(part).some((name) => part[name] !== before[name]);
  return { part: changed ? { ...before, ...part } : before, left };
}
