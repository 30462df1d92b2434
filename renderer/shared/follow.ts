import type { Envelope } from '../../main/ipc/contract.ts';
import type { Language } from '../../main/ipc/values.ts';
import { speak, type Voice } from './voice.ts';

interface Snapshot {
  readonly revision: number;
  readonly language: Language;
}

interface Source<V extends Snapshot> {
  current(): Promise<Envelope<V>>;
  onChanged(listener: (view: V) => void): () => void;
}

/** Shows the snapshot there is and every newer one. An older one that comes late is ignored. */
export function follow<V extends Snapshot>(source: Source<V>, show: (view: V, voice: Voice) => void): void {
  let last = -1;
  let voice = speak('en', navigator.languages);
  const take = (view: V) => {
    if (view.revision <= last) return;
    last = view.revision;
    if (voice.language !== view.language) voice = speak(view.language, navigator.languages);
    document.documentElement.lang = view.language;
    show(view, voice);
  };
  source.onChanged(take);
  void settled(source.current()).then((answer) => {
    if (answer.ok) take(answer.value);
  });
}

/** A call that main refused to listen to is a failure like any other: it never stays without an answer. */
export async function settled<T>(call: Promise<Envelope<T>>): Promise<Envelope<T>> {
  try {
    return await call;
  } catch {
    return { ok: false, code: 'failed', message: '' };
  }
}
