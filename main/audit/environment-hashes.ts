import { createHash } from 'node:crypto';

/**
 * Names with the first 16 hex digits of each value's SHA-256: enough to see that a value was another one. It hides a value only as far as
 * that value cannot be guessed.
 */
export function hashEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      createHash('sha256').update(value).digest('hex').slice(0, 16),
    ]),
  );
}
