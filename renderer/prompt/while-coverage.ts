import type { AllowChoice, PromptView } from '../../main/ipc/prompt-view.ts';
import { type Child, fill, h, setText } from '../shared/dom.ts';
import { moment } from '../shared/format.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

const MINUTES: Readonly<Partial<Record<AllowChoice, number>>> = {
  'allow-15m': 15,
  'allow-1h': 60,
  'allow-session': 240,
};

/** What a yes for a while covers, and until when it would if it were given now. */
export function whileCoverage(
  { who, choices }: PromptView,
  voice: Voice,
  chosen: () => AllowChoice | null,
): { readonly root: HTMLElement; tick(): void } {
  const time = h('span', { class: 'num' });
  const root = h('div', { class: 'd covers' });
  let drawn: boolean | null = null;
  const draw = (session: boolean) => {
    const agent = who.agent === null ? null : quoted(who.agent, voice);
    const says: Child[] = session
      ? agent === null
        ? voice.say('coversSessionUnnamed', { time })
        : voice.say('coversSession', { agent, time })
      : agent === null
        ? voice.say('coversUntilUnnamed', { time })
        : voice.say('coversUntil', { agent, time });
    fill(root, says, choices.includes('allow-1h') ? null : [' ', voice.text('longerNotOffered')]);
    drawn = session;
  };
  return {
    root,
    tick() {
      const choice = chosen();
      const session = choice === 'allow-session';
      if (drawn !== session) draw(session);
      const nowMs = Date.now();
      const minutes = (choice === null ? undefined : MINUTES[choice]) ?? 15;
      setText(time, moment(nowMs + minutes * 60_000, nowMs, voice.locale));
    },
  };
}
