import { expect, it } from 'vitest';

import { type Listen, NearbyGateways } from '../../main/nearby/nearby-gateways.ts';

function network() {
  let heard: Parameters<Listen>[0] | null = null;
  const listen: Listen = (listener) => {
    heard = listener;
    return { end: () => (heard = null) };
  };
  return { listen, heard: () => heard };
}

const studio = {
  fqdn: 'Studio._openclaw-gw._tcp.local',
  name: 'Studio',
  host: 'studio.local.',
  port: 18_789,
  txt: { gatewayTls: '1', gatewayTlsSha256: 'a'.repeat(64), cliPath: '/bin/sh' },
};

it('listens only while it is asked to, and forgets what it heard', () => {
  const { listen, heard } = network();
  const nearby = new NearbyGateways(listen);
  expect([nearby.looking, heard()]).toEqual([false, null]);
  nearby.look();
  heard()?.up(studio);
  expect(nearby.found).toEqual([{ name: 'Studio', address: 'wss://studio.local:18789' }]);
  nearby.stop();
  expect([nearby.looking, heard(), nearby.found]).toEqual([false, null, []]);
});

it('takes nothing from an announcement but a name, a host and a port', () => {
  const { listen, heard } = network();
  const nearby = new NearbyGateways(listen);
  nearby.look();
  heard()?.up(studio);
  expect(JSON.stringify(nearby.found)).not.toMatch(/aaaa|bin/);
});

it.each<[string, unknown]>([
  ['nothing', undefined],
  ['no name', { ...studio, name: undefined }],
  ['a name that is too long', { ...studio, name: 'x'.repeat(64) }],
  ['a host with a path', { ...studio, host: 'studio.local/x' }],
  ['a host with a user name', { ...studio, host: 'user@studio.local' }],
  ['a host that is another port', { ...studio, host: 'studio.local:1' }],
  ['a host with a hidden character', { ...studio, host: 'stu\u{200B}dio.local' }],
  ['an empty host', { ...studio, host: '' }],
  ['no port', { ...studio, port: 0 }],
  ['a port beyond all ports', { ...studio, port: 65_536 }],
  ['a port that is text', { ...studio, port: '18789' }],
  ['no encryption', { ...studio, txt: {} }],
  ['encryption switched off', { ...studio, txt: { gatewayTls: '0' } }],
  ['fields that are no text', { ...studio, txt: { gatewayTls: { toString: 1 } } }],
])('an announcement with %s is not shown', (_what, service) => {
  const { listen, heard } = network();
  const nearby = new NearbyGateways(listen);
  nearby.look();
  heard()?.up(service);
  expect(nearby.found).toEqual([]);
});

it('shows no more than anybody would read, and drops what went away', () => {
  const { listen, heard } = network();
  const nearby = new NearbyGateways(listen);
  nearby.look();
  for (let i = 0; i < 1000; i += 1) heard()?.up({ ...studio, fqdn: `${i}`, name: `gateway ${i}` });
  expect(nearby.found.length).toBe(32);
  heard()?.down({ fqdn: '0' });
  expect(nearby.found.length).toBe(31);
  heard()?.down('nonsense');
  expect(nearby.found.length).toBe(31);
});

it('says when the network cannot be listened to, and can be asked again', () => {
  const { listen, heard } = network();
  const nearby = new NearbyGateways(listen);
  nearby.look();
  heard()?.failed();
  expect([nearby.looking, nearby.failed]).toEqual([false, true]);
  nearby.look();
  expect([nearby.looking, nearby.failed]).toEqual([true, false]);
});

it('a network that cannot even be asked for is one that failed', () => {
  const nearby = new NearbyGateways(() => {
    throw new Error('no network');
  });
  nearby.look();
  expect([nearby.looking, nearby.failed]).toEqual([false, true]);
});
