import { inspect } from 'node:util';

import { expect, test } from 'vitest';

import { describeConnection } from '../../main/pairing/gateway-status.ts';
import { offerFromAddress } from '../../main/pairing/pairing-offer.ts';
import type { WireError } from '../gateway-practice/connect-verdict.ts';
import { nodeWith, pairedNode, practiceGateway, restarted, RULES } from './node-under-test.ts';

const mismatch = (message: string): WireError => ({
  code: 'INVALID_REQUEST',
  message,
  details: { code: 'AUTH_TOKEN_MISMATCH', reason: message },
});

test('no token is in any state, word or trace, even when the gateway repeats it', async () => {
  const secret = 'the-shared-secret-0123456789';
  const gateway = await practiceGateway({
    sharedToken: secret,
    refuse: () => mismatch(`wrong token ${secret}`),
  });
  const node = await nodeWith(
    offerFromAddress({ address: gateway.url, token: secret, fingerprint: null }, RULES),
  );
  node.connection.start();
  await node.reaches('refused');
  const said = node.states
    .flatMap((state) => [inspect(state), inspect(describeConnection(state))])
    .join('\n');
  expect(said).not.toContain(secret);
});

test('neither key nor device token is to be seen in the connection, the pairing or its record', async () => {
  const gateway = await practiceGateway();
  const node = await pairedNode(gateway);
  const stored = JSON.parse((await node.store.read(node.pairing.record.gatewayId)) ?? '{}') as Record<
    string,
    string
  >;
  await restarted(gateway, { refuse: () => mismatch('no') });
  await node.reaches('offline');
  node.connection.retry();
  await node.reaches('refused');
  const seen = inspect([node.connection, node.pairing, node.states, JSON.stringify(node.pairing)], {
    depth: 20,
    showHidden: true,
  });
  expect(stored['deviceToken']).toBeTruthy();
  expect(seen).not.toContain(stored['deviceToken']);
  expect(seen).not.toContain(stored['deviceKeySeed']);
});
