/** One call of an API that has no effect here, for a test to look at. */
export interface Call {
  readonly api: string;
  readonly args: readonly unknown[];
}

/** What the launcher and the stand-in's own tests reach as `globalThis.electronStandin`. */
export interface Control {
  readonly calls: readonly Call[];
  /** Requests that no protocol handler took; none of them left the machine. */
  readonly refusedRequests: readonly string[];
  /** Starts Chromium and makes the app ready. */
  start(): Promise<void>;
}

declare global {
  var electronStandin: Control;
}

const calls: Call[] = [];
const refusedRequests: string[] = [];

/** For APIs whose effect only a Mac has: nothing happens, but that it was called is known. */
export function record(api: string, ...args: readonly unknown[]): void {
  calls.push({ api, args });
}

export function recordRefusedRequest(url: string): void {
  refusedRequests.push(url);
}

/** Says on stderr what went wrong inside the stand-in or the page; the driver shows it with a failing test. */
export function complain(what: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`[electron stand-in] ${what}: ${text}\n`);
}

export function installControl(start: () => Promise<void>): void {
  globalThis.electronStandin = { calls, refusedRequests, start };
}
