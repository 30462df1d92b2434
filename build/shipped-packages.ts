import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

/** Builds or fetches keytar's addon when it is installed. The running app loads none of it. */
const INSTALL_TIME = new Set(['prebuild-install', 'node-addon-api']);

const names = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: names, optionalDependencies: names });

/**
 * Names of the packages that the running app can load: what its manifest names, and what those need. Assumes npm's flat
 * layout; a second version of a package further down goes by the same name.
 */
export function shippedPackages(root: string): ReadonlySet<string> {
  const shipped = new Set<string>();
  const visit = (folder: string, alsoOptional: boolean): void => {
    const { dependencies, optionalDependencies } = manifest.parse(
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    );
    for (const name of Object.keys(
      alsoOptional ? { ...dependencies, ...optionalDependencies } : dependencies,
    )) {
      if (shipped.has(name) || INSTALL_TIME.has(name)) continue;
      shipped.add(name);
      visit(join(root, 'node_modules', name), false);
    }
  };
  visit(root, true);
  return shipped;
}
