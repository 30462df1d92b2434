import type { NodeSnapshot } from '../node/snapshot.ts';
import { severityOf } from '../policy/warning-severity.ts';
import type { Prompt } from '../prompt/prompt.ts';
import { displayString } from '../text/display.ts';
import { whoRunsWhat } from './prompt-names.ts';
import { quoteName, type Words } from './words.ts';

/** What choosing an item does. There is no way to allow anything in a menu. */
export type TrayAction =
  | 'show-prompt'
  | 'show-edits'
  | 'end-quiet'
  | 'pause'
  | 'pause-and-end'
  | 'resume'
  | 'contain'
  | 'open-incident'
  | 'open-settings'
  | 'open-pairing'
  | 'unpair'
  | 'quit';

export type TrayItem =
  | { readonly kind: 'separator' }
  /** Says something and does nothing. */
  | { readonly kind: 'text'; readonly label: string; readonly sublabel: string | null }
  | {
      readonly kind: 'action';
      readonly action: TrayAction;
      readonly label: string;
      readonly sublabel: string | null;
      readonly accelerator: string | null;
    };

export type TrayIcon = 'unpaired' | 'attention' | 'paused' | 'pending' | 'connected';

/** What the menu bar shows. */
export interface TrayModel {
  readonly icon: TrayIcon;
  /** Questions and edits of the policy that wait; drawn beside the key. */
  readonly count: number;
  /** Read aloud instead of the picture. */
  readonly title: string;
  readonly items: readonly TrayItem[];
}

/** More would not fit a menu; their number is in its heading. */
const MOST_PROMPTS = 9;

/** The whole menu bar item, from the snapshot alone. `formatTime` gives the wall clock's hours and minutes. */
export function trayModel(
  snapshot: NodeSnapshot,
  words: Words,
  formatTime: (ms: number) => string,
): TrayModel {
  const status = statusItem(snapshot, words);
  const { prompts, policyEdits } = snapshot;
  const waiting = prompts.length + policyEdits;
  return {
    icon: iconOf(snapshot),
    count: waiting,
    title: waiting > 0 ? words.waiting(waiting) : status.label,
    items: [
      status,
      ...section(
        ...(prompts.length > 0 ? [text(words.waiting(prompts.length))] : []),
        ...prompts.slice(0, MOST_PROMPTS).map((prompt) => promptItem(prompt, words, formatTime)),
      ),
      ...section(...editItems(snapshot, words)),
      ...section(...forNowItems(snapshot, words, formatTime)),
      ...section(...pauseItems(snapshot, words)),
      ...section(action('open-settings', words.settings, null, 'Command+,')),
      ...section(
        snapshot.gateway === null
          ? action('open-pairing', words.pair)
          : action('unpair', words.unpair(gatewayName(snapshot, words))),
        action('quit', words.quit, words.quitMeans, 'Command+Q'),
      ),
    ],
  };
}

/** After an error that nobody expected: nothing runs any more, and the menu can only be left. */
export const brokenTray = (words: Words): TrayModel => ({
  icon: 'attention',
  count: 0,
  title: words.broken,
  items: [text(words.broken, words.brokenDetail), ...section(action('quit', words.quit, null, 'Command+Q'))],
});

function iconOf({ state, prompts, policyEdits }: NodeSnapshot): TrayIcon {
  if (state === 'unpaired' || state === 'paused') return state;
  if (state === 'attention' || state === 'offline' || state === 'awaiting-approval') return 'attention';
  return prompts.length + policyEdits > 0 ? 'pending' : 'connected';
}

function statusItem(snapshot: NodeSnapshot, words: Words): TrayItem & { kind: 'text' } {
  if (snapshot.contained) return text(words.stop.contained);
  const word = words.status[snapshot.state];
  const label = typeof word === 'string' ? word : word(gatewayName(snapshot, words));
  return text(label, statusDetail(snapshot, words));
}

function statusDetail(snapshot: NodeSnapshot, words: Words): string | null {
  if (snapshot.detail !== null) return displayString(snapshot.detail);
  if (snapshot.policyDegraded) return words.policyDegraded;
  if (snapshot.state === 'connected' && snapshot.commandsApproved === false) return words.commandsNotApproved;
  return snapshot.running > 0 ? words.running(snapshot.running) : null;
}

function promptItem(prompt: Prompt, words: Words, formatTime: (ms: number) => string): TrayItem {
  const { assessment, expiresAtMs } = prompt;
  const grave = assessment.warnings.filter(({ code }) => severityOf(code) === 'high').length;
  const facts = [grave > 0 ? words.gravely(grave) : null, words.deniedAt(formatTime(expiresAtMs))];
  return action('show-prompt', whoRunsWhat(prompt, words), facts.filter((fact) => fact !== null).join(', '));
}

/** Decided in the settings window: there is no way to approve anything in a menu. */
function editItems({ policyEdits }: NodeSnapshot, words: Words): TrayItem[] {
  return policyEdits === 0 ? [] : [action('show-edits', words.policyEdits, words.policyEditsMean)];
}

/** What answers left in force. Several quiet times are one item: one press, and everybody is asked about again. */
function forNowItems(
  { grants, quiet }: NodeSnapshot,
  words: Words,
  formatTime: (ms: number) => string,
): TrayItem[] {
  const [time] = quiet;
  return [
    ...(grants.length === 0
      ? []
      : [action('open-settings', words.allowedForNow(grants.length), words.allowedForNowMeans)]),
    ...(time === undefined
      ? []
      : [
          action(
            'end-quiet',
            quiet.length > 1
              ? words.quietForSeveral(quiet.length)
              : words.quietFor(quoteName(time.agentId, words.anAgent), formatTime(time.endsAtMs)),
            words.quietMeans,
          ),
        ]),
  ];
}

function pauseItems({ state, contained, running }: NodeSnapshot, words: Words): TrayItem[] {
  if (contained) return [action('open-incident', words.stop.incident)];
  if (state === 'unpaired') return [];
  const paused = state === 'paused';
  return [
    paused ? action('resume', words.resume) : action('pause', words.pause, words.pauseMeans),
    ...(running > 0 ? [action('pause-and-end', words.stop.pauseAndEnd(running))] : []),
    action('contain', words.stop.contain, words.stop.containMeans),
  ];
}

const gatewayName = ({ gateway }: NodeSnapshot, words: Words) =>
  quoteName(gateway?.name ?? null, words.gateway);

const section = (...items: readonly TrayItem[]): TrayItem[] =>
  items.length === 0 ? [] : [{ kind: 'separator' }, ...items];

const text = (label: string, sublabel: string | null = null) => ({ kind: 'text', label, sublabel }) as const;

const action = (
  name: TrayAction,
  label: string,
  sublabel: string | null = null,
  accelerator: string | null = null,
): TrayItem => ({ kind: 'action', action: name, label, sublabel, accelerator });
