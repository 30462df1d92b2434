import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { contentProblems } from './bundle-contents.ts';
import { fuseProblems } from './fuses.ts';
import { readInfoPlist } from './info-plist.ts';
import { signatureProblems } from './signature-checks.ts';
import type { Signing } from './signing.ts';
import { takeoverProblems } from './takeover-probes.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is wrong with the files of a bundle. Needs no macOS; starts nothing. */
export async function fileProblems(app: string): Promise<string[]> {
  const plist = readInfoPlist(app);
  const sealed = 'info' in plist ? plist.info.ElectronAsarIntegrity['Resources/app.asar'].hash : '';
  return [
    ...('problems' in plist ? plist.problems : []),
    ...(await fuseProblems(app)),
    ...contentProblems(app, root, sealed),
  ];
}

/** Everything that can be checked on the Mac that made the bundle. Starts it, in ways that it must refuse. */
export async function bundleProblems(app: string, signing: Signing): Promise<string[]> {
  const problems = [...(await fileProblems(app)), ...signatureProblems(app, signing)];
  // What is broken already is not started.
  return problems.length > 0 ? problems : takeoverProblems(app);
}
