import { z } from 'zod';

import { describeIssue, fail, succeed } from './answer.ts';
import type { Command } from './command.ts';
import { RateLimit } from './rate-limit.ts';

const params = z.object({
  title: z.string().max(1000).nullish(),
  body: z.string().max(10_000).nullish(),
});

/** A notice for the person. Its words are the gateway's: whoever shows it says so and escapes them. */
export interface Notice {
  readonly title: string;
  readonly body: string;
}

/** `system.notify`: at most one a second, so that nobody can be buried in notices. */
export function createNotify(show: (notice: Notice) => void): Command {
  const limit = new RateLimit(1, 1000);
  return (call) => {
    const parsed = params.safeParse(call.params);
    if (!parsed.success) return Promise.resolve(fail('INVALID_REQUEST', describeIssue(parsed.error)));
    const { title, body } = parsed.data;
    if (!title && !body)
      return Promise.resolve(fail('INVALID_REQUEST', 'title: a notice needs a title or a body'));
    if (!limit.take()) return Promise.resolve(fail('UNAVAILABLE', 'one notice a second: try again later'));
    show({ title: title ?? '', body: body ?? '' });
    return Promise.resolve(succeed({}));
  };
}
