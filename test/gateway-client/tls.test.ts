import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

import { selfSignedCertificate } from '../gateway-practice/self-signed-certificate.ts';
import { nodeWithCode, practiceGateway } from './node-under-test.ts';

const certificate = selfSignedCertificate();
const other = selfSignedCertificate();

test('with its certificate pinned, a gateway that no authority vouches for is trusted', async () => {
  const gateway = await practiceGateway({ certificate });
  const node = await nodeWithCode(gateway.setupCode({ tlsFingerprint: certificate.fingerprint }));
  node.connection.start();
  await node.reaches('awaiting-approval');
});

test('without a pin it is not, and it hears nothing', async () => {
  const gateway = await practiceGateway({ certificate });
  const node = await nodeWithCode(gateway.setupCode());
  node.connection.start();
  expect((await node.reaches('offline')).problem).toBe('certificate-untrusted');
  expect(gateway.requests).toBe(0);
});

test('another certificate than the pinned one stops everything, and hears nothing', async () => {
  const gateway = await practiceGateway({ certificate });
  const node = await nodeWithCode(gateway.setupCode({ tlsFingerprint: other.fingerprint }));
  node.connection.start();
  expect((await node.reaches('refused')).problem).toBe('certificate-mismatch');
  expect(gateway.requests).toBe(0);
});

test('another certificate at the first address does not keep the second one from being tried', async () => {
  const impostor = await practiceGateway({ certificate: other });
  const gateway = await practiceGateway({ certificate });
  const { fingerprint } = certificate;
  const node = await nodeWithCode(
    gateway.setupCode({ url: impostor.url, urls: [gateway.url], tlsFingerprint: fingerprint }),
  );
  node.connection.start();
  await node.reaches('awaiting-approval');
  expect(impostor.requests).toBe(0);
});

test('an address that does not answer does not hide the wrong certificate at another', async () => {
  const impostor = await practiceGateway({ certificate: other });
  const nobody = 'wss://127.0.0.1:1';
  const { fingerprint } = certificate;
  const node = await nodeWithCode(impostor.setupCode({ urls: [nobody], tlsFingerprint: fingerprint }));
  node.connection.start();
  expect((await node.reaches('refused')).problem).toBe('certificate-mismatch');
});

test('a gateway without TLS is not a wss gateway', async () => {
  const gateway = await practiceGateway();
  const node = await nodeWithCode(gateway.setupCode({ url: gateway.url.replace('ws:', 'wss:') }));
  node.connection.start();
  expect((await node.reaches('offline')).problem).toBe('unreachable');
});

// Whom the system trusts is settled when a process starts.
test.each([
  ['its own name', ['localhost'], 'upgraded'],
  ['another name', ['elsewhere.example'], 'certificate-untrusted'],
])(
  'an authority that the system trusts vouches for a certificate with %s: %s',
  async (_what, names, result) => {
    const vouched = selfSignedCertificate(names);
    const gateway = await practiceGateway({ certificate: vouched });
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-tls-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const bundle = join(folder, 'dial.mjs');
    const authority = join(folder, 'authority.pem');
    await writeFile(authority, vouched.cert);
    await build({
      stdin: {
        contents: `
        import { dial } from './main/gateway/dial.ts';
        import { parseGatewayAddress } from './main/gateway/gateway-address.ts';
        const address = parseGatewayAddress(process.argv[2], { allowPlaintext: false });
        const options = { tlsFingerprint: null, signal: new AbortController().signal };
        dial(address, options).then(
          (channel) => { console.log('upgraded'); channel.terminate(); },
          (error) => console.log(error.failure.problem),
        );`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire('/');" },
      outfile: bundle,
    });
    const url = gateway.url.replace('127.0.0.1', 'localhost');
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
    const { stdout } = await promisify(execFile)(process.execPath, [bundle, url], { env });
    expect(stdout.trim()).toBe(result);
  },
);
