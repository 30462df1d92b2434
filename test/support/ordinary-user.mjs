// Permission tests mean nothing as root. Run as root, the suites drop to `nobody` with a home of its own.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

/** The checkout, or where the ordinary user cannot read it, a copy that it can. */
export function ordinaryCheckout() {
  if (!isRoot) return checkout;
  const probe = spawnSync(
    process.execPath,
    ['-e', `require('fs').readdirSync(${JSON.stringify(checkout)})`],
    {
      ...NOBODY,
      cwd: '/',
    },
  );
  if (probe.status === 0) return checkout;
  const copy = mkdtempSync(join(tmpdir(), 'latchkey-checkout-'));
  chmodSync(copy, 0o755);
  cpSync(checkout, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('/.git'),
  });
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  return copy;
}

/** Options for spawning as an ordinary user, with an empty home and temporary folder. */
export function asOrdinaryUser() {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-home-'));
  const temp = join(home, 'tmp');
  mkdirSync(temp);
  const env = { ...process.env, HOME: home, TMPDIR: temp, XDG_RUNTIME_DIR: home };
  if (isRoot) for (const path of [home, temp]) chownSync(path, NOBODY.uid, NOBODY.gid);
  return {
    home,
    spawn: isRoot ? { env: { ...env, USER: 'nobody', LOGNAME: 'nobody' }, ...NOBODY } : { env },
    dispose: () => rmSync(home, { recursive: true, force: true }),
  };
}
