/** Something that a command could have read or used, and that is worth replacing after an incident. */
export interface TouchedSecret {
  /** `environment`: handed over by name. `file`: named in a command. `login`: what a program keeps and used. */
  readonly kind: 'environment' | 'file' | 'login';
  readonly name: string;
}

const SECRET_FILES = [
  /(?:^|\/)\.(?:ssh|aws|azure|gnupg|kube|docker|password-store|oci)(?:\/|$)/,
  /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)[\w-]*$/,
  /(?:^|\/)\.(?:netrc|npmrc|pypirc|pgpass|git-credentials|vault-token|htpasswd)$/,
  /(?:^|\/)\.env(?:\.[\w-]+)?$/,
  /(?:^|\/)\.config\/(?:gcloud|gh|op|hub)(?:\/|$)/,
  /(?:^|\/)Library\/Keychains(?:\/|$)/,
  /\.(?:pem|key|p8|p12|pfx|ppk|kdbx|keychain|keychain-db|ovpn|mobileprovision)$/,
  /(?:^|\/)(?:credentials|secrets?|service-account)(?:\.(?:json|ya?ml|toml|ini|txt))?$/,
  /(?:^|\/)\.(?:zsh|bash)_history$/,
];

/** Programs that sign in somewhere with something that they keep. */
const LOGINS = new Set(
  (
    'ssh scp sftp rsync git gh hub glab aws gcloud gsutil az doctl heroku vercel netlify wrangler firebase flyctl fly ' +
    'terraform pulumi kubectl helm docker podman npm pnpm yarn twine cargo gem op bw pass security vault psql mysql ' +
    'mongosh redis-cli stripe slack oci linode-cli'
  ).split(' '),
);

/**
 * What one command names of that kind, read from its words as they are: a shell text is looked through like any other. It
 * is a list to begin with, not a proof: every command could read all that its user can.
 */
export function secretsTouched(
  argv: readonly string[],
  environmentNames: readonly string[],
  files: readonly string[],
): readonly TouchedSecret[] {
  const words = argv.flatMap((word) => word.split(/[\s"'`;|&<>()=,]+/)).filter((word) => word !== '');
  const named = [...words, ...files].filter((word) => SECRET_FILES.some((pattern) => pattern.test(word)));
  const logins = words
    .map((word) => word.slice(word.lastIndexOf('/') + 1))
    .filter((word) => LOGINS.has(word));
  return [
    ...environmentNames.map((name) => ({ kind: 'environment', name }) as const),
    ...named.map((name) => ({ kind: 'file', name }) as const),
    ...logins.map((name) => ({ kind: 'login', name }) as const),
  ];
}
