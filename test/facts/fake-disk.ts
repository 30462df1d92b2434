import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path/posix';

import type { FileFacts, Trace } from '../../main/facts/file-facts.ts';
import type { Component } from '../../main/request/assessment.ts';

type Owner = 'root' | 'user' | 'other';

/** One thing on the disk. Folders need no entry: whose they are follows from where they are. */
export type Entry =
  | { readonly file: string; readonly runs?: boolean; readonly owner?: Owner }
  | { readonly link: string; readonly owner?: Owner }
  | { readonly folder: true; readonly owner?: Owner }
  | { readonly device: true };

/** A disk that tests write as a table and change as they go. */
export interface FakeDisk extends FileFacts {
  set(path: string, entry: Entry | null): void;
}

export function fakeDisk(entries: Readonly<Record<string, Entry>>): FakeDisk {
  const at = new Map<string, { entry: Entry; ino: number; changed: number }>();
  let clock = 1;
  let folders: ReadonlySet<string> | null = null;
  const set = (path: string, entry: Entry | null): void => {
    folders = null;
    if (entry === null) at.delete(path);
    else at.set(path, { entry, ino: clock, changed: clock++ });
  };
  for (const [path, entry] of Object.entries(entries)) set(path, entry);

  const look = (path: string): { entry: Entry; ino: number; changed: number } | undefined => {
    const found = at.get(path);
    if (found !== undefined) return found;
    folders ??= new Set(['/', ...[...at.keys()].flatMap(above)]);
    return folders.has(path)
      ? { entry: { folder: true, owner: ownerOf(path) }, ino: 0, changed: 0 }
      : undefined;
  };

  const trace = (path: string): Trace => {
    const components: Component[] = [];
    const owners: Owner[] = [];
    const ahead = path.split('/').reverse();
    let real = '/';
    let links = 0;
    let last = look('/');
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        real = dirname(real);
        last = look(real);
        continue;
      }
      const next = real === '/' ? `/${name}` : `${real}/${name}`;
      const found = look(next);
      if (last === undefined || !('folder' in last.entry)) return missing;
      if (found === undefined) return { ...missing, leadsTo: resolve(next, ...ahead.reverse()) };
      const { entry, ino, changed } = found;
      owners.push('owner' in entry ? (entry.owner ?? ownerOf(next)) : ownerOf(next));
      const kind = 'link' in entry ? 'link' : 'folder' in entry ? 'folder' : 'file';
      const size = 'file' in entry ? String(entry.file.length) : '0';
      components.push({
        path: next,
        kind,
        dev: '1',
        ino: String(ino),
        size,
        changedNs: String(changed),
        bornNs: '0',
      });
      if (!('link' in entry)) {
        real = next;
        last = found;
        continue;
      }
      if (++links > 40) return { found: false, problem: 'loop' };
      if (entry.link.startsWith('/')) {
        real = '/';
        last = look('/');
      }
      ahead.push(...entry.link.split('/').reverse());
    }
    if (last === undefined) return missing;
    const { entry } = last;
    return {
      found: true,
      realPath: real,
      kind: 'file' in entry ? 'file' : 'folder' in entry ? 'folder' : 'other',
      executable: 'folder' in entry || ('file' in entry && entry.runs === true),
      replaceable: owners.some((owner) => owner !== 'root'),
      shared: owners.includes('other'),
      sizeBytes: 'file' in entry ? entry.file.length : 0,
      modifiedAtMs: last.changed,
      components,
    };
  };

  const content = (path: string): string | null => {
    const traced = trace(path);
    const entry = traced.found ? look(traced.realPath)?.entry : undefined;
    return entry !== undefined && 'file' in entry ? entry.file : null;
  };

  const disk: FakeDisk = {
    set,
    once: () => disk,
    trace: (path) => Promise.resolve(trace(path)),
    peek: (path, bytes) => {
      const text = content(path);
      return Promise.resolve(text === null ? null : Buffer.from(text).subarray(0, bytes));
    },
    read: (path, { limit, keep }) => {
      const text = content(path);
      if (text === null) {
        const traced = trace(path);
        return Promise.resolve({ ok: false, problem: traced.found ? 'not-regular' : traced.problem });
      }
      const bytes = Buffer.from(text);
      if (bytes.length > limit) return Promise.resolve({ ok: false, problem: 'too-large' });
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return Promise.resolve({ ok: true, sha256, head: bytes.subarray(0, keep), sizeBytes: bytes.length });
    },
  };
  return disk;
}

const missing = { found: false, problem: 'missing' } as const;
const ownerOf = (path: string): Owner =>
  /^\/(?:home|Users|tmp|private\/tmp)\/./.test(path) ? 'user' : 'root';
/** Every folder that a path is in. */
const above = (path: string): string[] => (path === '/' ? [] : [dirname(path), ...above(dirname(path))]);
