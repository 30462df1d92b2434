import type { ModesView } from '../../main/ipc/settings-view.ts';
import type { PlainKey } from '../shared/voice.ts';

export interface Modes {
  readonly security: NonNullable<ModesView['security']>;
  readonly ask: NonNullable<ModesView['ask']>;
  readonly askFallback: NonNullable<ModesView['askFallback']>;
}

export type Mode = keyof Modes;

/** Each mode with its choices, strictest first, as whole phrases. The keys are the stored keywords. */
export const PHRASES: {
  readonly [M in Mode]: {
    readonly label: PlainKey;
    readonly choices: readonly (readonly [Modes[M], PlainKey])[];
  };
} = {
  security: {
    label: 'mayRun',
    choices: [
      ['deny', 'mayRunDeny'],
      ['allowlist', 'mayRunAllowlist'],
      ['full', 'mayRunFull'],
    ],
  },
  ask: {
    label: 'asksMe',
    choices: [
      ['always', 'asksAlways'],
      ['on-miss', 'asksOnMiss'],
      ['off', 'asksOff'],
    ],
  },
  askFallback: {
    label: 'fallback',
    choices: [
      ['deny', 'fallbackDeny'],
      ['allowlist', 'fallbackAllowlist'],
      ['full', 'fallbackFull'],
    ],
  },
};

/** Whether something could run under `next` that could not, or not unasked, under `now`. */
export function isLooser(now: Modes, next: Modes): boolean {
  return (Object.keys(PHRASES) as Mode[]).some((mode) => rank(mode, next) > rank(mode, now));
}

const rank = (mode: Mode, modes: Modes) =>
  PHRASES[mode].choices.findIndex(([keyword]) => keyword === modes[mode]);

/** What three keywords mean together, in short sentences. */
export function inShort({ security, ask, askFallback }: Modes): PlainKey[] {
  if (security === 'deny') return ['shortDeny'];
  const unattended: PlainKey[] = askFallback === 'deny' ? [] : ['shortUnattended'];
  if (ask === 'always') return ['shortAlways', 'shortNoAnswer', ...unattended];
  if (security === 'full') return ['shortFull'];
  return ask === 'off' ? ['shortListOff'] : ['shortListMiss', 'shortNoAnswer', ...unattended];
}
