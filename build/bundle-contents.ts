import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { getRawHeader } from '@electron/asar';
import { z } from 'zod';

import { shippedPackages } from './shipped-packages.ts';

/** The only file outside the archive. */
export const ADDON = 'node_modules/keytar/build/Release/keytar.node';

/** Without these the app does not start, or cannot ask. */
const NEEDED = [
  'package.json',
  'dist/main/main.js',
  'dist/main/shell/tree-sitter-bash.wasm',
  ...['prompt', 'pairing', 'settings', 'incident'].flatMap((role) => [
    `dist/preload/${role}.cjs`,
    `dist/renderer/${role}/index.html`,
    `dist/renderer/${role}/${role}.js`,
    `dist/renderer/${role}/${role}.css`,
  ]),
  ADDON,
];

interface Folder {
  readonly files: Readonly<Record<string, Entry>>;
}
type Entry = Folder | { readonly unpacked?: boolean | undefined; readonly link?: string | undefined };

const entry: z.ZodType<Entry> = z.lazy(() =>
  z.union([
    z.object({ files: z.record(z.string(), entry) }),
    z.object({ unpacked: z.boolean().optional(), link: z.string().optional() }),
  ]),
);

/**
 * What is wrong with what a bundle holds: the archive against its hash, every file in it against what may be there, and
 * whatever else the app could load.
 * @param root of the checkout that the bundle was made from.
 * @param sealed the archive's hash, from Info.plist.
 */
export function contentProblems(app: string, root: string, sealed: string): string[] {
  const resources = join(app, 'Contents/Resources');
  const { header, headerString } = getRawHeader(join(resources, 'app.asar'));
  const hash = createHash('sha256').update(headerString).digest('hex');
  const files = [...filesIn(entry.parse(header), '')];
  const names = new Set(files.map(({ path }) => path));
  const packages = shippedPackages(root);
  const mayShip = shipping(packages);
  const needed = [...NEEDED, ...[...packages].map((name) => `node_modules/${name}/package.json`)];
  return [
    ...(hash === sealed ? [] : ['app.asar: not what Info.plist says it is']),
    ...needed.filter((path) => !names.has(path)).map((path) => `app.asar: ${path} is missing`),
    ...[...names].filter((path) => !mayShip(path)).map((path) => `app.asar: ${path} does not belong there`),
    ...files.filter(({ link }) => link).map(({ path }) => `app.asar: ${path} is a link`),
    ...files
      .filter(({ path, unpacked }) => unpacked !== (path === ADDON))
      .map(({ path }) => `app.asar: ${path} is on the wrong side of the archive`),
    ...besides(resources),
  ];
}

function* filesIn(
  folder: Entry,
  above: string,
): Generator<{ path: string; unpacked: boolean; link: boolean }> {
  if (!('files' in folder)) return;
  for (const [name, found] of Object.entries(folder.files)) {
    const path = `${above}${name}`;
    if ('files' in found) yield* filesIn(found, `${path}/`);
    else yield { path, unpacked: found.unpacked === true, link: found.link !== undefined };
  }
}

function shipping(packages: ReadonlySet<string>): (path: string) => boolean {
  return (path) => {
    if (/\.(?:map|[mc]?ts)$/.test(path)) return false;
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (name !== undefined) return packages.has(name);
    return path === 'package.json' || /^dist\/(?:main|preload|renderer|icons)\//.test(path);
  };
}

/** Code that lies beside the archive: Electron loads a folder `app` and `default_app.asar` where a fuse lets it. */
function besides(resources: string): string[] {
  const loose = readdirSync(resources).filter(
    (name) => name === 'app' || (name.endsWith('.asar') && name !== 'app.asar'),
  );
  const beside = join(resources, 'app.asar.unpacked');
  const unpacked = (
    existsSync(beside) ? readdirSync(beside, { recursive: true, encoding: 'utf8' }) : []
  ).filter((path) => path !== ADDON && !lstatSync(join(beside, path)).isDirectory());
  return [...loose, ...unpacked].map((name) => `Resources: ${name} does not belong there`);
}
