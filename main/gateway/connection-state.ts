import type { Found } from './connect-failure.ts';
import type { FinalProblem, TransientProblem } from './reconnect-policy.ts';

/** Where the connection stands. A new state replaces the old one whole. */
export type ConnectionState =
  | { readonly kind: 'stopped' }
  /** The machine sleeps. */
  | { readonly kind: 'suspended' }
  /** The first attempt since the start, or since somebody asked for one. Later ones keep the state before them. */
  | { readonly kind: 'connecting' }
  /** Somebody has to approve the request on the gateway. `retryAtMs` null: not looked again until `retry`. */
  | {
      readonly kind: 'awaiting-approval';
      readonly requestId: string | null;
      readonly retryAtMs: number | null;
    }
  | {
      readonly kind: 'connected';
      /** Counts connections: what was asked on one is never answered on another. */
      readonly epoch: number;
      /** The one of the addresses that worked. */
      readonly address: string;
      /** SHA-256 (hex) of its certificate, which was trusted or pinned; null without encryption. */
      readonly certificate: string | null;
      readonly gatewayVersion: string | null;
      /** Whether the gateway lets commands through to this node; null while that is not known. */
      readonly commandsApproved: boolean | null;
    }
  /** `retryAtMs`: when the next attempt begins, in milliseconds since 1970. */
  | { readonly kind: 'offline'; readonly problem: TransientProblem; readonly retryAtMs: number }
  /** Nothing is tried until `retry`. `found`: what there is to decide about. */
  | { readonly kind: 'refused'; readonly problem: FinalProblem; readonly found?: Found };
