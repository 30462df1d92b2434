import type { Program } from '../facts/look-up.ts';
import type { Reason } from './reasons.ts';

/** One command of a request with everything that was found out about it. */
export interface Unit {
  /** Words as they will be, or as written where the shell computes them. */
  readonly argv: readonly string[];
  readonly via: readonly string[];
  readonly program: Program | null;
  /** What a rule can be about, outermost first: shells and wrappers, then the command itself. */
  readonly layers: readonly Layer[];
  readonly kind:
    | 'program'
    /** A program that is started by its path and is bound, since others than root can write it. */
    | 'own-program'
    | 'launcher'
    | 'builtin'
    | 'script'
    | 'interpreter'
    | 'shell'
    | 'carrier'
    | 'unknown';
  /** A rule for exactly its arguments would cover nothing that was not seen. */
  readonly storable: boolean;
  /** A word could be a file or program for it to start, which is not bound: a yes for a while would cover other content. */
  readonly mayStartUnbound: boolean;
  /** Why no rule covers it although it may be asked about. */
  readonly obstacles: readonly Reason[];
  /** Why it can be allowed once only: pieces of the text that the shell computes or changes. */
  readonly once: readonly string[];
  /** Why nobody is asked about it. */
  readonly refusal: Reason | null;
  /** Refused whatever the policy. */
  readonly hard: boolean;
  /** It runs a text, or what it is fed, that nobody took apart: whether a program of the never-list is in it is not known. */
  readonly unseen: boolean;
  /** Words among which the never-list looks for names. */
  readonly names: readonly string[];
  /** Where it stands: offset in the outermost text, and the places of program and operand among its words. */
  readonly place: Place | null;
}

export interface Layer {
  readonly program: Program;
  readonly args: readonly string[];
  /** It can run other things: only a rule that says which arguments covers it. */
  readonly needsArguments: boolean;
  /** An option of which nobody knows what it does: a rule that says nothing about arguments does not cover it. */
  readonly unknownOption: boolean;
  /** Another command's output, or a file, is its input. */
  readonly fed: boolean;
}

export interface Place {
  readonly start: number;
  readonly programIndex: number;
  readonly operandIndex: number | null;
}
