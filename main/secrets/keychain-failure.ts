import { SecretStoreError } from './secret-store.ts';

interface Known {
  readonly pattern: RegExp;
  readonly reason: string;
  readonly remedy: string;
}

const START_A_DAEMON =
  'Start a Secret Service such as gnome-keyring (`gnome-keyring-daemon --unlock --components=secrets`) in this session.';

/** By what the system's libraries say: there are no codes to go by. The first match counts. */
const KNOWN: readonly Known[] = [
  {
    pattern: /autolaunch D-Bus|Could not connect|Connection refused|Unknown or unsupported transport/i,
    reason: 'there is no D-Bus session bus to reach a Secret Service over',
    remedy:
      'Log in to a desktop session, or run Latchkey under `dbus-run-session` with a Secret Service in it.',
  },
  {
    pattern: /not provided by any \.service|ServiceUnknown|StartServiceByName|exited with status|Spawn\./i,
    reason: 'no Secret Service is running',
    remedy: START_A_DAEMON,
  },
  {
    pattern: /Object does not exist|No such (?:secret )?collection/i,
    reason: 'the Secret Service has no default collection',
    remedy: START_A_DAEMON,
  },
  {
    pattern: /locked|passphrase you entered is not correct/i,
    reason: 'it is locked',
    remedy: 'Unlock it and try again.',
  },
  {
    pattern: /interaction is not allowed/i,
    reason: 'it is locked, or this session may show no dialog',
    remedy: 'Log in at the screen, unlock the Keychain and try again.',
  },
  {
    pattern: /cancell?ed|dismissed/i,
    reason: 'its dialog was dismissed',
    remedy: 'Try again and allow Latchkey the access.',
  },
  {
    pattern: /keychain (?:cannot|could not) be found/i,
    reason: 'this user has no default Keychain',
    remedy: 'Create one in Keychain Access, then try again.',
  },
];

/** @param secret what the failed call carried; no message will hold it. */
export function explainFailure(store: string, error: unknown, secret?: string): SecretStoreError {
  const text = error instanceof Error ? error.message : String(error);
  const known = KNOWN.find(({ pattern }) => pattern.test(text));
  if (known !== undefined) return failure(store, known.reason, known.remedy);
  const said = secret === undefined || secret === '' ? text : text.replaceAll(secret, '***');
  return failure(
    store,
    `the system says "${said}"`,
    'Check that it works for other programs, then try again.',
  );
}

/** keytar is an optional dependency: an install without it, or without the library under it, is a whole install. */
export function explainMissing(store: string, error: unknown): SecretStoreError {
  const text = error instanceof Error ? error.message : String(error);
  return /libsecret/i.test(text)
    ? failure(
        store,
        'the library libsecret is missing',
        'Install it (Debian: `apt-get install libsecret-1-0`).',
      )
    : failure(
        store,
        'its connector, keytar, is not installed',
        'Run `npm install` again where it can be built (Debian: with `libsecret-1-dev` installed).',
      );
}

export function explainTimeout(store: string, seconds: number): SecretStoreError {
  return failure(
    store,
    `it did not answer within ${seconds} s`,
    'Look for a dialog that waits for you, answer it, and try again.',
  );
}

function failure(store: string, reason: string, remedy: string): SecretStoreError {
  return new SecretStoreError(`The ${store} cannot be used: ${reason}. ${remedy}`);
}
