import type { ConnectionState } from '../gateway/connection-state.ts';
import type { FinalProblem } from '../gateway/reconnect-policy.ts';
import { describeConnection } from '../pairing/gateway-status.ts';

/** Where the operator connection stands, in words. */
export interface OperatorStatus {
  readonly state: 'off' | 'connecting' | 'awaiting-approval' | 'connected' | 'offline' | 'attention';
  /** What is going on and what to do now; null where the state says it all. */
  readonly text: string | null;
  /** What to run on the gateway now. */
  readonly command: string | null;
  readonly requestId: string | null;
}

export const OPERATOR_OFF: OperatorStatus = { state: 'off', text: null, command: null, requestId: null };

const AGAIN = 'Switch it on again with a new setup code. Commands are asked about here as before.';

/** What has other words for the second connection than for the first. */
const PROBLEMS: Partial<Record<FinalProblem, string>> = {
  'device-token-rejected': `The gateway does not accept this Mac as an operator any more. The token was deleted here. ${AGAIN}`,
  'setup-code-rejected': `The gateway does not accept this setup code: it has expired, or was used before. ${AGAIN}`,
  'shared-token-rejected': `The gateway does not accept this token. ${AGAIN}`,
  'nothing-to-show': `This Mac has no operator token for the gateway any more. ${AGAIN}`,
  'secret-not-stored': `The operator token could not be stored. Unlock the Keychain. ${AGAIN}`,
  'no-device-token': `The gateway issued no token of its own for this. ${AGAIN}`,
};

export function describeOperator(connection: ConnectionState): OperatorStatus {
  const { state, text, command, requestId } = describeConnection(connection);
  const own = connection.kind === 'refused' ? PROBLEMS[connection.problem] : undefined;
  return { state, text: own ?? text, command, requestId };
}
