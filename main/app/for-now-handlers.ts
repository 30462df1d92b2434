import type { Handlers } from '../ipc/contract.ts';
import type { Core } from './core.ts';
import { done } from './envelopes.ts';

export type ForNowCalls = 'revokeGrant' | 'revokeAllGrants' | 'endQuiet';

/** Taking back what an answer left in force. One that is over already is as good as taken back. */
export function forNowHandlers({
  grants,
  quiet,
}: Pick<Core['answers'], 'grants' | 'quiet'>): Pick<Handlers<'settings'>, ForNowCalls> {
  return {
    revokeGrant: (id) => {
      grants.revoke(id);
      return done;
    },
    revokeAllGrants: () => {
      grants.revokeAll();
      return done;
    },
    endQuiet: (id) => {
      quiet.end(id);
      return done;
    },
  };
}
