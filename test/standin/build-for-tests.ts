import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build, type BuildOptions } from 'esbuild';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';

import { projectRoot } from '../ui/driver/electron-binary.ts';
import { buildStandin } from './build.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder outside the checkout: `standin`, `sample`, and room for more stand-ins. */
    work: string;
  }
}

const here = import.meta.dirname;

async function buildSample(out: string): Promise<void> {
  const common = { bundle: true, external: ['electron'], logLevel: 'warning' } satisfies BuildOptions;
  const from = (name: string): string => join(here, 'sample', name);
  await Promise.all([
    build({
      ...common,
      entryPoints: [from('main.ts')],
      outfile: join(out, 'main.mjs'),
      platform: 'node',
      format: 'esm',
    }),
    build({
      ...common,
      entryPoints: [from('preload.ts')],
      outfile: join(out, 'preload.cjs'),
      platform: 'node',
    }),
    build({ ...common, entryPoints: [from('renderer.ts')], outfile: join(out, 'renderer.js') }),
  ]);
  for (const name of ['package.json', 'index.html', 'other.html', 'open.html'])
    await cp(from(name), join(out, name));
}

/** Builds everything once, into a folder that another user could have. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const work = await mkdtemp(join(tmpdir(), 'standin-tests-'));
  await symlink(join(projectRoot, 'node_modules'), join(work, 'node_modules'));
  await Promise.all([buildStandin(join(work, 'standin')), buildSample(join(work, 'sample'))]);
  project.provide('work', work);
  return () => rm(work, { recursive: true, force: true, maxRetries: 10 });
}
