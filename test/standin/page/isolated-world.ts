/** Runs in the isolated world before any script of the page: what a sandboxed preload finds, then the preload itself. */
import { strict, unsupported } from '../shared/strict.ts';
import type { Letter, ToMain, WorldConfig } from '../shared/world-config.ts';
import { bridgeEnd } from './bridge-end.ts';
import { ipcRenderer } from './ipc-renderer.ts';

declare const CONFIG: WorldConfig;
declare const PRELOAD: (
  require: (name: string) => unknown,
  process: unknown,
  module: { exports: unknown },
  exports: unknown,
) => void;

/** Takes a function off the global object, so that the preload does not find it there. */
function take(name: string): (text: string) => void {
  const found: unknown = Reflect.get(globalThis, name);
  Reflect.deleteProperty(globalThis, name);
  if (typeof found !== 'function') throw new Error('The stand-in has no way to main');
  return found as (text: string) => void;
}

/** A detached node that only the two ends hold. */
function meetMainWorld(): EventTarget {
  const node = document.createElement('b');
  globalThis.dispatchEvent(new MouseEvent(CONFIG.handshake, { relatedTarget: node }));
  // Events inside a closed shadow tree leave `window.event` undefined in the page's callbacks. Not before the handshake:
  // the node would then have been retargeted to its host.
  document.createElement('div').attachShadow({ mode: 'closed' }).appendChild(node);
  return node;
}

function runPreload(toMain: (message: ToMain) => void): void {
  const bridge = bridgeEnd('isolated', () => undefined);
  bridge.connect(meetMainWorld());
  const exposed = new Set<string>();
  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown): void {
      if (exposed.has(name))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.add(name);
      bridge.expose(name, api);
    },
  };
  const { api, deliver } = ipcRenderer(toMain);
  Object.defineProperty(globalThis, CONFIG.deliver, { value: deliver });

  const electron = strict('electron (preload)', {
    contextBridge: strict('contextBridge', contextBridge),
    ipcRenderer: strict('ipcRenderer', api),
  });
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw unsupported(`require('${name}') in a preload`);
  };
  const process = Object.freeze({
    ...CONFIG.process,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  });
  const module = { exports: {} };
  try {
    PRELOAD.call(undefined, require, strict('process (preload)', process), module, module.exports);
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    toMain({ kind: 'preload-error', message, stack });
  }
}

const carry = take(CONFIG.binding);
// As in Electron, sub-frames get no preload.
if (globalThis.parent === globalThis.self)
  runPreload((message) => carry(JSON.stringify({ url: location.href, message } satisfies Letter)));
