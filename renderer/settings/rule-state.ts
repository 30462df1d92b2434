import type { RuleNotesView } from '../../main/ipc/rule-notes-view.ts';
import { button } from '../shared/button.ts';
import { type Child, h } from '../shared/dom.ts';
import { moment } from '../shared/format.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** Who made a rule and when; why it does not count now, and the one press that makes it count again. */
export function ruleState(
  ruleId: string,
  { off, changed, made, editable }: RuleNotesView,
  { voice, renew }: { voice: Voice; renew: (ruleId: string, sha256s: string[]) => void },
): Child {
  const why = off.find((one) => one.ruleId === ruleId)?.why;
  const maker = made.find((one) => one.ruleId === ruleId);
  const files = changed.filter((one) => one.ruleId === ruleId);
  const sha256s = files.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]));
  return [
    maker === undefined
      ? null
      : h(
          'p',
          { class: 'small muted' },
          voice.text(MADE[maker.by], { time: moment(maker.atMs, Date.now(), voice.locale) }),
        ),
    why === undefined
      ? null
      : h(
          'p',
          { class: 'small off' },
          voice.text(why === 'examples-fail' ? 'ruleOffExamples' : 'ruleOffPattern'),
        ),
    files.map(({ path, sha256 }) =>
      h(
        'p',
        { class: 'small off' },
        voice.say(sha256 === null ? 'ruleFileGone' : 'ruleFileChanged', { path: quoted(path, voice) }),
      ),
    ),
    editable && sha256s.length > 0 && sha256s.length === files.length
      ? button({ class: 'btn', id: `renew-${ruleId}` }, () => renew(ruleId, sha256s), voice.text('ruleRenew'))
      : null,
  ];
}

const MADE = { person: 'ruleMadeByPerson', gateway: 'ruleMadeByGateway', file: 'ruleMadeByFile' } as const;
