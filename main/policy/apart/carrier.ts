import type { Arg } from '../../binding/find-operand.ts';
import { asOpened } from '../../facts/either-way.ts';
import { lookUp } from '../../facts/look-up.ts';
import type { Carried } from '../carrier.ts';
import { carriedBy } from '../carriers.ts';
import { refusedAssignment } from '../environment-rules.ts';
import { isRuntime, namesOf } from '../program-names.ts';
import type { Reason } from '../reasons.ts';
import { looksLikeScript, MOST_PIECES, piecesOf } from '../script-words.ts';
import type { Site } from '../site.ts';
import { taskUse } from '../task-runners.ts';
import type { Unit } from '../unit.ts';
import { unwrap, type Unwrapped } from '../wrappers.ts';
import { isChosenByProject } from './redirected.ts';
import { asScript } from './script.ts';
import { accepted, DEPTH_CAP, isOfText, refused, type Work } from './work.ts';

/** What they are fed are commands. */
const READS_COMMANDS: ReadonlySet<string> = new Set('parallel at batch su busybox toybox'.split(' '));

const SCRIPT_CARRIED: Reason = { code: 'script-under-carrier' };

export async function judgeCarrier(
  work: Work,
  name: string,
  { command, runsFile = false }: Carried,
  c: Site,
  obstacles: Reason[] = [],
): Promise<readonly Unit[]> {
  const disturbed = c.disturbed(name);
  const words = known(c.args.slice(1));
  const files: string[] = [];
  const bad =
    command === null
      ? await whyNotUnread(work, words, runsFile, files)
      : await whyNotCarried(work, known(command), c.around.depth + 1, obstacles, files);
  const hard = bad?.code === 'own-program';
  if (disturbed !== null && !hard) {
    const unseen = command?.[0] === null || (c.around.fed && READS_COMMANDS.has(name));
    return refused(c, disturbed, false, 'carrier', unseen || (bad !== null && isOfText(bad)));
  }
  if (bad !== null) return refused(c, { detail: name, ...bad }, hard, 'carrier');
  return accepted(c, {
    kind: 'carrier',
    needsArguments: true,
    mayStartUnbound: files.length > 0,
    obstacles,
    names: words,
  });
}

/**
 * Why nobody is asked about what was not taken apart: it names a script, or sets what a command may not set. Programs that
 * it names are bound.
 * @param named Takes the files that are named: any could be a text of the carrier's own language, and is not bound.
 */
async function whyNotUnread(
  work: Work,
  words: readonly string[],
  runsFile: boolean,
  named: string[],
): Promise<Reason | null> {
  if (runsFile || words.some((word) => looksLikeScript(word, isRuntime))) return SCRIPT_CARRIED;
  const bad = refusedAssignment(words.filter((word) => /^[A-Za-z_]\w*=/.test(word)));
  if (bad !== null) return { code: 'assignment-refused', detail: bad };
  const pieces = new Set(words.flatMap(piecesOf));
  if (pieces.size > MOST_PIECES) named.push('');
  for (const piece of [...pieces].slice(0, MOST_PIECES)) {
    const program = await lookUp(piece, work.at, work.at.files);
    if (program !== null && (await asScript(work, program)) !== null) return SCRIPT_CARRIED;
    if (program !== null) work.programs.push(program);
    if ((await work.at.files.trace(asOpened(work.at.cwd, piece))).found) named.push(piece);
  }
  return null;
}

/** A carrier with a word that the shell computes was refused before: there is none left to be dropped. */
const known = (args: readonly Arg[]): string[] => args.filter((arg) => arg !== null);

/**
 * Why what a carrier runs is refused; null: it is a program, with whatever words.
 * @param obstacles Takes why no rule covers it all the same.
 * @param files Takes files that could be run and are not bound.
 */
async function whyNotCarried(
  work: Work,
  command: readonly string[],
  depth: number,
  obstacles: Reason[],
  files: string[],
): Promise<Reason | null> {
  const [name] = command;
  if (name === undefined) return null;
  if (depth >= DEPTH_CAP) return { code: 'too-deep' };
  const program = await lookUp(name, work.at, work.at.files);
  const names = namesOf(name, program);
  if (names.some((each) => isRuntime(each) || taskUse(each, command) === 'runs')) return SCRIPT_CARRIED;
  if (program === null) return { code: 'not-found', detail: name };
  if (work.at.isOwn(program.file)) return { code: 'own-program', detail: name };
  if (await isChosenByProject(work, program)) return { code: 'redirecting-settings', detail: name };
  if ((await asScript(work, program)) !== null) return SCRIPT_CARRIED;
  work.programs.push(program);
  for (const each of names) {
    const unwrapped = unwrap(each, command);
    if (unwrapped.kind === 'evaluated') return { code: 'evaluated-text' };
    const bad = 'assignments' in unwrapped ? refusedAssignment(unwrapped.assignments) : null;
    if (bad !== null) return { code: 'assignment-refused', detail: bad };
    obstacles.push(...obstaclesOf(each, unwrapped));
    const inner =
      unwrapped.kind === 'none'
        ? carriedBy(each, command)
        : { command: unwrapped.index === null ? null : command.slice(unwrapped.index) };
    if (inner === null) continue;
    if (inner.command !== null) return whyNotCarried(work, known(inner.command), depth + 1, obstacles, files);
    const unread = await whyNotUnread(work, command.slice(1), inner.runsFile === true, files);
    if (unread !== null) return unread;
  }
  return null;
}

/** Why no rule or grant covers what is behind such a wrapper: no more than it would without the carrier. */
export function obstaclesOf(name: string, unwrapped: Unwrapped): readonly Reason[] {
  if ('assignments' in unwrapped && unwrapped.assignments.length > 0)
    return [{ code: 'environment-wrapper' }];
  return unwrapped.kind === 'through' && unwrapped.finds !== 'path-only'
    ? [{ code: 'fetched-program', detail: name }]
    : [];
}
