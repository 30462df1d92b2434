import { z } from 'zod';

/** The windows' language, by the system's. */
export const language = z.enum(['en', 'ko']);
export type Language = z.infer<typeof language>;

/** Milliseconds since 1970. */
export const wallClockMs = z.number().nonnegative();

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
