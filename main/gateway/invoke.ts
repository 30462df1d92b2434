/** One request from the gateway, valid as a frame. Its parameters are not judged yet. */
export interface Invoke {
  /** The connection that it came on, and the only one that its answer may go to. */
  readonly epoch: number;
  readonly id: string;
  readonly command: string;
  readonly paramsJSON: string | null;
  /** How long the gateway waits for the answer. */
  readonly timeoutMs: number | null;
  readonly idempotencyKey: string | null;
}

/** The gateway puts the code in front of the message. */
export type InvokeAnswer =
  | { readonly ok: true; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Whether the gateway took what was sent, answered that it takes no notice of it, or never heard it as far as is known. */
export type Delivery = 'delivered' | 'ignored' | 'lost';
