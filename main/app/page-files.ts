import type { WindowRole } from '../ipc/contract.ts';
import { pageUrl } from '../ipc/sender.ts';

export interface PageFile {
  /** Below the folder of the built windows. */
  readonly path: string;
  readonly type: string;
}

const roles: readonly WindowRole[] = ['prompt', 'pairing', 'settings', 'incident'];

/** Every address there is. Looked up whole: no path is ever put together from an address. */
const FILES: ReadonlyMap<string, PageFile> = new Map(
  roles.flatMap((role): [string, PageFile][] => {
    const beside = (name: string) => new URL(name, pageUrl(role)).href;
    return [
      [pageUrl(role), { path: `${role}/index.html`, type: 'text/html; charset=utf-8' }],
      [beside(`${role}.js`), { path: `${role}/${role}.js`, type: 'text/javascript; charset=utf-8' }],
      [beside(`${role}.css`), { path: `${role}/${role}.css`, type: 'text/css; charset=utf-8' }],
    ];
  }),
);

/** The file behind an address; null for every other one. */
export const pageFile = (url: string): PageFile | null => FILES.get(url) ?? null;

export const pageFiles = (): readonly PageFile[] => [...FILES.values()];

/** SECURITY(electron-7): nothing but the window's own script and style sheet; no string ever becomes markup or code. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

export const PAGE_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const;
