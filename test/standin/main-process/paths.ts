import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { z } from 'zod';

import { parseCommandLine } from '../launcher/command-line.ts';
import { unsupported } from '../shared/strict.ts';

const manifestSchema = z.object({
  name: z.string().default('app'),
  productName: z.string().optional(),
  version: z.string().default('0.0.0'),
});

const commandLine = parseCommandLine(process.argv.slice(1));
const appEntry = commandLine.app ?? process.cwd();

export const appPath = statSync(appEntry).isDirectory() ? appEntry : dirname(appEntry);

function readManifest(): z.output<typeof manifestSchema> {
  if (appPath !== appEntry) return manifestSchema.parse({});
  return manifestSchema.parse(JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')));
}
export const manifest = readManifest();

/** Chromium's switches: from the command line, and those that the app appended before it was ready. */
export const switches = new Map(commandLine.switches);

const given = switches.get('user-data-dir');
/** Never the person's own: a folder that the caller named, or one that is removed at exit. */
const firstUserData = given === undefined ? mkdtempSync(join(tmpdir(), 'electron-standin-')) : resolve(given);
if (given === undefined)
  process.once('exit', () => rmSync(firstUserData, { recursive: true, force: true, maxRetries: 10 }));

/** Where Chromium keeps its files, whatever the app calls its userData later. */
export const chromiumProfile = firstUserData;

let userData = firstUserData;

export function getPath(name: string): string {
  switch (name) {
    case 'userData':
      return userData;
    case 'logs':
      return join(userData, 'logs');
    case 'home':
      return homedir();
    case 'desktop':
      return join(homedir(), 'Desktop');
    case 'temp':
      return tmpdir();
    case 'exe':
      return process.argv[0] ?? process.execPath;
    default:
      throw unsupported(`app.getPath('${name}')`);
  }
}

export function setPath(name: string, path: string): void {
  if (name !== 'userData') throw unsupported(`app.setPath('${name}')`);
  userData = resolve(path);
}
