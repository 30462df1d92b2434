import type { Component } from '../request/assessment.ts';

/** All that the judgement knows of the disk. Everything is asynchronous, bounded in time, and never throws. */
export interface FileFacts {
  /** The same facts, each path and component looked at once: what is judged and what is bound are then one look. */
  once(): FileFacts;
  /** Follows an absolute path, link by link, to what is there. Opens nothing. */
  trace(path: string): Promise<Trace>;
  /** Opens a regular file without blocking and reads it once. */
  read(path: string, bounds: ReadBounds): Promise<ReadResult>;
  /** The first bytes of a regular file, unhashed; null when it cannot be read. */
  peek(path: string, bytes: number): Promise<Uint8Array | null>;
}

export type Trace =
  | FoundPath
  | {
      readonly found: false;
      readonly problem: Problem;
      /** Where something would come to be if it were made by that path: a link to nowhere is written through. */
      readonly leadsTo?: string;
    };

export interface FoundPath {
  readonly found: true;
  /** No link in any component. */
  readonly realPath: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** The user that runs this may execute (a file) or enter (a folder) it. */
  readonly executable: boolean;
  /** Somebody else than root can change what this path leads to: the file, a folder or a link on the way. */
  readonly replaceable: boolean;
  /** Somebody else than root and this user can. */
  readonly shared: boolean;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly components: readonly Component[];
}

export interface ReadBounds {
  /** More bytes than this: refused. */
  readonly limit: number;
  /** How many bytes from the start to hand back. */
  readonly keep: number;
}

export type ReadResult =
  | {
      readonly ok: true;
      /** SHA-256 (hex) of all bytes. */
      readonly sha256: string;
      /** The first bytes of the very read that was hashed. */
      readonly head: Uint8Array;
      readonly sizeBytes: number;
    }
  | { readonly ok: false; readonly problem: Problem };

export type Problem =
  'missing' | 'forbidden' | 'loop' | 'not-regular' | 'two-files' | 'too-large' | 'too-slow' | 'unreadable';
