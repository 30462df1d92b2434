import type { Program } from '../../facts/look-up.ts';
import { refusedAssignment } from '../environment-rules.ts';
import { isTrusted } from '../program-names.ts';
import type { Reason } from '../reasons.ts';
import type { Site } from '../site.ts';
import { type Around } from '../site.ts';
import type { Unit } from '../unit.ts';
import type { Unwrapped } from '../wrappers.ts';
import { judgeCarrier, obstaclesOf } from './carrier.ts';
import { DEPTH_CAP, refused, type Work } from './work.ts';

export async function judgeWrapper(
  work: Work,
  name: string,
  program: Program | null,
  unwrapped: Exclude<Unwrapped, { kind: 'none' }>,
  c: Site,
): Promise<readonly Unit[]> {
  const bad = 'assignments' in unwrapped ? refusedAssignment(unwrapped.assignments) : null;
  if (bad !== null) return refused(c, { code: 'assignment-refused', detail: bad });
  switch (unwrapped.kind) {
    case 'evaluated':
      return refused(c, { code: 'evaluated-text', detail: name });
    case 'carrier':
      return judgeCarrier(
        work,
        name,
        { command: unwrapped.index === null ? null : c.args.slice(unwrapped.index) },
        c,
        [...obstaclesOf(name, unwrapped)],
      );
    case 'assigning':
      return behind(work, c, program, name, unwrapped.index, null, [{ code: 'environment-wrapper' }]);
    case 'through': {
      // `xcrun git` is the toolchain's, and a path given to a package runner is that of a package.
      const elsewhere =
        name === 'xcrun' ||
        (/^(?:local|fetched)$/.test(unwrapped.finds) && c.args[unwrapped.index]?.includes('/') === true);
      return behind(
        work,
        c,
        program,
        name,
        unwrapped.index,
        unwrapped.finds === 'path-only' ? null : unwrapped.finds,
        elsewhere ? [{ code: 'fetched-program', detail: name }] : [],
      );
    }
  }
}

/** One layer further in. */
export async function behind(
  work: Work,
  c: Site,
  program: Program | null,
  name: string,
  index: number,
  runner: Around['runner'],
  obstacles: readonly Reason[] = [],
): Promise<readonly Unit[]> {
  const { around } = c;
  if (around.depth + 1 >= DEPTH_CAP) return refused(c, { code: 'too-deep' });
  const trusted = program === null || isTrusted(program);
  // A runner brings whatever is called like a wrapper: nobody can say what it does with the words behind it.
  const fetched = program === null && around.runner !== null;
  return work.command(c.args.slice(index), c.sources.slice(index), {
    ...around,
    inShell: false,
    via: [...around.via, name],
    layers: program === null ? around.layers : [...around.layers, c.layer(program, true)],
    depth: around.depth + 1,
    obstacles: [
      ...around.obstacles,
      ...obstacles,
      ...(fetched ? [{ code: 'fetched-program', detail: name } as const] : []),
      ...(trusted ? [] : [{ code: 'launcher-not-trusted', detail: name } as const]),
    ],
    runner,
    place: around.place && { ...around.place, programIndex: around.place.programIndex + index },
  });
}
