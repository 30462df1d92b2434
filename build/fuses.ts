import { getCurrentFuseWire } from '@electron/fuses';
import type { Configuration } from 'electron-builder';

/** The fuses that electron-builder flips, after packing and before signing. */
export const electronFuses = {
  /** ELECTRON_RUN_AS_NODE would turn the app into an interpreter that holds the app's permissions and Keychain items. */
  runAsNode: false,
  enableCookieEncryption: true,
  /** NODE_OPTIONS and NODE_EXTRA_CA_CERTS: code, and trust, from outside. */
  enableNodeOptionsEnvironmentVariable: false,
  /** `--inspect` hands the main process to whoever connects. */
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  /** Without it a folder named `app` beside the archive would be loaded instead, unchecked. */
  onlyLoadAppFromAsar: true,
  /** There is no such snapshot. */
  loadBrowserProcessSpecificV8Snapshot: false,
  /** The windows have a scheme of their own. */
  grantFileProtocolExtraPrivileges: false,
} as const satisfies Configuration['electronFuses'];

/**
 * Every fuse of Electron 45, in the order of its wire: what nobody can switch back on by how they start the app. A fuse more
 * or less in another Electron stops the packaging until it has its line here.
 */
export const FUSES = {
  ...electronFuses,
  /** As Electron ships it. electron-builder has no name for it: it is not written, only checked. */
  wasmTrapHandlers: true,
} as const;

/** What a finished bundle's fuses have against the table. @throws where there is no wire to read. */
export async function fuseProblems(app: string): Promise<string[]> {
  const { version, ...wire }: Record<string, unknown> = await getCurrentFuseWire(app);
  const found = Object.values(wire).map((state) => String.fromCharCode(Number(state)));
  const wanted = Object.entries(FUSES);
  if (version !== '1' || found.length !== wanted.length) {
    return [
      `fuses: version ${String(version)} with ${found.length} fuses, the table has ${wanted.length} of version 1`,
    ];
  }
  return wanted.flatMap(([name, on], index) =>
    found[index] === (on ? '1' : '0') ? [] : [`fuse ${name} is not ${on ? 'on' : 'off'}`],
  );
}
