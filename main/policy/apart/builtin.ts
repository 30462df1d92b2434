import { lookUp } from '../../facts/look-up.ts';
import { type BuiltinEffect, isPlainBuiltin, setsVariable, variablesNamed } from '../builtins.ts';
import { isRefusedVariable } from '../environment-rules.ts';
import { wordAt } from '../program-names.ts';
import type { Site } from '../site.ts';
import type { Unit } from '../unit.ts';
import { accepted, DEPTH_CAP, refused, type Work } from './work.ts';

export async function judgeBuiltin(
  work: Work,
  name: string,
  effect: BuiltinEffect,
  c: Site,
): Promise<readonly Unit[]> {
  const words = c.args.slice(1).map((arg, index) => arg ?? wordAt(c.sources, index + 1));
  const named = variablesNamed(name, words).find((variable) =>
    isRefusedVariable(variable, valueGiven(name, variable, words)),
  );
  if (named !== undefined) return refused(c, { code: 'assignment-refused', detail: named });
  if (effect === 'evaluates' || !isPlainBuiltin(name, c.args.slice(1), c.sources.slice(1))) {
    return refused(c, { code: 'evaluated-text', detail: name });
  }
  if (effect === 'prefix') {
    const [first] = words;
    if (name === 'command' && (first === '-v' || first === '-V')) return accepted(c, { kind: 'builtin' });
    const index = c.args.findIndex((arg, at) => at > 0 && arg !== '-p' && arg !== '--');
    if (index !== -1) {
      if (words[index - 1]?.startsWith('-') === true)
        return refused(c, { code: 'evaluated-text', detail: name });
      if (c.around.depth + 1 >= DEPTH_CAP) return refused(c, { code: 'too-deep' });
      return work.command(c.args.slice(index), c.sources.slice(index), {
        ...c.around,
        touched: [...c.around.touched, name],
        via: [...c.around.via, name],
        depth: c.around.depth + 1,
        place: c.around.place && { ...c.around.place, programIndex: c.around.place.programIndex + index },
      });
    }
    return accepted(c, { kind: 'builtin', once: [name] });
  }
  if (effect !== 'none' || setsVariable(name, c.args.slice(1)))
    return accepted(c, { kind: 'builtin', once: [c.sources.join(' ')] });
  // The shell has it built in; the rule is about the program of that name, which does the same.
  c.program = await lookUp(name, work.at, work.at.files);
  if (c.program !== null) work.programs.push(c.program);
  return accepted(c, { kind: 'builtin', needsArguments: false });
}

/** What a builtin gives a variable, where its words say that; empty where it takes the variable away. */
function valueGiven(name: string, variable: string, words: readonly string[]): string | null {
  if (name === 'unset') return '';
  const [given, ...others] = words.filter((word) => word.startsWith(`${variable}=`));
  return given === undefined || others.length > 0 ? null : given.slice(variable.length + 1);
}
