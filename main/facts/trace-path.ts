import { accessSync, type BigIntStats, constants, lstatSync, readlinkSync } from 'node:fs';
import { access, lstat, readlink } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';

import type { Component } from '../request/assessment.ts';
import type { Problem, Trace } from './file-facts.ts';
import { inLookSlot } from './slots.ts';
import { isOfTheSystem } from './system-folders.ts';

/** After so long a disk counts as hanging. */
const LOOK_MS = 2000;
const MOST_LINKS = 40;
/** How many components are looked at side by side, before it is known that the first ones are there. */
const LOOKS_AHEAD = 16;

/** Users whose write access is not reported: root, and this user where only others matter. */
export interface Who {
  readonly uid: number;
  /** Groups whose members can become root anyway: writing as one of them is writing as root. */
  readonly rootGroups: readonly number[];
}

/** What is at a path itself, no link followed. */
export type Look = (path: string) => Promise<BigIntStats>;

export const lookAt: Look = async (path) =>
  isOfTheSystem(path)
    ? lstatSync(path, { bigint: true })
    : inLookSlot(LOOK_MS, () => lstat(path, { bigint: true }));

/** Follows a path component by component, as the kernel does, and notes each file, folder and link on the way. */
export async function tracePath(path: string, who: Who, look = lookAt): Promise<Trace> {
  if (!isAbsolute(path) || path.includes('\0')) return { found: false, problem: 'missing' };
  const components: Component[] = [];
  const stats: BigIntStats[] = [];
  const soon = lookingAhead(look);
  const note = async (at: string): Promise<BigIntStats> => {
    const stat = await soon.at(at);
    components.push(componentOf(at, stat));
    stats.push(stat);
    return stat;
  };
  let next = '/';
  const ahead = path.split('/').reverse();
  try {
    let real = '/';
    soon.start(real, ahead);
    let last = await note(real);
    let links = 0;
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
      if (name === '' || name === '.') continue;
      if (!last.isDirectory()) return { found: false, problem: 'missing' };
      if (name === '..') {
        real = dirname(real);
        last = await note(real);
        continue;
      }
      next = below(real, name);
      if (dependsOnWhoLooks(next)) return { found: false, problem: 'not-regular' };
      const stat = await note(next);
      if (!stat.isSymbolicLink()) {
        real = next;
        last = stat;
        continue;
      }
      if (++links > MOST_LINKS) return { found: false, problem: 'loop' };
      const target = isOfTheSystem(next)
        ? readlinkSync(next)
        : await inLookSlot(LOOK_MS, () => readlink(next));
      ahead.push(...target.split('/').reverse());
      if (target.startsWith('/')) real = '/';
      soon.start(real, ahead);
      if (target.startsWith('/')) last = await note(real);
    }
    if (path.endsWith('/') && !last.isDirectory()) return { found: false, problem: 'missing' };
    const onlyRoots = stats.every((stat) => writers(stat, who) === 'root');
    const [executable, writable] = await Promise.all([
      may(real, constants.X_OK),
      onlyRoots && mayWriteAsUser(real, who),
    ]);
    return {
      found: true,
      realPath: real,
      kind: last.isFile() ? 'file' : last.isDirectory() ? 'folder' : 'other',
      executable,
      replaceable: !onlyRoots || writable,
      shared: stats.some((stat) => writers(stat, who) === 'others'),
      sizeBytes: Number(last.size),
      modifiedAtMs: Number(last.mtimeMs),
      components,
    };
  } catch (error) {
    const problem = problemOf(error);
    return problem === 'missing'
      ? { found: false, problem, leadsTo: resolve(next, ...ahead.reverse()) }
      : { found: false, problem };
  }
}

const below = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`);

/** The command would find its own folder there, and its own open files. */
const dependsOnWhoLooks = (path: string): boolean => /^\/(?:proc|dev\/fd)$/i.test(path);

/** Starts the looks that will probably be needed side by side: most of the time goes into waiting for one after the other. */
function lookingAhead(look: Look): { start(from: string, reversed: readonly string[]): void; at: Look } {
  const started = new Map<string, Promise<BigIntStats>>();
  const at: Look = (path) => {
    let answer = started.get(path);
    if (answer === undefined) {
      answer = look(path);
      // Behind a link or a missing folder nobody asks for it any more.
      answer.catch(() => undefined);
      started.set(path, answer);
    }
    return answer;
  };
  return {
    at,
    start: (from, reversed) => {
      void at(from);
      let path = from;
      for (const name of reversed.slice(-LOOKS_AHEAD).reverse()) {
        if (name === '..') return;
        if (name === '' || name === '.') continue;
        path = below(path, name);
        if (dependsOnWhoLooks(path)) return;
        if (!isOfTheSystem(path)) void at(path);
      }
    },
  };
}

/** Who, by owner and mode, can change a component or what it is called. */
function writers(stat: BigIntStats, { uid, rootGroups }: Who): 'root' | 'user' | 'others' {
  const owner = Number(stat.uid);
  if (owner !== 0 && owner !== uid) return 'others';
  const mode = Number(stat.mode);
  // In a sticky folder nobody renames or removes what is not theirs; a link's own mode means nothing.
  const sticky = stat.isDirectory() && (mode & 0o1000) !== 0;
  if (!stat.isSymbolicLink() && !sticky) {
    if ((mode & 0o002) !== 0) return 'others';
    if ((mode & 0o020) !== 0 && !rootGroups.includes(Number(stat.gid))) return 'others';
  }
  return owner === 0 ? 'root' : 'user';
}

/** Access lists can grant what owner and mode do not show. */
async function mayWriteAsUser(path: string, { uid }: Who): Promise<boolean> {
  if (uid === 0) return false;
  const [file, folder] = await Promise.all([may(path, constants.W_OK), may(dirname(path), constants.W_OK)]);
  return file || folder;
}

async function may(path: string, mode: number): Promise<boolean> {
  try {
    if (isOfTheSystem(path)) accessSync(path, mode);
    else await inLookSlot(LOOK_MS, () => access(path, mode));
    return true;
  } catch {
    return false;
  }
}

function componentOf(path: string, stat: BigIntStats): Component {
  return {
    path,
    kind: stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'folder' : 'file',
    dev: String(stat.dev),
    ino: String(stat.ino),
    size: String(stat.size),
    changedNs: String(stat.ctimeNs),
    bornNs: String(stat.birthtimeNs),
  };
}

/** Brings an error of the file system into our words. */
export function problemOf(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return 'missing';
    case 'EACCES':
    case 'EPERM':
      return 'forbidden';
    case 'ELOOP':
      return 'loop';
    case 'EISDIR':
    case 'ENXIO':
      return 'not-regular';
    case 'ETIMEDOUT':
      return 'too-slow';
    default:
      return 'unreadable';
  }
}
