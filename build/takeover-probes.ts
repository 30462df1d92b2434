import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Long enough for an app that refuses to start, which these must. */
const PATIENCE_MS = 20_000;

/**
 * Tries to make the app run a script of the caller's. Each try also carries a switch with which the packaged app refuses to
 * start, so that none of them opens a window or touches what its user has. macOS only.
 */
export function takeoverProblems(app: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-probe-'));
  const ran = join(folder, 'ran');
  const script = join(folder, 'probe.cjs');
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');\n`);
  const refused = '--no-sandbox';
  const attempts: Record<string, { args: string[]; env: Record<string, string> }> = {
    ELECTRON_RUN_AS_NODE: { args: [script, refused], env: { ELECTRON_RUN_AS_NODE: '1' } },
    NODE_OPTIONS: { args: [refused], env: { NODE_OPTIONS: `--require=${script}` } },
    'a refused switch': { args: [refused], env: {} },
  };
  try {
    return Object.entries(attempts).flatMap(([name, { args, env }]) => {
      rmSync(ran, { force: true });
      const { status, error } = spawnSync(join(app, 'Contents/MacOS/Latchkey'), args, {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined, NODE_OPTIONS: undefined, ...env },
        timeout: PATIENCE_MS,
        killSignal: 'SIGKILL',
        stdio: 'ignore',
      });
      if (existsSync(ran)) return [`${name} runs a script of the caller's`];
      return status === 1
        ? []
        : [`with ${name} the app did not refuse to start (${error?.message ?? `status ${status}`})`];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
