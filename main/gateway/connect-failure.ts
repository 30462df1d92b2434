import type { ConnectAuth } from './credentials.ts';
import type { GatewayError } from './frames.ts';

/** Why a connection was not made. */
export type ConnectFailure =
  | TransportFailure
  /** The gateway itself said no. */
  | { readonly kind: 'refused'; readonly error: GatewayError; readonly shown: ConnectAuth['kind'] }
  /** This side cannot go on: before it asked, or although the gateway said yes. */
  | {
      readonly kind: 'unusable';
      readonly problem: 'nothing-to-show' | 'no-device-token' | 'secret-not-stored';
    };

export interface TransportFailure {
  readonly kind: 'transport';
  readonly problem: TransportProblem;
  /** For the person who has to decide about it. */
  readonly found?: Found;
}

/** What was found at an address instead of what was expected there. */
export type Found =
  | { readonly kind: 'certificate'; readonly fingerprint: string }
  /** `uid` null: it cannot be found out who listens. */
  | { readonly kind: 'listener'; readonly uid: number | null };

/** What stands between here and a gateway that answers. */
export type TransportProblem =
  | 'unreachable'
  | 'timeout'
  | 'closed-early'
  | 'not-a-gateway'
  | 'certificate-untrusted'
  | 'certificate-mismatch'
  | 'stranger-listens'
  | 'protocol-error';

export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly failure: ConnectFailure;

  constructor(failure: ConnectFailure, options?: ErrorOptions) {
    super(failure.kind === 'refused' ? failure.error.code : failure.problem, options);
    this.failure = failure;
  }
}

export function transportError(problem: TransportProblem, cause?: unknown, found?: Found): ConnectError {
  return new ConnectError({ kind: 'transport', problem, ...(found && { found }) }, { cause });
}
