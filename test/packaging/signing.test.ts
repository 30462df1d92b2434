import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import plist from 'plist';
import { describe, expect, it, test } from 'vitest';

import { builderConfig } from '../../build/electron-builder.ts';
import { packagingRefusal } from '../../build/packaging-needs.mjs';
import { signingFrom } from '../../build/signing.ts';

const root = join(import.meta.dirname, '../..');

describe('how it is signed depends on the environment alone', () => {
  it.each([
    [{}, { identity: 'ad-hoc', notarize: false }],
    [{ CSC_LINK: '' }, { identity: 'ad-hoc', notarize: false }],
    [{ CSC_NAME: 'The Latchkey authors' }, { identity: 'developer-id', notarize: false }],
    [
      { CSC_LINK: 'file:///c.p12', APPLE_ID: 'a@example.com' },
      { identity: 'developer-id', notarize: true },
    ],
    [
      { CSC_LINK: 'file:///c.p12', APPLE_API_KEY: '/k.p8' },
      { identity: 'developer-id', notarize: true },
    ],
    [
      { CSC_NAME: 'x', APPLE_KEYCHAIN_PROFILE: 'notary' },
      { identity: 'developer-id', notarize: true },
    ],
  ])('%j', (env, signing) => {
    expect(signingFrom(env)).toEqual(signing);
  });

  it('and a notary without a certificate is a mistake', () => {
    expect(() => signingFrom({ APPLE_ID: 'a@example.com' })).toThrow('set CSC_LINK or CSC_NAME as well');
  });
});

test('for other Macs: hardened, with a certificate or not at all', () => {
  const { mac } = builderConfig({ identity: 'developer-id', notarize: true });
  expect(mac).toMatchObject({ hardenedRuntime: true, forceCodeSigning: true, notarize: true });
  expect(mac).not.toHaveProperty('identity');
});

test('ad hoc: for this Mac only, and its files are called that', () => {
  const { mac } = builderConfig({ identity: 'ad-hoc', notarize: false });
  expect(mac).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false });
  expect(mac?.artifactName).toContain('this-mac-only');
});

test('nothing is published, and Electron is only taken as its own package knows it', () => {
  const { publish, electronDownload } = builderConfig({ identity: 'ad-hoc', notarize: false });
  expect(publish).toBeNull();
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  for (const processor of ['arm64', 'x64']) {
    expect(electronDownload).toHaveProperty(
      ['checksums', `electron-v${version}-darwin-${processor}.zip`],
      expect.stringMatching(/^[0-9a-f]{64}$/),
    );
  }
});

test('app and helpers may compile code, and nothing else', () => {
  const { mac } = builderConfig({ identity: 'developer-id', notarize: true });
  for (const file of [mac?.entitlements, mac?.entitlementsInherit]) {
    expect(plist.parse(readFileSync(file ?? '', 'utf8'))).toEqual({
      'com.apple.security.cs.allow-jit': true,
    });
  }
});

test.each([
  ['linux', '24.21.0', 'Packaging needs a Mac'],
  ['win32', '24.21.0', 'Packaging needs a Mac'],
  ['darwin', '20.20.2', 'Packaging needs Node 24 or newer, and this is 20.20.2.'],
] as const)('packaging on %s with Node %s ends with a sentence', (platform, node, sentence) => {
  expect(packagingRefusal({ platform, node })).toContain(sentence);
});

test('packaging on a Mac with Node 24 is not refused', () => {
  expect(packagingRefusal({ platform: 'darwin', node: '24.0.0' })).toBeNull();
});

test.runIf(process.platform !== 'darwin')('the command says so and builds nothing', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'build/package.mjs')], {
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr: stderr.trim().split('\n') }).toEqual({
    status: 1,
    stdout: '',
    stderr: [expect.stringContaining('needs a Mac')],
  });
});
