import type { DisplayText } from '../../main/text/display-text.ts';
import { h } from '../shared/dom.ts';
import { quotedRuns } from '../shared/quoting.ts';
import type { PlainKey, Voice } from '../shared/voice.ts';

const WILDCARDS: Readonly<Record<string, PlainKey>> = { '**': 'any', '*': 'anyName', '?': 'anyCharacter' };

/** A path pattern with its wildcards as words of ours, which no text of a rule can imitate. */
export const patternPlate = (pattern: DisplayText, voice: Voice): HTMLElement =>
  h(
    'bdi',
    { class: 'q', dir: 'ltr', translate: 'no' },
    pattern.map((run) =>
      run.kind === 'plain'
        ? run.text.split(/(\*\*|\*|\?)/).map((piece) => {
            const word = WILDCARDS[piece];
            return word === undefined ? piece : anyPill(word, voice);
          })
        : quotedRuns([run], voice),
    ),
  );

export const anyPill = (word: PlainKey, voice: Voice): HTMLElement =>
  h('span', { class: 'any', translate: 'yes' }, voice.text(word));
