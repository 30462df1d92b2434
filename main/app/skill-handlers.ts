import type { Handlers } from '../ipc/contract.ts';
import type { SkillsView } from '../ipc/skills-view.ts';
import { displayString, displayWhole } from '../text/display.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';

/** What a window may ask for about the commands of skills. */
export function skillHandlers(skills: Core['skills']): Pick<Handlers<'settings'>, 'tickSkill'> {
  return {
    tickSkill: async ({ name, path, ticked }) => {
      try {
        await (ticked ? skills.tick(name, path) : skills.untick(name));
        return done;
      } catch (error) {
        const message = error instanceof Error ? error.message : 'That did not work.';
        return failure('not-available', displayString(message));
      }
    },
  };
}

export const viewSkills = ({ wanted, list }: Pick<Core['skills'], 'wanted' | 'list'>): SkillsView => ({
  wanted,
  list: list.map(({ name, path, standing }) => ({
    ...{ name, path, standing },
    shownName: displayWhole(name),
    shownPath: displayWhole(path),
  })),
});
