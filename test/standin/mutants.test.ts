import { AssertionError } from 'node:assert';

import { describe, expect, test } from 'vitest';

import { buildStandin } from './build.mjs';
import { mutants } from './mutants.ts';
import { protections } from './protections.ts';
import { builtInWork, launchSample } from './sample-app.ts';

/** The stand-in's negative controls: a check that cannot fail says nothing about the app either. */
describe('a stand-in broken on purpose is noticed:', () => {
  for (const { name, breaks, ...replacement } of mutants)
    test(`${name} fails '${breaks}'`, async () => {
      const standin = builtInWork(`mutant-${name.replaceAll(/\W+/g, '-')}`);
      await buildStandin(standin, replacement);
      const sample = await launchSample({ standin });
      try {
        await expect(protections[breaks](sample)).rejects.toBeInstanceOf(AssertionError);
      } finally {
        sample.app.electron.process().kill('SIGKILL');
        await sample.app.exited;
      }
    });
});
