// Takes a picture of every state of every window, light and dark, in both languages, at 1x and 2x, into a folder.
// npm run gallery -- [folder] [part of a name] [one look, as en-light-2]
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
// As deep below the root as the source, so that both find it in the same way.
const outfile = join(here, '../../node_modules/.cache/gallery/shoot.mjs');
await build({
  entryPoints: [join(here, 'shoot.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { shoot } = await import(outfile);

const [folder = mkdtempSync(join(tmpdir(), 'latchkey-gallery-')), filter = '', few] = process.argv.slice(2);
const looks = ['en', 'ko'].flatMap((language) =>
  ['light', 'dark'].flatMap((scheme) => [1, 2].map((pixelRatio) => ({ language, scheme, pixelRatio }))),
);
const { taken, complaints } = await shoot(
  folder,
  filter,
  few === undefined
    ? looks
    : looks.filter(({ language, scheme, pixelRatio }) => few === `${language}-${scheme}-${pixelRatio}`),
);
for (const complaint of complaints) console.log(complaint);
console.log(`${taken} pictures in ${folder}`);
process.exitCode = complaints.length > 0 || taken === 0 ? 1 : 0;
