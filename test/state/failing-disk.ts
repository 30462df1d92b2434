import { open } from 'node:fs/promises';

import { vi } from 'vitest';

/** Lets the next sync of any file fail as a broken disk makes it fail: nothing else in a test can. */
export async function failNextSync(anyFile: string, how: 'sync' | 'datasync'): Promise<void> {
  const file = await open(anyFile);
  await file.close();
  const every = Object.getPrototypeOf(file) as typeof file;
  vi.spyOn(every, how).mockRejectedValueOnce(Object.assign(new Error('broken'), { code: 'EIO' }));
}
