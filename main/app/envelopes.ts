import type { Envelope, FailureCode } from '../ipc/contract.ts';

export const done = { ok: true, value: undefined } as const;

/** @param message a sentence for a person: what happened, what to do. */
export const failure = (code: FailureCode, message: string): Envelope<never> => ({
  ok: false,
  code,
  message,
});

/** A stop that counts now, and that a restart would undo. */
export const NOT_KEPT = failure(
  'not-kept',
  'It is stopped, but a restart would undo that: it could not be written down. ' +
    'Make room on the disk or unlock the Keychain, then do it again.',
);
