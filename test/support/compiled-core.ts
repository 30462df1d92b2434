import { join } from 'node:path';

import { build } from 'esbuild';

const dist = join(import.meta.dirname, '../../dist/main/');

/** A program of the tests as one script, to run in a process of its own on the compiled core. */
export async function programOnCompiledCore(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    plugins: [
      {
        name: 'compiled-core',
        setup: (bundle) =>
          bundle.onResolve({ filter: /^\.\.\/\.\.\/main\// }, ({ path }) => ({
            path: path.replace('../../main/', dist).replace(/\.ts$/, '.js'),
            external: true,
          })),
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
