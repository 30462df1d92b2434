/** The executable `electron`: reads Electron's command line, puts the stand-in in place, runs the app's main. */
import { readFileSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { parseCommandLine } from './command-line.ts';
import { redirectElectron } from './redirect-electron.ts';

declare const ELECTRON_VERSION: string;

function entryOf(app: string): string {
  if (!statSync(app).isDirectory()) return app;
  const manifest: unknown = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  const main: unknown = Reflect.get(Object(manifest) as object, 'main');
  return resolve(app, typeof main === 'string' ? main : 'index.js');
}

/** What Electron's own process has and Node's has not. */
function dressProcess(): void {
  const versions = Object.freeze({ ...process.versions, electron: ELECTRON_VERSION });
  for (const [name, value] of Object.entries({ versions, type: 'browser', defaultApp: true }))
    Object.defineProperty(process, name, { value, configurable: true, enumerable: true });
}

/** Electron warns of rejections that nobody handles, where Node would end the process. */
function warnOfRejections(): void {
  process.on('unhandledRejection', (reason) => {
    if (process.listenerCount('unhandledRejection') > 1) return; // the app has its own way
    const text = reason instanceof Error ? reason.stack : String(reason);
    process.stderr.write(`UnhandledPromiseRejectionWarning: ${text ?? ''}\n`);
  });
}

async function run(): Promise<void> {
  const args = process.argv.slice(2);
  const { app, requires, inspectPort } = parseCommandLine(args);
  if (app === null) {
    process.stderr.write('usage: electron [-r module] [switches] <app> [arguments]\n');
    process.exit(64);
  }
  process.argv = [process.argv[1] ?? 'electron', ...args];
  dressProcess();
  warnOfRejections();

  const standin = join(dirname(__filename), 'electron-module.cjs');
  redirectElectron(standin);
  const require = createRequire(__filename);
  require(standin);
  if (inspectPort !== null) inspector.open(inspectPort, '127.0.0.1', false); // prints what Playwright waits for
  for (const module of requires) require(resolve(module));

  await import(pathToFileURL(entryOf(app)).href);
  // As in Electron: switches set while the entry loads still count, and 'ready' comes after it.
  await globalThis.electronStandin.start();
}

run().catch((error: unknown) => {
  process.stderr.write(
    `App threw an error during load\n${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
