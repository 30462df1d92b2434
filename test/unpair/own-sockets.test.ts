import { once } from 'node:events';
import net from 'node:net';

import { expect, it } from 'vitest';

import { connectedPorts, portsFromLsof } from '../../main/unpair/own-sockets.ts';

it('reads the far ports of what lsof lists, and nothing that only listens', () => {
  const output = [
    'p612',
    'f21',
    'n10.0.0.2:50312->100.64.0.7:18789',
    'f22',
    'n[::1]:50313->[::1]:443',
    'f23',
    'n127.0.0.1:9999',
    '',
  ].join('\n');
  expect(portsFromLsof(output)).toEqual([18789, 443]);
});

it('lists a connection of this process, and no longer once it is closed', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  expect(await connectedPorts()).toContain(port);
  socket.destroy();
  await once(socket, 'close');
  expect(await connectedPorts()).not.toContain(port);
  server.close();
});
