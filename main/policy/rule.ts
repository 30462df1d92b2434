/** One allowlist entry, ready to be matched. */
export interface Rule {
  /** Names the entry in rules.json. */
  readonly key: string;
  readonly pattern: string;
  readonly argPattern: string | null;
  /** Made by "always allow here": counts only bound to exact arguments and directory. */
  readonly generated: boolean;
  /** SHA-256 (hex) by real path, remembered for files that others than root can write. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Why it matches nothing now; null: it is on. */
  readonly off: string | null;
}
