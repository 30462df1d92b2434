import { afterAll, beforeAll, describe, test } from 'vitest';

import { protections } from './protections.ts';
import { launchSample, type Sample } from './sample-app.ts';

describe('on the stand-in, as on Electron,', () => {
  let sample: Sample;
  beforeAll(async () => {
    sample = await launchSample();
  });
  afterAll(() => sample.app.close());

  for (const [sentence, check] of Object.entries(protections)) test(sentence, () => check(sample));
});
