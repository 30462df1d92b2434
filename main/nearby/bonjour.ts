import { EventEmitter } from 'node:events';

import { Bonjour } from 'bonjour-service';

import type { Listen } from './nearby-gateways.ts';

export const SERVICE_TYPE = 'openclaw-gw';

/** Asks on the local network, and hears the answers. Nothing of this Mac's is announced. */
export function listenOn(options: { readonly port?: number } = {}): Listen {
  return ({ up, down, failed }) => {
    const network = new Bonjour(options, failed);
    watchSocket(network, failed);
    const browser = network.find({ type: SERVICE_TYPE, protocol: 'tcp' }, up);
    browser.on('down', down);
    return {
      end: () => {
        browser.removeAllListeners();
        browser.stop();
        network.destroy();
      },
    };
  };
}

/** The library listens to no error of its socket, and one that nobody listens to would end the process. */
function watchSocket(network: Bonjour, failed: () => void): void {
  const server: unknown = Reflect.get(network, 'server');
  const socket: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'mdns') : null;
  if (!(socket instanceof EventEmitter)) throw new Error('the network cannot be watched');
  socket.on('error', failed);
}
