import type { Series } from './series.ts';

/** Columns as wide as they need to be: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

export function seriesRow({ what, p50Ms, p95Ms, perSecond }: Series, ratio: string): string[] {
  return [what, ms(p50Ms), ms(p95Ms), perSecond === null ? '' : rate(perSecond), ratio];
}

export const rate = (perSecond: number): string => `${perSecond.toFixed(perSecond < 100 ? 1 : 0)} /s`;

const ms = (value: number): string =>
  value >= 100
    ? `${value.toFixed(0)} ms`
    : value >= 1
      ? `${value.toFixed(1)} ms`
      : `${(value * 1000).toFixed(0)} us`;
export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
export const times = (ours: number, floor: number): string => `${(ours / floor).toFixed(1)} x`;
