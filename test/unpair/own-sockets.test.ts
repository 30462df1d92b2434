import { once } from 'node:events';
import net from 'node:net';

import { expect, it } from 'vitest';

import { ownSockets, socketsFromLsof } from '../../main/unpair/own-sockets.ts';

it('reads both ports of what lsof lists, and nothing that only listens', () => {
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
  expect(socketsFromLsof(output)).toEqual([
    { localPort: 50312, remotePort: 18789 },
    { localPort: 50313, remotePort: 443 },
  ]);
});

it('lists a connection of this process, and no longer once it is closed', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const listed = expect.objectContaining({ localPort: socket.localPort, remotePort: port }) as unknown;
  expect(await ownSockets()).toContainEqual(listed);
  socket.destroy();
  await once(socket, 'close');
  expect(await ownSockets()).not.toContainEqual(listed);
  server.close();
});
