import { severityOf } from '../policy/warning-severity.ts';
import type { Assessment } from '../request/assessment.ts';
import { display } from '../text/display.ts';
import { holdsSecret } from '../text/secrets.ts';
import { operandText } from './operand-text.ts';
import { type Choice, CHOICES, type Withheld } from './prompt.ts';
import { namesSecretFile } from './secret-files.ts';

export interface Offer {
  readonly choices: readonly Choice[];
  readonly withheld: Readonly<Partial<Record<Choice, Withheld>>>;
}

interface Asked {
  readonly assessment: Assessment;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** What the person may answer. Once and no are always offered; the longer a yes lasts, the less may speak against it. */
export function offerFor(asked: Asked): Offer {
  const { assessment } = asked;
  const grave = assessment.warnings.some(({ code }) => severityOf(code) === 'high') ? 'high-warning' : null;
  const short = assessment.grantable ? unclear(asked) : 'once-only';
  const long = short ?? grave;
  const always = grave ?? (assessment.allowAlways === null ? 'no-rule' : null);
  const against: Readonly<Record<Choice, Withheld | null>> = {
    'allow-once': null,
    'allow-15m': short,
    'allow-1h': long,
    'allow-session': long,
    'allow-always': always,
    'allow-always-any': always ?? whyExact(assessment),
    deny: null,
  };
  return {
    choices: CHOICES.filter((choice) => against[choice] === null),
    withheld: Object.fromEntries(
      CHOICES.flatMap((choice) => (against[choice] === null ? [] : [[choice, against[choice]]])),
    ),
  };
}

/** Why a command that may be allowed always may be so with these arguments only. */
function whyExact({ allowAlwaysAny, segments }: Assessment): Withheld | null {
  if (allowAlwaysAny !== null) return null;
  return segments.length > 1 ? 'several-commands' : 'arguments-decide';
}

/** What a person cannot have seen, or should see each time: it is not allowed for a while. */
function unclear({ assessment, contents }: Asked): Withheld | null {
  const { binding, operands, warnings } = assessment;
  const words = [
    ...binding.argv,
    ...Object.values(binding.env),
    ...assessment.segments.flatMap(({ argv }) => argv),
  ];
  // Line ends and tabs only lay a shell text out.
  const seen = [...words, binding.cwd].flatMap((text) =>
    text.split(/[\n\t]/).flatMap((line) => display(line)),
  );
  const misleading = warnings.some(({ code }) => code === 'hidden-characters' || code === 'mixed-scripts');
  if (misleading || seen.some(({ kind }) => kind === 'escape' || kind === 'odd-script')) {
    return 'hidden-characters';
  }
  if (words.some((word) => holdsSecret(word) || namesSecretFile(word))) return 'secret';
  return operands.some((operand) => 'none' in operandText(operand, contents.get(operand.path)))
    ? 'unreadable'
    : null;
}
