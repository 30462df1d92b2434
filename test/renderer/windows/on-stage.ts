import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import type { WindowRole } from '../../../main/ipc/contract.ts';
import { type Look, type Shown, Stage, type Views } from './stage.ts';

/** One window at a time for the tests of a file; what a page complains of fails the test that showed it. */
export function onStage<R extends WindowRole>(
  role: R,
): { readonly shown: Shown<R>; show(view: Views[R], look?: Look): Promise<void> } {
  let stage: Stage;
  let shown: Shown<R>;
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());
  afterEach(async () => {
    const { complaints } = shown;
    await shown.close();
    expect(complaints).toEqual([]);
  });
  return {
    get shown() {
      return shown;
    },
    show: async (view, look) => {
      shown = await stage.show(role, view, look);
    },
  };
}
