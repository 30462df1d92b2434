import { Bonjour } from 'bonjour-service';
import { expect, it, onTestFinished } from 'vitest';

import { listenOn, SERVICE_TYPE } from '../../main/nearby/bonjour.ts';
import { NearbyGateways } from '../../main/nearby/nearby-gateways.ts';

// Not the well-known port: whatever the surrounding network announces stays outside.
const port = 20_000 + Math.floor(Math.random() * 20_000);
const network = { port };

it(
  'a gateway that is announced on the network is found, and this Mac announces nothing',
  { timeout: 20_000 },
  async () => {
    const gateway = new Bonjour(network, () => undefined);
    onTestFinished(() => gateway.destroy());
    const announced: string[] = [];
    const watcher = new Bonjour(network, () => undefined);
    onTestFinished(() => watcher.destroy());
    watcher.find(null, ({ fqdn }) => announced.push(fqdn));

    const nearby = new NearbyGateways(listenOn(network));
    onTestFinished(() => nearby.stop());
    nearby.look();
    gateway.publish({
      name: 'Studio',
      type: SERVICE_TYPE,
      port: 18_789,
      host: 'studio.local',
      txt: { role: 'gateway', gatewayTls: '1' },
    });
    await expect
      .poll(() => nearby.found, { timeout: 15_000 })
      .toEqual([{ name: 'Studio', address: 'wss://studio.local:18789' }]);
    nearby.stop();
    expect(nearby.found).toEqual([]);
  },
);
