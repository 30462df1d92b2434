import { createHash } from 'node:crypto';

import type { Binding } from './assessment.ts';

/** Everything that two requests have to share to be the same request. */
export interface Identity {
  readonly binding: Binding;
  readonly agentId: string | null;
  readonly sessionKey: string | null;
  readonly gatewayId: string;
}

/**
 * SHA-256 (hex) over a canonical encoding. Change times of folders are left out: they change whenever a neighbour does,
 * and what was approved is still the same.
 */
export function requestDigest({ binding, agentId, sessionKey, gatewayId }: Identity): string {
  return sha256Hex(
    JSON.stringify([
      'latchkey-request-1',
      binding.argv,
      binding.program,
      binding.cwd,
      Object.entries(binding.env).sort(([a], [b]) => (a < b ? -1 : 1)),
      binding.path,
      agentId,
      sessionKey,
      gatewayId,
      binding.files.map(({ role, given, realPath, sha256, components }) => [
        role,
        given,
        realPath,
        sha256,
        components.map(({ kind, path, dev, ino, size, changedNs }) =>
          kind === 'folder' ? [path, dev, ino] : [path, dev, ino, size, changedNs],
        ),
      ]),
      binding.lookups.map(({ name, found }) => [name, found]),
    ]),
  );
}

/** SHA-256 (hex) of a text's UTF-8 or of bytes. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
