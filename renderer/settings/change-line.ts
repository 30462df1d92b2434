import type { ChangeView } from '../../main/ipc/edits-view.ts';
import type { DisplayText } from '../../main/text/display-text.ts';
import { type Child, h } from '../shared/dom.ts';
import { quoted } from '../shared/quoting.ts';
import type { Voice } from '../shared/voice.ts';
import { patternPlate } from './pattern.ts';

/** One change of a policy as a sentence. What somebody else wrote in it stands on plates. */
export function changeLine(change: ChangeView, voice: Voice): HTMLElement {
  return h('span', { class: 'change' }, sentence(change, voice));
}

function sentence(change: ChangeView, voice: Voice): Child {
  const said = (text: DisplayText | null) => (text === null ? voice.text('notSet') : quoted(text, voice));
  const who = (agent: DisplayText | null) =>
    agent === null ? voice.text('everyAgent') : quoted(agent, voice);
  switch (change.kind) {
    case 'setting':
      return voice.say<'changeSetting', Child>('changeSetting', {
        agent: change.where === 'agent' ? who(change.agent) : voice.text(PLACES[change.where]),
        field: quoted(change.field, voice),
        before: said(change.before),
        after: said(change.after),
      });
    case 'rule-removed':
      return voice.say<'changeRuleRemoved', Child>('changeRuleRemoved', {
        agent: who(change.agent),
        program: patternPlate(change.pattern, voice),
      });
    case 'rule-added': {
      const [agent, program] = [who(change.agent), patternPlate(change.pattern, voice)];
      return change.argPattern === null
        ? voice.say<'changeRuleAdded', Child>('changeRuleAdded', { agent, program })
        : voice.say<'changeRuleAddedArguments', Child>('changeRuleAddedArguments', {
            agent,
            program,
            pattern: quoted(change.argPattern, voice),
          });
    }
    case 'never':
      return voice.say<'changeNever', Child>('changeNever', {
        agent: who(change.agent),
        program: quoted(change.name, voice),
        before: voice.text(EFFECTS[change.before ?? 'none']),
        after: voice.text(EFFECTS[change.after ?? 'none']),
      });
    case 'hash':
      return voice.say(HASHES[change.what], { path: quoted(change.path, voice) });
    case 'note':
      return voice.say<'changeNote', Child>('changeNote', {
        field: quoted(change.field, voice),
        before: said(change.before),
        after: said(change.after),
      });
  }
}

const PLACES = {
  file: 'wholePolicyFile',
  defaults: 'theDefaults',
  'every-agent': 'everyAgentEntry',
} as const;
const EFFECTS = { none: 'neverNone', deny: 'neverDeny', prompt: 'neverPrompt' } as const;
const HASHES = {
  forgotten: 'changeHashForgotten',
  replaced: 'changeHashReplaced',
  remembered: 'changeHashRemembered',
} as const;
