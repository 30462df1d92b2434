import { expect, it } from 'vitest';

import { Gateways, type GatewaysOptions } from '../../main/node/gateways.ts';

it('who listens is accepted as it was shown: not whoever listens at the moment of the press', async () => {
  const found = { kind: 'listener', uid: 501 as number | null };
  const changes: object[] = [];
  const record = { gatewayId: 'g', addresses: ['ws://127.0.0.1:18789/'], tlsFingerprint: null, commands: [] };
  const options = {
    link: {
      record,
      status: { found },
      change: (change: object) => Promise.resolve(void changes.push(change)),
    },
    journal: { append: () => Promise.resolve() },
    desk: { closeAll: () => undefined },
  };
  const gateways = new Gateways(options as unknown as GatewaysOptions);
  const shown = gateways.choice?.kind === 'listener' ? gateways.choice.id : '';
  for (const uid of [502, null]) {
    found.uid = uid;
    await expect(gateways.acceptListener(shown)).rejects.toThrow('somebody else listens by now');
  }
  expect(changes).toEqual([]);
  found.uid = 501;
  await gateways.acceptListener(shown);
  expect(changes).toEqual([{ listener: 501 }]);
});
