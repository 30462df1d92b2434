// Compiles main (tsc), preload and renderer (esbuild) into dist/. Runs after `npm ci` by itself.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { buildStandin } from '../test/standin/build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

rmSync(join(root, 'dist'), { recursive: true, force: true });

const tsc = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', join(root, 'main')], {
  stdio: 'inherit',
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);

// The grammar is a file of its own: the npm package around it is 20 MB of prebuilt addons that nobody needs.
mkdirSync(join(root, 'dist/main/shell'), { recursive: true });
cpSync(
  require.resolve('tree-sitter-bash/tree-sitter-bash.wasm'),
  join(root, 'dist/main/shell/tree-sitter-bash.wasm'),
);

cpSync(join(root, 'build/icons'), join(root, 'dist/icons'), {
  recursive: true,
  filter: (path) => !path.endsWith('.svg'),
});

// Each window gets its own preload, which knows its own channels and no others: a sandboxed preload is one CommonJS file.
const { channelOf, contract } = await import('../dist/main/ipc/contract.js');
for (const [role, entries] of Object.entries(contract)) {
  const surface = Object.entries(entries).map(([name, { kind }]) => ({
    name,
    kind,
    channel: channelOf(role, name),
  }));
  await build({
    entryPoints: [join(root, 'preload/preload.ts')],
    outfile: join(root, `dist/preload/${role}.cjs`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'chrome140',
    external: ['electron'],
    define: { SURFACE: JSON.stringify(surface) },
    logLevel: 'warning',
  });

  // A window is three files: its page, one script, one style sheet. The app serves these and nothing else.
  const page = join(root, 'renderer', role);
  const out = join(root, 'dist/renderer', role);
  mkdirSync(out, { recursive: true });
  cpSync(join(page, 'index.html'), join(out, 'index.html'));
  await build({
    entryPoints: [join(page, `${role}.ts`), join(page, `${role}.css`)],
    outdir: out,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'chrome140',
    logLevel: 'warning',
  });
}

// Runs the app where Electron's binary is not: for the tests, and for the demo without a display.
await buildStandin(join(root, 'dist/standin'));

// The demo plays the gateway's and the person's part. As deep below dist/ as its source is below the project.
await build({
  entryPoints: [join(root, 'test/demo/demo.ts')],
  outfile: join(root, 'dist/test/demo/demo.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});

// Measures the compiled core beside it, not a copy of it.
await build({
  entryPoints: [join(root, 'test/bench/bench.ts')],
  outdir: join(root, 'dist/bench'),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  plugins: [
    {
      name: 'compiled-core',
      setup: ({ onResolve }) =>
        onResolve({ filter: /^\.\.\/\.\.\/main\// }, ({ path }) => ({
          path: path.replace('../../', '../').replace(/\.ts$/, '.js'),
          external: true,
        })),
    },
  ],
  logLevel: 'warning',
});
