import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extractAll, getRawHeader, listPackage } from '@electron/asar';
import { Arch, build, Platform } from 'electron-builder';
import plist from 'plist';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { builderConfig } from '../../build/electron-builder.ts';
import { shippedPackages } from '../../build/shipped-packages.ts';
import { fileProblems } from '../../build/verify-bundle.ts';
import { dummyElectron, readFuses, WANTED_FUSES } from './dummy-electron.ts';

const root = join(import.meta.dirname, '../..');
const ADDON = 'node_modules/keytar/build/Release/keytar.node';

// An optional dependency where tests run, but not in what is shipped.
describe.skipIf(!existsSync(join(root, ADDON)))(
  'the bundle that electron-builder makes',
  { timeout: 60_000 },
  () => {
    let folder: string;
    let app: string;
    let files: readonly string[];
    let info: Record<string, unknown>;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'latchkey-package-'));
      const config = builderConfig({ identity: 'developer-id', notarize: true });
      await build({
        targets: Platform.MAC.createTarget('dir', Arch.x64),
        projectDir: root,
        publish: 'never',
        config: {
          ...config,
          directories: { ...config.directories, output: join(folder, 'out') },
          // What electron-builder would download: Electron, its headers to compile keytar, a converter for the icon.
          electronDist: dummyElectron(join(folder, 'electron')),
          npmRebuild: false,
          mac: { ...config.mac, icon: null },
        },
      });
      app = join(folder, 'out/mac/Latchkey.app');
      files = listPackage(join(app, 'Contents/Resources/app.asar'), { isPack: false });
      info = plist.parse(readFileSync(join(app, 'Contents/Info.plist'), 'utf8')) as Record<string, unknown>;
    }, 120_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('passes every check of its files', async () => {
      expect(await fileProblems(app)).toEqual([]);
    });

    it('is a menu-bar app that opens pairing links', () => {
      expect(info).toMatchObject({
        CFBundleIdentifier: 'dev.latchkey.app',
        CFBundleName: 'Latchkey',
        LSUIElement: true,
        CFBundleURLTypes: [{ CFBundleURLSchemes: ['oc-pair'] }],
      });
    });

    it('asks for nothing but to look for gateways nearby, and allows no plain connections', () => {
      expect(Object.keys(info).filter((key) => key.endsWith('UsageDescription'))).toEqual([
        'NSLocalNetworkUsageDescription',
      ]);
      expect(info['NSBonjourServices']).toEqual(['_openclaw-gw._tcp']);
      expect(info['NSAppTransportSecurity']).toEqual({ NSAllowsArbitraryLoads: false });
    });

    it('names the hash of its archive', () => {
      const { headerString } = getRawHeader(join(app, 'Contents/Resources/app.asar'));
      const hash = createHash('sha256').update(headerString).digest('hex');
      expect(info['ElectronAsarIntegrity']).toEqual({ 'Resources/app.asar': { algorithm: 'SHA256', hash } });
    });

    it('has every fuse as the table says', () => {
      expect(
        readFuses(join(app, 'Contents/Frameworks/Electron Framework.framework/Electron Framework')),
      ).toBe(WANTED_FUSES);
    });

    it('holds no tests, no sources, no maps, and nothing of the project but what runs', () => {
      const top = files.filter((path) => /^\/[^/]+$|^\/dist\/[^/]+$/.test(path));
      expect(top.toSorted()).toEqual(
        [
          '/dist',
          '/dist/icons',
          '/dist/main',
          '/dist/preload',
          '/dist/renderer',
          '/node_modules',
          '/package.json',
        ].toSorted(),
      );
      expect(
        files.filter((path) => /\.([mc]?ts|map|cc|gyp|o|a)$|\/(test|tests)(\/|$)|\.test\./.test(path)),
      ).toEqual([]);
    });

    it('holds the packages that it loads, and none that only build or test', () => {
      const packages = new Set(
        files.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^@/]+)/.exec(path)?.[1] ?? []),
      );
      expect(packages).toEqual(shippedPackages(root));
      const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
        readFileSync(join(root, 'package.json'), 'utf8'),
      ) as Record<string, Record<string, string>>;
      expect([...packages]).toEqual(
        expect.arrayContaining(Object.keys({ ...dependencies, ...optionalDependencies })),
      );
      expect(Object.keys(devDependencies ?? {}).filter((name) => packages.has(name))).toEqual([]);
      expect([...packages].filter((name) => /^(prebuild|tar-|semver|node-a)/.test(name))).toEqual([]);
    });

    it('can do its work with nothing but what was packed', () => {
      const unpacked = join(folder, 'unpacked');
      extractAll(join(app, 'Contents/Resources/app.asar'), unpacked);
      const explained = spawnSync(process.execPath, ['dist/main/explain.js'], {
        cwd: unpacked,
        encoding: 'utf8',
        input: `${JSON.stringify({ command: ['/bin/sh', '-c', 'id && true'] })}\n`,
      });
      expect(explained.stderr).toBe('');
      expect(JSON.parse(explained.stdout)).toMatchObject({ verdict: 'prompt', segments: [{}, {}] });

      const script = `for (const name of ${JSON.stringify([...shippedPackages(root)])}) await import(name);`;
      const loaded = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: unpacked,
        encoding: 'utf8',
      });
      expect(loaded.stderr).toBe('');
      expect(loaded.status).toBe(0);
    });

    describe('is refused', () => {
      const resources = 'Contents/Resources';
      const put = (path: string) => (copy: string) => {
        mkdirSync(join(copy, path, '..'), { recursive: true });
        writeFileSync(join(copy, path), '');
      };
      const changePlist = (change: object) => (copy: string) => {
        writeFileSync(join(copy, 'Contents/Info.plist'), plist.build({ ...info, ...change }));
      };

      it.each<[string, (copy: string) => void, string]>([
        [
          'with a folder of code beside the archive',
          put(`${resources}/app/main.js`),
          'app does not belong there',
        ],
        ['with another archive', put(`${resources}/default_app.asar`), 'default_app.asar does not belong'],
        ['with another addon', put(`${resources}/app.asar.unpacked/x.node`), 'x.node does not belong'],
        ['with a changed archive', renameInHeader, 'not what Info.plist says'],
        ['with a Dock icon', changePlist({ LSUIElement: false }), 'LSUIElement'],
        [
          'with a text for the camera',
          changePlist({ NSCameraUsageDescription: 'x' }),
          'NSCameraUsageDescription',
        ],
        ['without its hash', changePlist({ ElectronAsarIntegrity: {} }), 'ElectronAsarIntegrity'],
        ['with another link scheme', changePlist({ CFBundleURLTypes: [] }), 'CFBundleURLTypes'],
        [
          'with plain connections allowed',
          changePlist({ NSAppTransportSecurity: { NSAllowsArbitraryLoads: true } }),
          'NSAllowsArbitraryLoads',
        ],
      ])('%s', async (_what, change, problem) => {
        const copy = join(mkdtempSync(join(folder, 'copy-')), 'Latchkey.app');
        cpSync(app, copy, { recursive: true });
        change(copy);
        expect((await fileProblems(copy)).join('\n')).toContain(problem);
      });

      function renameInHeader(copy: string): void {
        const archive = join(copy, resources, 'app.asar');
        const bytes = readFileSync(archive);
        bytes.write('xplain.js', bytes.indexOf('explain.js'));
        writeFileSync(archive, bytes);
      }
    });
  },
);
