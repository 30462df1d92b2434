import { z } from 'zod';

import { describeIssue, fail, succeed } from './answer.ts';
import type { Command } from './command.ts';
import { RateLimit } from './rate-limit.ts';

const MAX_NAMES = 64;
const CALLS_PER_MINUTE = 10;

const params = z.object({
  bins: z.array(z.string().min(1).max(255)).max(MAX_NAMES, `at most ${MAX_NAMES} names in one call`),
});

/** `system.which`: where names lead on the PATH that a run would have. Names with a slash lead nowhere. */
export function createWhich(locate: (name: string) => Promise<string | null>): Command {
  const limit = new RateLimit(CALLS_PER_MINUTE, 60_000);
  return async (call) => {
    const parsed = params.safeParse(call.params);
    if (!parsed.success) return fail('INVALID_REQUEST', describeIssue(parsed.error));
    if (!limit.take()) {
      return fail('UNAVAILABLE', `system.which answers ${CALLS_PER_MINUTE} calls a minute: try again later`);
    }
    const names = [...new Set(parsed.data.bins)].filter((name) => !/[/\\]/u.test(name));
    const found = await Promise.all(names.map(async (name) => [name, await locate(name)] as const));
    return succeed({ bins: Object.fromEntries(found.filter(([, path]) => path !== null)) });
  };
}
