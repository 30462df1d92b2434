import type * as Electron from 'electron';

import { unsupported } from '../shared/strict.ts';

type Options = Electron.BrowserWindowConstructorOptions;

/** Options that change nothing here except what can be asked back; how they look and feel is for a Mac to show. */
const WINDOW_OPTIONS: ReadonlySet<string> = new Set<keyof Options>([
  'width',
  'height',
  'minWidth',
  'minHeight',
  'maxWidth',
  'maxHeight',
  'x',
  'y',
  'useContentSize',
  'center',
  'show',
  'paintWhenInitiallyHidden',
  'title',
  'resizable',
  'movable',
  'minimizable',
  'maximizable',
  'closable',
  'fullscreenable',
  'focusable',
  'acceptFirstMouse',
  'alwaysOnTop',
  'skipTaskbar',
  'hiddenInMissionControl',
  'autoHideMenuBar',
  'frame',
  'roundedCorners',
  'hasShadow',
  'titleBarStyle',
  'trafficLightPosition',
  'type',
  'backgroundColor',
  'vibrancy',
  'visualEffectState',
  'webPreferences',
]);

/** The only values that are safe here; each is also what the stand-in does. */
const SAFE: Readonly<Record<string, unknown>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
};
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'preload',
  'devTools',
  'spellcheck',
  'backgroundThrottling',
]);

/**
 * Refuses what the stand-in does not do, so that no window is weaker or stronger on Electron than it was here.
 *
 * @throws naming the option
 */
export function checkWindowOptions({ webPreferences = {}, ...options }: Options): void {
  const unknown = Object.keys(options).find((name) => !WINDOW_OPTIONS.has(name));
  if (unknown !== undefined) throw unsupported(`The BrowserWindow option '${unknown}'`);

  for (const [name, value] of Object.entries(webPreferences)) {
    if (WITHOUT_EFFECT.has(name)) continue;
    if (!Object.hasOwn(SAFE, name)) throw unsupported(`The web preference '${name}'`);
    if (value !== SAFE[name]) throw unsupported(`The web preference ${name}: ${String(value)}`);
  }
}
