import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until the answer is neither undefined nor false.
 *
 * @throws after `ms` milliseconds, with the last answer or error
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  ms = 5000,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + ms;
  for (;;) {
    let seen: unknown;
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
      seen = answer;
    } catch (error) {
      seen = error;
    }
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what} (last: ${String(seen)})`);
    await delay(10);
  }
}
