import type { Part, Token } from '../request/assessment.ts';
import { shellPayload } from '../request/command-text.ts';
import type { ReadText } from '../shell/reading.ts';
import type { Unit } from './unit.ts';

/** The command as a prompt shows it. What is no plain sequence of commands is shown as the text that it is. */
export function partsOf(
  argv: readonly string[],
  reading: ReadText | null,
  units: readonly Unit[],
): readonly Part[] {
  const text = shellPayload(argv);
  if (text === null) return [argvPart(argv, units)];
  if (reading?.flat !== true || reading.commands.some(({ outermost }) => !outermost)) return [textPart(text)];
  const parts: { start: number; part: Part }[] = reading.comments.map(({ start, end }) => ({
    start,
    part: { kind: 'comment', text: text.slice(start, end) },
  }));
  for (const command of reading.commands) {
    const unit = units.find(({ place }) => place?.start === command.start);
    const pieces: { start: number; token: Token }[] = command.words.map((word, index) => ({
      start: word.start,
      token: { text: text.slice(word.start, word.end), role: roleOf(index, word.literal === null, unit) },
    }));
    for (const { start, end } of [...command.redirects, ...command.assignments.map(({ span }) => span)]) {
      if (!pieces.some((piece) => piece.start === start)) {
        pieces.push({ start, token: { text: text.slice(start, end), role: 'unknown' } });
      }
    }
    parts.push({
      start: command.start,
      part: {
        kind: 'command',
        operator: command.operator,
        tokens: pieces.sort((a, b) => a.start - b.start).map(({ token }) => token),
        executable: unit?.program?.file.realPath ?? null,
      },
    });
  }
  return parts.sort((a, b) => a.start - b.start).map(({ part }) => part);
}

function roleOf(index: number, unknown: boolean, unit: Unit | undefined): Token['role'] {
  if (unknown) return 'unknown';
  const place = unit?.place;
  if (!place) return 'argument';
  if (index < place.programIndex) return 'wrapper';
  if (index === place.operandIndex) return 'operand';
  return index === place.programIndex ? 'program' : 'argument';
}

/** Words of argv as they are, in quotes where they would run together. */
function argvPart(argv: readonly string[], units: readonly Unit[]): Part {
  const [only] = units;
  const skipped = only === undefined || units.length > 1 ? 0 : Math.max(0, argv.length - only.argv.length);
  return {
    kind: 'command',
    operator: null,
    tokens: argv.map((word, index) => ({
      text: /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
      role: index < skipped ? 'wrapper' : index === skipped ? 'program' : 'argument',
    })),
    executable: only?.program?.file.realPath ?? null,
  };
}

function textPart(text: string): Part {
  return { kind: 'text', operator: null, lines: text.split('\n') };
}
