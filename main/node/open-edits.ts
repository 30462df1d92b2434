import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

import { EditDesk } from '../edits/edit-desk.ts';
import { UndoBook } from '../edits/undo-book.ts';
import type { PolicyStore } from '../policy-files/policy-store.ts';
import type { Seal } from '../state/seal.ts';

export interface Edits {
  readonly desk: EditDesk;
  /** Looks at the files no more. */
  readonly stop: () => void;
}

/** One save of an editor is several events. */
const SETTLED_MS = 100;

/**
 * The desk for edits that the person has not made, told at once when a file of the policy changes. That is a courtesy:
 * every judgement looks at the files itself.
 */
export async function openEdits(policy: PolicyStore, seal: Seal): Promise<Edits> {
  const desk = new EditDesk(policy, new UndoBook(seal, Date.now), Date.now);
  await desk.look();
  let watched: { readonly folder: string; readonly watcher: FSWatcher } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    watched?.watcher.close();
  };
  const follow = () => {
    const folder = dirname(policy.path);
    if (watched?.folder === folder) return;
    stop();
    const watcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name !== 'exec-approvals.json' && name !== 'rules.json') return;
      clearTimeout(timer);
      timer = setTimeout(() => void policy.version(), SETTLED_MS);
      timer.unref();
    });
    watcher.on('error', () => undefined);
    watched = { folder, watcher };
  };
  follow();
  policy.on('changed', follow);
  return {
    desk,
    stop: () => {
      policy.off('changed', follow);
      stop();
    },
  };
}
