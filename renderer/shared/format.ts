/** Minutes and seconds that are left, `1:42`; never below zero. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const DAY_MS = 86_400_000;

/** A moment as a person would say it: the day only if it is not today, the year only if it is not this one. */
export function moment(ms: number, nowMs: number, locale: string): string {
  const then = new Date(ms);
  const now = new Date(nowMs);
  const today = then.toDateString() === now.toDateString();
  const nearby = Math.abs(nowMs - ms) < 300 * DAY_MS && then.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, {
    ...(today ? {} : { day: 'numeric', month: 'short', ...(nearby ? {} : { year: 'numeric' }) }),
    hour: 'numeric',
    minute: '2-digit',
  }).format(then);
}

/** A stretch of time in the largest unit that says it whole. */
export function duration(ms: number, locale: string): string {
  const seconds = Math.round(ms / 1000);
  const [value, unit] = seconds >= 60 && seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

export function fileSize(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}
