import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Protocol } from 'electron';

import { PAGE_HEADERS, pageFile, pageFiles } from './page-files.ts';

const SCHEME = 'latchkey';

/** MUST run before the app is ready. SECURITY(electron-18): no file://, and no privilege beyond a secure origin. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/**
 * Serves the windows' files, as they were when this was called.
 * @param folder where the built windows are.
 */
export function servePages(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  const bytes = new Map(pageFiles().map(({ path }) => [path, readFileSync(join(folder, path))]));
  protocol.handle(SCHEME, ({ url, method }) => {
    const file = method === 'GET' ? pageFile(url) : null;
    const body = file && bytes.get(file.path);
    if (!file || !body) return new Response(null, { status: 404, headers: PAGE_HEADERS });
    return new Response(new Uint8Array(body), { headers: { ...PAGE_HEADERS, 'Content-Type': file.type } });
  });
}
