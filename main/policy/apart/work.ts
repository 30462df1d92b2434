import type { Arg } from '../../binding/find-operand.ts';
import type { FileFacts, FoundPath } from '../../facts/file-facts.ts';
import type { Program } from '../../facts/look-up.ts';
import type { ReadText, ShellReader } from '../../shell/reading.ts';
import type { Reason, ReasonCode } from '../reasons.ts';
import type { Site } from '../site.ts';
import { type Around, type Found } from '../site.ts';
import type { Unit } from '../unit.ts';

export interface Surroundings {
  readonly files: FileFacts;
  readonly shell: ShellReader;
  readonly cwd: string;
  readonly home: string;
  readonly path: string;
  readonly isOwn: (file: FoundPath) => boolean;
}

/** At this many layers nobody looks any further, and the answer is no. */
export const DEPTH_CAP = 4;

type JudgeCommand = (
  work: Work,
  args: readonly Arg[],
  sources: readonly string[],
  around: Around,
) => Promise<readonly Unit[]>;

/** One request while it is taken apart: where it would run, and what was found on the way down. */
export class Work {
  readonly at: Surroundings;
  /** Absolute paths, as named, of the files that are run. */
  readonly operands: string[] = [];
  readonly programs: Program[] = [];
  /** Where files would stand that decide what runs besides those: bound or not, nothing that comes before may write them. */
  readonly settings: string[] = [];
  /** Files that would make a folder a repository of git's. */
  readonly repositories: string[] = [];
  usesShell = false;
  /** What the outermost shell text says. */
  reading: ReadText | null = null;
  readonly #judge: JudgeCommand;

  constructor(surroundings: Surroundings, judge: JudgeCommand) {
    this.at = surroundings;
    this.#judge = judge;
  }

  /** A command within the one that is being judged. */
  command(args: readonly Arg[], sources: readonly string[], around: Around): Promise<readonly Unit[]> {
    return this.#judge(this, args, sources, around);
  }
}

/** Refusals of a text, as opposed to a file or a task of the project that the person could look at. */
const OF_TEXT: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'opaque-text',
  'computed-name',
  'evaluated-text',
  'too-deep',
  'runtime-option',
  'redirecting-settings',
  'script-under-carrier',
  'script-name',
  'no-file-operand',
  'standard-input',
]);

/** Whether what is refused would run a text that nobody took apart. */
export const isOfText = ({ code }: Reason): boolean => OF_TEXT.has(code);

/**
 * A command that nobody is asked about.
 * @param hard Whatever the policy.
 * @param unseen Whether it runs a text, or what it is fed, also where it is refused for something else.
 */
export function refused(
  c: Site,
  refusal: Reason,
  hard = false,
  kind: Unit['kind'] = 'unknown',
  unseen = false,
): readonly Unit[] {
  const unit = c.unit({ kind, needsArguments: true });
  return [{ ...unit, refusal, hard, unseen: unseen || isOfText(refusal) }];
}

export function accepted(c: Site, what: Found): readonly Unit[] {
  return [c.unit(what)];
}
