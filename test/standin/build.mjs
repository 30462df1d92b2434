import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const { version } = createRequire(import.meta.url)('electron/package.json');

/** An esbuild plugin that puts one piece of one source file in the place of another; see mutants.ts. */
const replacing = ({ file, find, put }) => ({
  name: 'replacing',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (path !== join(here, file)) return undefined;
      const source = readFileSync(path, 'utf8');
      if (source.split(find).length !== 2)
        throw new Error(`${file} does not hold this exactly once: ${find}`);
      return { contents: source.replace(find, () => put), loader: 'ts' };
    });
  },
});

/**
 * Compiles the stand-in into `outDir`, which is then a value for ELECTRON_OVERRIDE_DIST_PATH: it holds an executable
 * named `electron`. `playwright` must be found from there, so `outDir` is below a folder with node_modules.
 *
 * @param {string} outDir
 * @param {{ file: string, find: string, put: string }} [replacement] for the stand-in's own tests only
 */
export async function buildStandin(outDir, replacement) {
  const plugins = replacement === undefined ? [] : [replacing(replacement)];
  const common = { bundle: true, logLevel: 'warning', plugins };
  const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['playwright'] };
  const page = { ...common, platform: 'browser', format: 'iife', target: 'chrome120' };
  const executable = join(outDir, 'electron');

  mkdirSync(outDir, { recursive: true });
  await Promise.all([
    build({
      ...node,
      entryPoints: [join(here, 'launcher/electron.ts')],
      outfile: executable,
      banner: { js: '#!/usr/bin/env node' },
      define: { ELECTRON_VERSION: JSON.stringify(version) },
    }),
    build({
      ...node,
      entryPoints: [join(here, 'main-process/electron-module.ts')],
      outfile: join(outDir, 'electron-module.cjs'),
    }),
    ...['main-world', 'isolated-world'].map((name) =>
      build({ ...page, entryPoints: [join(here, `page/${name}.ts`)], outfile: join(outDir, `${name}.js`) }),
    ),
    build({
      ...node,
      entryPoints: [join(here, '../ui/driver/recorder.ts')],
      external: ['electron'],
      outfile: join(outDir, 'recorder.cjs'),
    }),
  ]);
  writeFileSync(join(outDir, 'package.json'), '{ "type": "commonjs" }\n');
  chmodSync(executable, 0o755);
  if (process.platform !== 'darwin') return;
  // Where electron/index.js looks on a Mac on which Electron's own binary was installed once.
  const bundle = join(outDir, 'Electron.app/Contents/MacOS');
  mkdirSync(bundle, { recursive: true });
  rmSync(join(bundle, 'Electron'), { force: true });
  symlinkSync(executable, join(bundle, 'Electron'));
}
