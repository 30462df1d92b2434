/** Runs in the page's own world before any of its scripts: waits for the isolated world, then leaves nothing behind. */
import type { WorldConfig } from '../shared/world-config.ts';
import { bridgeEnd } from './bridge-end.ts';
import { defineProperty, listen, relatedOf, stopNow, unlisten } from './builtins.ts';

declare const CONFIG: WorldConfig;

const { handshake } = CONFIG;
const page = globalThis;
const bridge = bridgeEnd('main', (name, value) => {
  defineProperty(page, name, { value, enumerable: true, configurable: false, writable: false });
});

const meet = (event: Event): void => {
  stopNow(event);
  unlisten(page, handshake, meet, true);
  const node = relatedOf(event);
  if (node !== null) bridge.connect(node);
};
listen(page, handshake, meet, true);
