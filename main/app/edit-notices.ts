import type { Core } from './core.ts';
import type { Notice } from './platform/notices.ts';
import type { Words } from './words.ts';

/** Says that an edit of the policy waits, or was made. No word in it is the gateway's, and nothing in it can be pressed. */
export function announceEdits(
  edits: Pick<Core['edits'], 'on' | 'pending'>,
  words: Words,
  notify: (notice: Notice) => void,
): void {
  let told: ReadonlySet<string> = new Set();
  const waiting = () => {
    // One that replaces another of the same kind is no news: a gateway cannot fill the screen with them.
    const kinds = new Set(edits.pending.map(({ from }) => from.kind));
    // The person asked for that one, in the window that shows it.
    kinds.delete('undo');
    for (const kind of kinds) {
      if (told.has(kind)) continue;
      notify({
        title: kind === 'gateway' ? words.editFromGateway : words.editFromFile,
        body: words.editWaits,
      });
    }
    told = kinds;
  };
  waiting();
  edits.on('changed', waiting);
  edits.on('tightened', () => notify({ title: words.tightened, body: words.tightenedDetail }));
}
