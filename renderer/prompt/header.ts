import type { PromptView } from '../../main/ipc/prompt-view.ts';
import { button } from '../shared/button.ts';
import { plainOf } from '../shared/display-runs.ts';
import { type Child, h, setText } from '../shared/dom.ts';
import { countdown } from '../shared/format.ts';
import { appIcon, icon } from '../shared/icons.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

export interface Header {
  readonly root: HTMLElement;
  setTitle(...title: Child[]): void;
  /** @param same how many requests show exactly this. */
  setWaiting(count: number, same: number): void;
  /** @param leftMs null: the question is over, there is nothing to count. */
  setLeft(leftMs: number | null): void;
}

/** Who asks, from where, until when, and how many more wait. */
export function header(
  voice: Voice,
  from: HTMLElement | null,
  say: (text: string) => void,
  review: () => void,
): Header {
  const title = h('h1', { id: 'headline' });
  const time = h('span', { class: 'num' });
  const timer = h('span', { role: 'timer' }, voice.say('deniedIn', { time }));
  const until = h('span', { class: 'until' }, icon('clock', 'small'), timer);
  const count = h('span');
  const waiting = button({ class: 'pill' }, review, icon('stack', 'small'), count);
  const times = h('span');
  const repeated = h('span', { class: 'pill' }, icon('copy', 'small'), times);
  const pills = h('span', { class: 'pills' }, repeated, waiting);
  const sub = h('div', { class: 'sub' }, until, pills);
  const root = h('header', { class: 'head' }, appIcon(), h('div', {}, title, from, sub));
  const spoken = new Set<number>();

  return {
    root,
    setTitle: (...children) => title.replaceChildren(h('span', {}, ...children)),
    setWaiting(more, same) {
      repeated.hidden = same <= 1;
      setText(times, voice.text('askedTimes', { count: same }));
      waiting.hidden = more === 0;
      setText(count, voice.text('waiting', { count: more }));
    },
    setLeft(leftMs) {
      until.hidden = leftMs === null;
      if (leftMs === null && waiting.hidden) sub.remove();
      if (leftMs === null) return;
      setText(time, countdown(leftMs));
      const seconds = Math.ceil(leftMs / 1000);
      for (const mark of [30, 10]) {
        if (seconds > mark || seconds <= mark - 5 || spoken.has(mark)) continue;
        spoken.add(mark);
        say(voice.text('secondsLeft', { count: mark }));
      }
    },
  };
}

export function whoAsks({ agent, gateway, host }: PromptView['who'], voice: Voice): Child[] {
  const name = quoted(gateway.name, voice);
  if (host !== null) {
    return agent === null
      ? voice.say('unnamedWantsElsewhere', { gateway: name })
      : voice.say('wantsElsewhere', { agent: quoted(agent, voice), gateway: name });
  }
  return agent === null
    ? voice.say('unnamedWantsToRun', { gateway: name })
    : voice.say('wantsToRun', { agent: quoted(agent, voice), gateway: name });
}

/** The same once the question is over. */
export function whoAsked({ agent, gateway }: PromptView['who'], voice: Voice): Child[] {
  const name = quoted(gateway.name, voice);
  return agent === null
    ? voice.say('unnamedWantedToRun', { gateway: name })
    : voice.say('wantedToRun', { agent: quoted(agent, voice), gateway: name });
}

/** Where the agent's turn came from, and in which session, where that is not the agent's own; null: nothing to say. */
export function whereFrom({ agent, session, origin }: PromptView['who'], voice: Voice): HTMLElement | null {
  const own = agent !== null && session !== null && plainOf(session) === `agent:${plainOf(agent)}:main`;
  const parts: Child[] = [];
  if (origin !== null)
    parts.push(
      h('span', {}, voice.text('cameFrom'), ' ', quoted(origin, voice), ' ', voice.text('asGatewaySays')),
    );
  if (session !== null && !own) parts.push(h('span', {}, voice.text('session'), ' ', quoted(session, voice)));
  return parts.length === 0 ? null : h('div', { class: 'from' }, ...parts);
}
