import { z } from 'zod';

/** When an Allow needs the person's finger, or the login password, which the system takes in its place. */
export const touchIdLevel = z.enum(['never', 'high', 'always']);
export type TouchIdLevel = z.infer<typeof touchIdLevel>;
