import type { Program } from '../facts/look-up.ts';
import { carriedBy, isModelled } from './carriers.ts';
import { loadsCode } from './loads-code.ts';
import { isRuntime, namesOf } from './program-names.ts';
import type { Rule } from './rule.ts';
import type { RulesFile } from './rules-file.ts';
import { hasVerbs } from './task-runners.ts';
import { isLauncher, isRunner } from './wrappers.ts';

export type TickedSkill = NonNullable<RulesFile['skills']>[number];

/** A ticked command counts as a rule for that program, found by that name: not for another program, nor by its path. */
export const skillRules = (ticked: readonly TickedSkill[]): Rule[] =>
  ticked
    .filter(({ path }) => isPlainPath(path))
    .map(({ name, path, sha256 }) => ({
      key: skillKey(name),
      pattern: path,
      byName: name,
      argPattern: null,
      generated: false,
      hashes: sha256 === null ? {} : { [path]: sha256 },
      places: [],
      off: null,
    }));

const skillKey = (name: string): string => `skill:${name}`;

/** Whether a tick for it would be one for whatever it is told to run: shells, interpreters, launchers, carriers. */
export function runsOthers(name: string, program: Program): boolean {
  return namesOf(name, program).some(
    (each) =>
      isRuntime(each) ||
      isLauncher(each) ||
      isRunner(each) ||
      hasVerbs(each) ||
      loadsCode(each, [each]) ||
      isModelled(each) ||
      carriedBy(each, [each]) !== null,
  );
}

/** A rule's pattern cannot say that a star in a name is only a star. */
export const isPlainPath = (path: string): boolean => path.startsWith('/') && !/[*?\\]/.test(path);
