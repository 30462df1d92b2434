import type { Envelope, Handlers } from '../ipc/contract.ts';
import type { SkillsView } from '../ipc/skills-view.ts';
import { displayString, displayWhole } from '../text/display.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';
import type { WithProof } from './proof-of-looser.ts';

/** What a window may ask for about the commands of skills. */
export function skillHandlers(
  skills: Pick<Core['skills'], 'tick' | 'untick'>,
  withProof: WithProof,
): Pick<Handlers<'settings'>, 'tickSkill'> {
  return {
    tickSkill: ({ name, path, ticked }) =>
      ticked ? withProof(() => told(skills.tick(name, path))) : told(skills.untick(name)),
  };
}

const told = (work: Promise<void>): Promise<Envelope<undefined>> =>
  work.then(
    () => done,
    (error: unknown) =>
      failure('not-available', displayString(error instanceof Error ? error.message : 'That did not work.')),
  );

export const viewSkills = ({ wanted, list }: Pick<Core['skills'], 'wanted' | 'list'>): SkillsView => ({
  wanted,
  list: list.map(({ name, path, standing }) => ({
    name,
    path,
    standing,
    shownName: displayWhole(name),
    shownPath: displayWhole(path),
  })),
});
