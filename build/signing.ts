/** How a bundle is signed. */
export interface Signing {
  /** `developer-id`: for every Mac. `ad-hoc`: for the Mac that built it. */
  readonly identity: 'developer-id' | 'ad-hoc';
  readonly notarize: boolean;
}

/** electron-builder's own variables: a certificate, and one of the ways to reach Apple's notary. */
const CERTIFICATE = ['CSC_LINK', 'CSC_NAME'];
const NOTARY = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'];

/** @throws when a notary is named but nothing to sign with: Apple would refuse it, much later. */
export function signingFrom(env: NodeJS.ProcessEnv): Signing {
  const names = (variables: readonly string[]): boolean => variables.some((variable) => env[variable]);
  if (names(CERTIFICATE)) return { identity: 'developer-id', notarize: names(NOTARY) };
  if (names(NOTARY))
    throw new Error(`Only a signed app can be notarized: set ${CERTIFICATE.join(' or ')} as well.`);
  return { identity: 'ad-hoc', notarize: false };
}
