import { resolve } from 'node:path';

/** Electron's command line: `electron [-r module]… [switches] <app> [arguments]`. */
export interface CommandLine {
  /** Folder or file of the app, absolute. */
  readonly app: string | null;
  /** Modules to load before the app. */
  readonly requires: readonly string[];
  /** Port of Node's inspector, 0 for any; null when it was not asked for. */
  readonly inspectPort: number | null;
  /** Chromium's switches without their dashes; they count wherever they stand, as in Chromium. */
  readonly switches: ReadonlyMap<string, string>;
}

export function parseCommandLine(args: readonly string[]): CommandLine {
  const requires: string[] = [];
  const switches = new Map<string, string>();
  let app: string | null = null;
  let inspectPort: number | null = null;

  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const [, name = '', value = ''] = /^--([^=]+)=?(.*)$/s.exec(arg) ?? [];
    if (arg === '-r' || arg === '--require') requires.push(args[(i += 1)] ?? '');
    else if (name === 'inspect') inspectPort = Number(/\d*$/.exec(value)?.[0] ?? '9229');
    else if (name !== '') switches.set(name, value);
    else if (app === null && !arg.startsWith('-')) app = resolve(arg);
  }
  return { app, requires, inspectPort, switches };
}
