import { isWide } from '../policy/rule.ts';
import { type EntryNotes, NO_NOTES, type RulesFile } from '../policy/rules-file.ts';
import type { MatchedRule } from '../request/assessment.ts';

/** What these programs are now, noted for each rule. Those with a hash are programs that others than root can write. */
export function withHashes(
  rules: RulesFile,
  keys: readonly string[],
  programs: readonly { readonly executable: string | null; readonly sha256: string | null }[],
): RulesFile {
  const found = programs.flatMap(({ executable, sha256 }) =>
    executable === null || sha256 === null ? [] : [[executable, sha256] as const],
  );
  return keys.reduce((next, key) => {
    const notes = notesOf(next, key);
    const hashes = new Map(Object.entries(notes.hashes));
    if (found.every(([path, sha256]) => hashes.get(path) === sha256)) return next;
    return withNotes(next, key, { ...notes, hashes: Object.fromEntries([...hashes, ...found]) });
  }, rules);
}

/**
 * What a rule covered, noted where it is the first use. Null where something else is remembered already that this would be
 * added to: a rule for one program never comes to be one for two unasked.
 */
export function withFirstUse(
  rules: RulesFile,
  { key, pattern, executable, sha256 }: MatchedRule,
): RulesFile | null {
  const notes = notesOf(rules, key);
  const { hashes, places = [] } = notes;
  const isFirst = Object.keys(hashes).length === 0 && places.length === 0;
  if (sha256 === null) {
    // Only a name can come to lead elsewhere: a path is where it is, and there only root can write.
    const byName = !isWide(pattern) && !pattern.includes('/');
    return isFirst && byName ? withNotes(rules, key, { ...notes, places: [executable] }) : rules;
  }
  if (Object.hasOwn(hashes, executable)) return rules;
  if (!isFirst && !isWide(pattern)) return null;
  return withNotes(rules, key, { ...notes, hashes: { ...hashes, [executable]: sha256 } });
}

const notesOf = ({ entries }: RulesFile, key: string): EntryNotes =>
  new Map(Object.entries(entries)).get(key) ?? NO_NOTES;

function withNotes(rules: RulesFile, key: string, notes: EntryNotes): RulesFile {
  const entries = new Map(Object.entries(rules.entries)).set(key, notes);
  return { ...rules, entries: Object.fromEntries(entries) };
}
