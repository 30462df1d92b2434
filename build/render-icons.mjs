// Draws the icons from their SVG sources: `node build/render-icons.mjs [chromium]`. The PNGs are committed, so that building needs no browser.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright';

const icons = join(dirname(fileURLToPath(import.meta.url)), 'icons');
const source = (name) => readFileSync(join(icons, `${name}.svg`), 'utf8');
const browser = await chromium.launch({ executablePath: process.argv[2] ?? '/usr/bin/chromium' });

async function draw(svg, { width, height, scale, path }) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: join(icons, path), omitBackground: true });
  await page.close();
}

// Menu bar: 18 points high, black and alpha only; macOS colours a file called "…Template".
const pending = source('tray-pending');
const tray = new Map([
  ...['attention', 'connected', 'paused', 'unpaired'].map((state) => [state, source(`tray-${state}`)]),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((count) => [
    `pending-${count}`,
    pending.replace('COUNT', String(count)),
  ]),
  ['pending-many', pending.replace('COUNT', '9+').replace('10.500', '8.500')],
]);
for (const [name, svg] of tray) {
  const width = Number(/width="(\d+)"/.exec(svg)[1]);
  for (const [scale, suffix] of [
    [1, ''],
    [2, '@2x'],
  ])
    await draw(svg, { width, height: 18, scale, path: `tray-${name}Template${suffix}.png` });
}

// App: macOS wants the shape on 824 of 1024 points, the rest is for its shadow.
const app = source('app-icon').replace(
  /width="\d+" height="\d+"/,
  'width="824" height="824" style="margin:100px"',
);
await draw(app, { width: 1024, height: 1024, scale: 1, path: 'app-icon.png' });

await browser.close();
