import { basename } from 'node:path/posix';

import type { MatchedRule, RulePattern } from '../request/assessment.ts';
import { exactArguments, PatternWork } from './arg-pattern.ts';
import { wordAt } from './program-names.ts';
import type { Reason } from './reasons.ts';
import { isCalledOtherwise, matchRule, type Rule, type RuleMatch, storedPath } from './rule.ts';
import type { Layer, Unit } from './unit.ts';

export interface CoverageInput {
  readonly rules: readonly Rule[];
  readonly cwd: string;
  readonly home: string;
  /** By real path. */
  readonly hashes: ReadonlyMap<string, string>;
}

export type Coverage = { readonly covered: readonly MatchedRule[] } | { readonly miss: Reason };

/** Whether every command of a request is covered by a rule. Rules that say which arguments are held first. */
export function coverage(units: readonly Unit[], input: CoverageInput): Coverage {
  const matched: MatchedRule[] = [];
  const work = new PatternWork();
  const once = units.flatMap((unit) => unit.once);
  if (once.length > 0 && units.every(({ refusal }) => refusal === null)) {
    return { miss: { code: 'unknown-parts', detail: [...new Set(once)].join(', ') } };
  }
  for (const unit of units) {
    const result = unitCoverage(unit, input, work);
    if ('miss' in result) return result;
    matched.push(...result.covered);
  }
  return units.length === 0 ? { miss: { code: 'allowlist-miss' } } : { covered: matched };
}

function unitCoverage(unit: Unit, input: CoverageInput, work: PatternWork): Coverage {
  const [obstacle] = unit.obstacles;
  if (unit.refusal !== null) return { miss: unit.refusal };
  if (obstacle !== undefined) return { miss: obstacle };
  let changed: Reason | null = null;
  let wide: Reason | null = null;
  // Outer layers count only through rules that say which arguments, which is all that they need to.
  for (const layer of unit.layers) {
    for (const rule of byPrecision(input.rules)) {
      const result = matchLayer(rule, layer, input, work);
      if (result === 'yes') return { covered: [matchedRule(rule, layer, input)] };
      if (result === 'too-slow')
        changed ??= { code: 'pattern-too-slow', detail: basename(layer.program.given) };
      if (result === 'changed')
        changed = { code: 'changed-since-allowed', detail: layer.program.file.realPath };
      if (result === 'too-wide' && layer.program === unit.program)
        wide = { code: 'rule-too-wide', detail: basename(layer.program.given) };
    }
  }
  const name = basename(wordAt(unit.argv, 0));
  return {
    miss:
      changed ??
      (unit.kind === 'carrier'
        ? { code: 'carrier', detail: name }
        : (wide ?? { code: 'allowlist-miss', detail: name })),
  };
}

const byPrecision = (rules: readonly Rule[]): readonly Rule[] =>
  rules.toSorted((a, b) => Number(a.argPattern === null) - Number(b.argPattern === null));

function matchLayer(
  rule: Rule,
  { program, args, needsArguments, unknownOption, fed }: Layer,
  input: CoverageInput,
  work: PatternWork,
): RuleMatch {
  return matchRule(
    rule,
    {
      program,
      args,
      needsArguments,
      unknownOption,
      fed,
      cwd: input.cwd,
      home: input.home,
      sha256: input.hashes.get(program.file.realPath) ?? null,
    },
    work,
  );
}

function matchedRule(rule: Rule, { program }: Layer, { hashes }: CoverageInput): MatchedRule {
  const { realPath } = program.file;
  return { key: rule.key, pattern: rule.pattern, executable: realPath, sha256: hashes.get(realPath) ?? null };
}

/**
 * What "always allow here" stores: each inner program with its exact arguments and the directory. Null where anything is
 * a shell, interpreter or launcher, or was not taken apart: such a rule would cover more than was seen.
 */
export function alwaysPatterns(units: readonly Unit[], cwd: string): readonly RulePattern[] | null {
  const patterns = new Map<string, RulePattern>();
  for (const unit of units) {
    const program = unit.layers.at(-1)?.program;
    const storable =
      program !== undefined &&
      program === unit.program &&
      unit.storable &&
      unit.refusal === null &&
      unit.once.length === 0 &&
      unit.obstacles.length === 0 &&
      ['program', 'own-program', 'script', 'builtin'].includes(unit.kind);
    if (!storable) return null;
    // It would be stored as its file, which may do something else by another name.
    if (isCalledOtherwise(program)) return null;
    const pattern = storedPath(program);
    // A pattern cannot say that a star in a name is only a star; a tilde at the front would mean the home folder.
    if (/[*?\\]|^~/.test(pattern)) return null;
    const argPattern = exactArguments(cwd, unit.argv.slice(1));
    patterns.set(`${pattern}\0${argPattern}`, { pattern, argPattern });
  }
  return patterns.size === 0 ? null : [...patterns.values()];
}
