import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type {} from 'vitest';
import type { TestProject } from 'vitest/node';

import { buildStandin } from '../standin/build.mjs';
import { projectRoot } from './driver/electron-binary.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the built stand-in. */
    standin: string;
  }
}

/** Builds the stand-in outside the checkout, which may belong to somebody else. The app itself is what `npm ci` built. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const work = await mkdtemp(join(tmpdir(), 'latchkey-ui-'));
  await symlink(join(projectRoot, 'node_modules'), join(work, 'node_modules'));
  const standin = join(work, 'standin');
  await buildStandin(standin);
  project.provide('standin', standin);
  return () => rm(work, { recursive: true, force: true, maxRetries: 10 });
}
