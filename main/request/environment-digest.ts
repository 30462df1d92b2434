import { sha256Hex } from './digest.ts';

/** The gateway's name for a request's environment overrides; null where there are none. */
export function environmentDigest(env: Readonly<Record<string, string>>): string | null {
  const entries = Object.entries(env).sort(([a], [b]) => a.localeCompare(b));
  return entries.length === 0 ? null : sha256Hex(JSON.stringify(entries));
}
