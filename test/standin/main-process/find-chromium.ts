import { accessSync, constants } from 'node:fs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const runs = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Chromium's executable: the one LATCHKEY_CHROMIUM names, or one where it usually is, or the one that
 * `npx playwright install chromium` fetched.
 *
 * @throws with what to do when there is none
 */
export async function findChromium(named = process.env['LATCHKEY_CHROMIUM'] ?? ''): Promise<string> {
  if (named !== '') {
    if (!runs(named)) throw new Error(`LATCHKEY_CHROMIUM names ${named}, which cannot be run`);
    return named;
  }
  const usual = CANDIDATES.find(runs);
  if (usual !== undefined) return usual;
  const { chromium } = await import('playwright'); // slow to load, so not before it is needed
  const fetched = chromium.executablePath();
  if (runs(fetched)) return fetched;
  throw new Error(
    'No Chromium found. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium) ' +
      'or name it in LATCHKEY_CHROMIUM.',
  );
}
