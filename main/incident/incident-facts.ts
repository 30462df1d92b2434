import type { AuditEntry } from '../audit/audit-entry.ts';
import { secretsTouched, type TouchedSecret } from './secrets-touched.ts';

export const PERIODS = ['hour', 'day', 'week', 'all'] as const;
export type Period = (typeof PERIODS)[number];

const PERIOD_MS: Readonly<Record<Period, number>> = {
  hour: 60 * 60_000,
  day: 24 * 60 * 60_000,
  week: 7 * 24 * 60 * 60_000,
  all: Number.POSITIVE_INFINITY,
};

/** A command waits for its answer at most so long: what is asked of it can stand so much before its start. */
const BEFORE_ITS_START_MS = 60 * 60_000;

/** Since when the record has to be read for a period that ends then. */
export const readSince = (period: Period, endMs: number): Date =>
  new Date(Math.max(0, endMs - PERIOD_MS[period] - BEFORE_ITS_START_MS));

type Of<Kind extends AuditEntry['kind']> = Extract<AuditEntry, { kind: Kind }>;

/** A command that was started. */
export interface IncidentRun {
  readonly atMs: number;
  readonly gatewayId: string;
  readonly agentId: string | null;
  readonly argv: readonly string[];
  readonly cwd: string | null;
  /** Who said yes: `person`, `rule`, `grant`, `policy`… */
  readonly by: string;
  /** Null: it still runs, or this program ended before it did. */
  readonly exitCode: number | null;
  readonly endedBy: string | null;
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
}

/** What the record says about a stretch of time, masked as the record is. */
export interface IncidentFacts {
  /** Null: the record holds nothing. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
  /** Oldest first. */
  readonly runs: readonly IncidentRun[];
  /** Requests that did not run. */
  readonly refused: number;
  /** Each once, with how many commands named it; what was named most often first. */
  readonly secrets: readonly (TouchedSecret & { readonly runs: number })[];
  /** Entries that went to save room, counted from the beginning of the record; null: none. */
  readonly dropped: { readonly entries: number; readonly untilMs: number | null } | null;
  /** Places in the record that could not be read. */
  readonly badPlaces: number;
}

/**
 * What happened in the period that ends with the last entry: by the record's own clock, so that the same record always
 * says the same.
 */
export function incidentFacts(
  entries: readonly AuditEntry[],
  period: Period,
  badPlaces: number,
): IncidentFacts {
  const times = entries.map(({ at }) => Date.parse(at));
  const toMs = times.reduce((latest, time) => Math.max(latest, time), -Infinity);
  const dropped = droppedFrom(entries);
  if (!Number.isFinite(toMs)) return { span: null, runs: [], refused: 0, secrets: [], dropped, badPlaces };
  const fromMs = Math.max(
    times.reduce((first, time) => Math.min(first, time), Infinity),
    toMs - PERIOD_MS[period],
  );
  const within = entries.filter((_, index) => (times[index] ?? 0) >= fromMs);

  const requests = byRequest(entries, 'request');
  const bindings = byRequest(entries, 'binding');
  const decisions = byRequest(entries, 'decision');
  const ends = byRequest(entries, 'end');
  const started = within.filter((entry): entry is Of<'start'> => entry.kind === 'start');
  const ran = started.filter(({ requestId }) => !didNotStart(ends.get(requestId)));
  const runs = ran.map(({ requestId, at, gatewayId }): IncidentRun => {
    const request = requests.get(requestId);
    const end = ends.get(requestId);
    return {
      atMs: Date.parse(at),
      gatewayId,
      agentId: request?.agentId ?? null,
      argv: request?.argv ?? [],
      cwd: bindings.get(requestId)?.cwd ?? request?.cwd ?? null,
      by: decisions.get(requestId)?.by.who ?? 'unknown',
      exitCode: end?.exitCode ?? null,
      endedBy: end?.endedBy ?? null,
      files: bindings.get(requestId)?.operands ?? [],
    };
  });
  const asked = within.filter(({ kind }) => kind === 'request').length;
  return {
    span: { fromMs, toMs },
    runs,
    refused: Math.max(0, asked - runs.length),
    secrets: counted(
      ran.flatMap(({ requestId }, index) => {
        const { argv = [], files = [] } = runs[index] ?? {};
        const names = Object.keys(requests.get(requestId)?.env ?? {});
        return once(
          secretsTouched(
            argv,
            names,
            files.map(({ path }) => path),
          ),
        );
      }),
    ),
    dropped,
    badPlaces,
  };
}

function droppedFrom(entries: readonly AuditEntry[]): IncidentFacts['dropped'] {
  const said = entries.filter((entry): entry is Of<'dropped'> => entry.kind === 'dropped');
  const latest = said.toSorted((a, b) => a.throughSeq - b.throughSeq).at(-1);
  if (latest === undefined) return null;
  const { throughSeq, throughAt } = latest;
  return { entries: throughSeq, untilMs: throughAt === null ? null : Date.parse(throughAt) };
}

/** Recorded as a start, and then nothing ran after all. */
const didNotStart = (end: Of<'end'> | undefined): boolean => end?.exitCode === null && end.error !== null;

function byRequest<Kind extends 'request' | 'binding' | 'decision' | 'end'>(
  entries: readonly AuditEntry[],
  kind: Kind,
): ReadonlyMap<string, Of<Kind>> {
  const isOne = (entry: AuditEntry): entry is Of<Kind> => entry.kind === kind;
  return new Map(
    entries.flatMap((entry) => (isOne(entry) && 'requestId' in entry ? [[entry.requestId, entry]] : [])),
  );
}

const keyOf = ({ kind, name }: TouchedSecret) => `${kind} ${name}`;

const once = (secrets: readonly TouchedSecret[]): readonly TouchedSecret[] => [
  ...new Map(secrets.map((secret) => [keyOf(secret), secret])).values(),
];

function counted(secrets: readonly TouchedSecret[]): IncidentFacts['secrets'] {
  const counts = new Map<string, TouchedSecret & { runs: number }>();
  for (const secret of secrets) {
    const known = counts.get(keyOf(secret));
    counts.set(keyOf(secret), { ...secret, runs: (known?.runs ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.runs - a.runs || (keyOf(a) < keyOf(b) ? -1 : 1));
}
