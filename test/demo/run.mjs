// `npm run demo`. Finds or installs Chromium where there is no real Electron to show, then starts the demo itself.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { meetNeeds } from '../support/system-needs.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const demo = join(root, 'dist/test/demo/demo.js');

if (!existsSync(demo)) {
  console.error('dist/ is missing: run `npm run build` first.');
  process.exit(1);
}

// With a display, Electron brings its binary at first use; without it, or without a display, the stand-in shows the app.
const hasDisplay =
  process.platform === 'darwin' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const electron = hasDisplay && spawnSync('npx', ['electron', '--version'], { cwd: root }).status === 0;
if (!electron && meetNeeds(['chromium', 'korean font']).has('chromium')) process.exit(1);

const { status } = spawnSync(process.execPath, [demo, electron ? 'play' : 'walk'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
