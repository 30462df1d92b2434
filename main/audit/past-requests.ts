import type { AuditEntry } from './audit-entry.ts';
import { readJournal } from './journal-reader.ts';

type EntryOf<Kind extends AuditEntry['kind']> = Extract<AuditEntry, { kind: Kind }>;

/** What the record knows of one request that came with an idempotency key. */
export interface PastRequest {
  readonly request: EntryOf<'request'>;
  /** The last one; null: none was made. */
  readonly decision: EntryOf<'decision'> | null;
  /** Set: it was about to be started. Without `end` its outcome is unknown. */
  readonly start: EntryOf<'start'> | null;
  readonly end: EntryOf<'end'> | null;
}

/**
 * The requests with an idempotency key that arrived at `since` or later, in order: what has to be remembered over a restart.
 * Bad places in the record are passed over; what they held is not remembered. @throws {AuditError} when the record cannot be read.
 */
export async function readPastRequests(path: string, since: Date): Promise<PastRequest[]> {
  const found = new Map<string, PastRequest>();
  for await (const line of readJournal(path, since)) {
    if (line.kind === 'bad' || !('requestId' in line.entry)) continue;
    const { entry } = line;
    const known = found.get(entry.requestId);
    if (entry.kind === 'request') {
      if (entry.idempotencyKey === null || new Date(entry.at) < since || known !== undefined) continue;
      found.set(entry.requestId, { request: entry, decision: null, start: null, end: null });
    } else if (known !== undefined) {
      found.set(entry.requestId, withEntry(known, entry));
    }
  }
  return [...found.values()];
}

function withEntry(known: PastRequest, entry: AuditEntry): PastRequest {
  if (entry.kind === 'decision') return { ...known, decision: entry };
  if (entry.kind === 'start') return { ...known, start: entry };
  if (entry.kind === 'end') return { ...known, end: entry };
  return known;
}
