import tls from 'node:tls';

import { z } from 'zod';

const pem = z.array(z.string());
let roots: string[] | undefined;

/**
 * The certificate authorities of this system together with Node's own. Undefined before Node 22.15, which cannot read the
 * system's: there Node's own and NODE_EXTRA_CA_CERTS count, and a private authority needs a pin.
 */
export function trustedRoots(): string[] | undefined {
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof read !== 'function') return undefined;
  // Reading the system's takes long enough to be done once.
  roots ??= ['default', 'system'].flatMap((kind) => pem.parse(Reflect.apply(read, tls, [kind])));
  return roots;
}
