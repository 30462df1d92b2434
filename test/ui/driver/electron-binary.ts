import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Wherever this was bundled to. */
export const projectRoot = rootAbove(dirname(fileURLToPath(import.meta.url)));
export const builtStandin = join(projectRoot, 'dist/standin');

const require = createRequire(import.meta.url);

/**
 * Says which executable Playwright's `_electron.launch` starts: the stand-in in `standin`, or Electron's own binary with
 * LATCHKEY_REAL_ELECTRON=1.
 *
 * @throws when what was asked for is not there, with what to do
 */
export function chooseElectron(standin: string): 'electron' | 'standin' {
  if (process.env['LATCHKEY_REAL_ELECTRON'] === '1') {
    if (!existsSync(join(projectRoot, 'node_modules/electron/dist')))
      throw new Error("Electron's binary is not installed; run `npx install-electron` first");
    delete process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  } else {
    if (!existsSync(join(standin, 'electron')))
      throw new Error(`The stand-in is not built at ${standin}; run \`npm run build\` first`);
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = standin;
  }
  // electron/index.js reads the variable once, when Playwright first needs it; make it read again.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the cache is a dictionary
  delete require.cache[require.resolve('electron/index.js')];
  return process.env['LATCHKEY_REAL_ELECTRON'] === '1' ? 'electron' : 'standin';
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) throw new Error('There is no package.json above this file');
  return rootAbove(dirname(folder));
}
