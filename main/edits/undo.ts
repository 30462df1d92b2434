import { type PolicyFile } from '../policy/policy-file.ts';
import { inverse, type PolicyChange, policyChanges, withChanges } from './policy-changes.ts';

/** The policy with what an edit made taken back, as far as it still is so: what was set since is not undone with it. */
export function undone(file: PolicyFile, changes: readonly PolicyChange[]): PolicyFile {
  return withChanges(file, changes.filter((change) => stands(file, change)).map(inverse));
}

const stands = (file: PolicyFile, change: PolicyChange): boolean =>
  policyChanges(file, withChanges(file, [change])).length === 0;
