import { expect, it } from 'vitest';

import { UndoBook } from '../../main/edits/undo-book.ts';
import { Seal } from '../../main/state/seal.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';

const NOTHING = { documents: {}, marks: [] };

it('what can be undone is bounded by its size, oldest first, so that the seal can always be read', async () => {
  const [folder, secrets] = [await temporaryFolder(), new DurableSecrets()];
  const seal = await Seal.open(folder, secrets, NOTHING);
  const book = new UndoBook(seal, () => 1000);
  const agentId = 'x'.repeat(490_000);
  const edit = (size: string) => ({
    path: 'exec-approvals.json',
    from: { id: 'g', name: 'studio' },
    changes: [
      {
        kind: 'setting' as const,
        place: { of: 'agent' as const, agentId: size },
        ...{ field: 'ask', before: null, after: 'always' },
      },
    ],
  });
  const last: (string | undefined)[] = [];
  for (let count = 0; count < 8; count++) last.unshift((await book.add(edit(agentId)))?.id);
  expect(book.all.map(({ id }) => id)).toEqual(last.slice(0, 4));
  expect(await book.add(edit('x'.repeat(3_000_000)))).toBeNull();
  expect(book.all).toHaveLength(4);
  expect((await Seal.open(folder, secrets, NOTHING)).broken).toBeNull();
});
