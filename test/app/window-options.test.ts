import { describe, expect, it } from 'vitest';

import { windowOptions } from '../../main/app/window-options.ts';

const roles = ['prompt', 'pairing', 'settings', 'incident'] as const;

describe.each(roles)('the %s window', (role) => {
  const options = windowOptions(role, { preload: '/app/preload.cjs', packaged: true });

  it('has exactly these web preferences', () => {
    expect(options.webPreferences).toEqual({
      preload: '/app/preload.cjs',
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
      backgroundThrottling: role !== 'prompt',
    });
  });

  it('is hidden until somebody shows it, and eats the click that brings it to the front', () => {
    expect(options).toMatchObject({ show: false, acceptFirstMouse: false });
  });

  it('has developer tools only where it is developed', () => {
    expect(windowOptions(role, { preload: '/p', packaged: false }).webPreferences?.devTools).toBe(true);
  });
});

it('the prompt is a panel: it floats, and takes no keyboard from the app in front', () => {
  expect(windowOptions('prompt', { preload: '/p', packaged: true })).toMatchObject({
    type: 'panel',
    alwaysOnTop: true,
  });
});
