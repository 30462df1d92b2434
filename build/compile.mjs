// Compiles main (tsc), preload and renderer (esbuild) into dist/. Runs after `npm ci` by itself.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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
