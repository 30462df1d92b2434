import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import checksums from 'electron/checksums.json' with { type: 'json' };
import type { Configuration } from 'electron-builder';

import { electronFuses } from './fuses.ts';
import { APP_ID, LOCAL_NETWORK, tightenInfoPlist, URL_SCHEME } from './info-plist.ts';
import { shippedPackages } from './shipped-packages.ts';
import type { Signing } from './signing.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where the bundles and images end up: beside what they are made of, and so deleted by the next build. */
export const OUTPUT = join(root, 'dist/package');

/** What electron-builder is told. Nothing is published, whatever the environment says. */
export function builderConfig({ identity, notarize }: Signing): Configuration {
  return {
    appId: APP_ID,
    productName: 'Latchkey',
    copyright: 'The Latchkey authors',
    directories: { output: OUTPUT, buildResources: join(root, 'build') },
    publish: null,
    // What Electron's own package says its archives are: the lock file pins that package.
    electronDownload: { checksums },
    // The one addon is compiled from the source that the lock file pins, once for each kind of processor.
    npmRebuild: true,
    buildDependenciesFromSource: true,

    files: [
      'package.json',
      'dist/{main,preload,renderer,icons}/**/*',
      '!**/*.{map,ts,mts,cts}',
      ...unneeded(),
    ],
    // An addon has to be a file: from inside the archive Electron would copy it to a temporary folder and load it there,
    // unsigned. Outside, the signature covers it, which the archive's hash does not.
    asar: { smartUnpack: false },
    asarUnpack: ['node_modules/keytar/build/Release/keytar.node'],
    electronFuses,
    electronLanguages: ['en', 'ko'],
    // Before the fuses are flipped and the bundle is signed. electron-builder writes NSAllowsArbitraryLoads after all that
    // the configuration can say about Info.plist.
    afterPack: ({ appOutDir }) => {
      tightenInfoPlist(join(appOutDir, 'Latchkey.app'));
    },

    protocols: [{ name: 'Pairing with an OpenClaw gateway', schemes: [URL_SCHEME], role: 'Viewer' }],
    mac: {
      target: ['dmg', 'zip'].map((target) => ({ target, arch: ['arm64', 'x64'] })),
      category: 'public.app-category.developer-tools',
      icon: 'build/icons/app-icon.png',
      darkModeSupport: true,
      extendInfo: { LSUIElement: true, ...LOCAL_NETWORK },
      // Ad hoc there is no team, and the hardened runtime would refuse the app's own framework.
      hardenedRuntime: identity !== 'ad-hoc',
      ...(identity === 'ad-hoc' && { identity: '-' }),
      forceCodeSigning: identity !== 'ad-hoc',
      strictVerify: true,
      // The same for the app and its helpers: V8 needs to compile, nothing needs more.
      entitlements: join(root, 'build/entitlements.plist'),
      entitlementsInherit: join(root, 'build/entitlements.plist'),
      notarize,
      artifactName:
        identity === 'ad-hoc'
          ? '${productName}-${version}-${arch}-this-mac-only.${ext}'
          : '${productName}-${version}-${arch}.${ext}',
    },
  };
}

/** Patterns for what installed packages hold and the running app never loads. */
function unneeded(): string[] {
  const shipped = new Set([...shippedPackages(root)].map((name) => name.replace(/\/.*/, '')));
  return [
    `!node_modules/!(${[...shipped].join('|')})/**`,
    '!node_modules/keytar/{src,*.gyp}',
    '!node_modules/keytar/build/!(Release)',
    '!node_modules/keytar/build/Release/!(keytar.node)',
    '!node_modules/web-tree-sitter/debug',
    '!node_modules/zod/src',
    '!node_modules/**/{benchmarks,fixtures,tsconfig.json,{test,bench,benchmark,example,eslint.config}.js}',
  ];
}
