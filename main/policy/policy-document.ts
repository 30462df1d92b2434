import { z } from 'zod';

import { type PolicyFile, policyFile } from './policy-file.ts';

/**
 * A policy as it was written: checked, and otherwise left alone, so that an edit keeps what it does not understand.
 * `policyFile` reads it.
 */
export const policyDocument = z.custom<PolicyFile>(
  (value) => policyFile.safeParse(value).success,
  'not a policy of version 1',
);
