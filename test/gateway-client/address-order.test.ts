import { expect, test } from 'vitest';

import { withWorkingAddress } from '../../main/pairing/pairing-record.ts';
import { FakeClock } from './fake-clock.ts';
import { nodeWithCode, practiceGateway, resumedNode } from './node-under-test.ts';

test('the addresses are tried in order, and the one that answered is tried first from then on', async () => {
  const clock = new FakeClock();
  const gateway = await practiceGateway({ probes: false });
  const other = await practiceGateway({ takeOver: (socket) => socket.terminate() });
  const code = gateway.setupCode({ url: other.url, urls: [gateway.url] });
  const node = await nodeWithCode(code, { clock });
  node.connection.start();
  await node.reaches('awaiting-approval');
  expect(other.connections).toBe(1);

  gateway.approveDevice();
  node.connection.retry();
  await node.reaches('connected');
  expect(other.connections).toBe(1);

  const { address } = await node.reaches('connected');
  await node.connection.stop();
  const again = await resumedNode(withWorkingAddress(node.pairing.record, address), node.store, { clock });
  again.connection.start();
  await again.reaches('connected');
  expect(other.connections).toBe(1);
  expect(again.pairing.record.deviceId).toBe(node.pairing.record.deviceId);
});

test('an address that is not of the record is not put into it', async () => {
  const gateway = await practiceGateway();
  const { record } = (await nodeWithCode(gateway.setupCode())).pairing;
  expect(withWorkingAddress(record, 'wss://evil.example/')).toEqual(record);
});
