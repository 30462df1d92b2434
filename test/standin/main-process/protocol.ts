import type * as Electron from 'electron';

import { strict } from '../shared/strict.ts';
import { app } from './app.ts';
import { record } from './control.ts';
import { handlerOf, removeHandler, setHandler } from './schemes.ts';

type Supported = Pick<
  Electron.Protocol,
  'handle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged' | 'unhandle'
>;

const privileged = new Set<string>();

export const protocol = strict<Supported>('protocol', {
  /** Schemes are https to Chromium, so they have every privilege; those not asked for are not taken away. */
  registerSchemesAsPrivileged(schemes) {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (privileged.size > 0) throw new Error('protocol.registerSchemesAsPrivileged can be called only once');
    for (const { scheme, privileges } of schemes) {
      // Without it Electron's URLs have no host and no relative addresses, which https cannot imitate.
      if (privileges?.standard === true) privileged.add(scheme);
    }
    record('protocol.registerSchemesAsPrivileged', schemes);
  },
  handle(scheme, handler) {
    if (!app.isReady()) throw new Error('protocol.handle cannot be called before app is ready');
    if (!privileged.has(scheme))
      throw new Error(`'${scheme}' was not registered as a standard scheme before ready`);
    if (handlerOf(scheme) !== undefined) throw new Error(`Failed to register protocol: ${scheme}`);
    setHandler(scheme, handler);
  },
  unhandle: (scheme) => removeHandler(scheme),
  isProtocolHandled: (scheme) => handlerOf(scheme) !== undefined,
});
