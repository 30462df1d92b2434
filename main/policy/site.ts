import type { Arg } from '../binding/find-operand.ts';
import type { Program } from '../facts/look-up.ts';
import { wordAt } from './program-names.ts';
import type { Reason } from './reasons.ts';
import type { Change } from './shell-changes.ts';
import type { Layer, Place, Unit } from './unit.ts';

/** What stands around a command. */
export interface Around {
  readonly inShell: boolean;
  /** Pieces that keep it from being a literal command in a plain chain. */
  readonly touched: readonly string[];
  readonly fed: boolean;
  readonly after: ReadonlySet<Change>;
  readonly via: readonly string[];
  readonly layers: readonly Layer[];
  readonly depth: number;
  readonly obstacles: readonly Reason[];
  /** Where the runner that was looked through finds the command; null: on PATH. */
  readonly runner: 'local' | 'path' | 'fetched' | null;
  readonly place: Place | null;
}

export const OUTSIDE: Around = {
  inShell: false,
  touched: [],
  fed: false,
  after: new Set(),
  via: [],
  layers: [],
  depth: 0,
  obstacles: [],
  runner: null,
  place: null,
};

/** What was found out about a command by itself. */
export interface Found {
  readonly kind: Unit['kind'];
  readonly needsArguments?: boolean;
  readonly unknownOption?: boolean;
  /** "Always allow here" may store exactly this, though a rule has to say which arguments. */
  readonly storable?: boolean;
  readonly mayStartUnbound?: boolean;
  readonly obstacles?: readonly Reason[];
  readonly once?: readonly string[];
  readonly names?: readonly string[];
  readonly operandIndex?: number;
  /** A script that a rule may be about instead of the shell that runs it. */
  readonly inner?: Layer | null;
}

/** A command where it stands, and the unit that becomes of it. */
export class Site {
  readonly args: readonly Arg[];
  readonly sources: readonly string[];
  readonly around: Around;
  program: Program | null = null;
  /** Names of what its file starts by a first line: the never-list is about them as well. */
  starts: readonly string[] = [];

  constructor(args: readonly Arg[], sources: readonly string[], around: Around) {
    this.args = args;
    this.sources = sources;
    this.around = around;
  }

  get #words(): readonly string[] {
    return this.args.map((arg, index) => arg ?? wordAt(this.sources, index));
  }

  layer(program: Program, needsArguments: boolean, unknownOption = false): Layer {
    return { program, args: this.#words.slice(1), needsArguments, unknownOption, fed: this.around.fed };
  }

  /** Why code may not run here: the shell computes, changes or feeds something that it depends on. */
  disturbed(detail: string): Reason | null {
    const { touched, fed, after } = this.around;
    if (touched.length > 0 || fed || this.args.includes(null)) return { code: 'inside-shell-parts', detail };
    if (after.has('directory')) return { code: 'after-directory-change', detail };
    return after.size > 0 ? { code: 'after-shell-change', detail } : null;
  }

  unit({
    kind,
    needsArguments = true,
    unknownOption = false,
    storable = !needsArguments,
    mayStartUnbound = false,
    obstacles = [],
    once = [],
    names = [],
    operandIndex,
    inner,
  }: Found): Unit {
    const { around, program } = this;
    const layers = [...around.layers];
    if (program !== null) layers.push(this.layer(program, needsArguments, unknownOption));
    if (inner) layers.push(inner);
    const unfetched = around.runner !== null && program === null;
    return {
      argv: this.#words,
      via: around.via,
      program,
      layers,
      kind,
      // The parts of a pipeline would go together in other ways as well: each with what another one was to be fed.
      storable: storable && !around.fed,
      mayStartUnbound,
      obstacles: [
        ...around.obstacles,
        ...obstacles,
        ...(unfetched ? [{ code: 'fetched-program', detail: wordAt(this.#words, 0) } as const] : []),
      ],
      once: [...around.touched, ...once],
      refusal: null,
      hard: false,
      unseen: false,
      names: [
        ...layers.flatMap((layer) => [layer.program.given, layer.program.file.realPath]),
        ...around.via,
        wordAt(this.#words, 0),
        ...this.starts,
        ...names,
      ],
      place:
        around.place && operandIndex !== undefined
          ? { ...around.place, operandIndex: around.place.programIndex + operandIndex }
          : around.place,
    };
  }
}
