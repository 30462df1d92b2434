import type { Envelope, FailureCode } from '../ipc/contract.ts';

export const done = { ok: true, value: undefined } as const;

/** @param message a sentence for a person: what happened, what to do. */
export const failure = (code: FailureCode, message: string): Envelope<never> => ({
  ok: false,
  code,
  message,
});
