import { isDeepStrictEqual } from 'node:util';

import type { Assessment, Verdict } from '../../../main/request/assessment.ts';

const RANK: Readonly<Record<Verdict, number>> = { run: 0, prompt: 1, deny: 2 };

/** In which way an answer is milder than ours; null: in none. Other words for the same are not milder. */
export function milder(ours: Assessment, other: Assessment): string | null {
  if (RANK[other.verdict] < RANK[ours.verdict])
    return `${other.verdict}, not ${ours.verdict} (${ours.reason})`;
  if (ours.verdict === 'deny')
    return other.unattended === 'run' && ours.unattended === 'deny' ? 'runs unattended' : null;
  if (ours.unattended === 'deny' && other.unattended === 'run') return 'runs unattended';
  if (ours.verdict === 'prompt' && other.verdict === 'prompt') {
    if (ours.onceOnly && !other.onceOnly) return 'not once only';
    if (!ours.grantable && other.grantable) return 'takes a grant';
    for (const offer of ['allowAlways', 'allowAlwaysAny'] as const) {
      if (other[offer] !== null && !isDeepStrictEqual(ours[offer], other[offer]))
        return `stores other rules: ${offer}`;
    }
    const shown = new Set(other.warnings.map(({ code }) => code));
    const unsaid = ours.warnings.find(({ code }) => !shown.has(code));
    if (unsaid !== undefined) return `does not warn: ${unsaid.code}`;
  }
  if (other.verdict === 'deny') return null;
  return bindsLess(ours, other);
}

/** What ours binds, hashes or looks up, and the other does not; and what it shows. */
function bindsLess(ours: Assessment, other: Assessment): string | null {
  const theirs = other.binding;
  for (const file of ours.binding.files) {
    if (
      !theirs.files.some(
        (one) =>
          one.given === file.given &&
          one.realPath === file.realPath &&
          (file.sha256 === null || one.sha256 === file.sha256) &&
          isDeepStrictEqual(one.components, file.components),
      )
    )
      return `does not bind ${file.given}`;
  }
  for (const lookup of ours.binding.lookups) {
    if (!theirs.lookups.some((one) => isDeepStrictEqual(one, lookup)))
      return `does not look again for ${lookup.name}`;
  }
  for (const key of ['argv', 'program', 'cwd', 'env', 'path'] as const) {
    if (!isDeepStrictEqual(ours.binding[key], theirs[key])) return `binds another ${key}`;
  }
  for (const operand of ours.operands) {
    if (!other.operands.some((one) => isDeepStrictEqual(one, operand)))
      return `does not list ${operand.path}`;
  }
  return null;
}
