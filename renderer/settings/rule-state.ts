import type { RuleNotesView } from '../../main/ipc/rule-notes-view.ts';
import { button } from '../shared/button.ts';
import { type Child, h } from '../shared/dom.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';

/** Why a rule does not count now, and the one press that makes it count again; null: it does count. */
export function ruleState(
  ruleId: string,
  { off, changed, editable }: RuleNotesView,
  { voice, renew }: { voice: Voice; renew: (ruleId: string, sha256s: string[]) => void },
): Child {
  const why = off.find((one) => one.ruleId === ruleId)?.why;
  const files = changed.filter((one) => one.ruleId === ruleId);
  const sha256s = files.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]));
  return [
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
