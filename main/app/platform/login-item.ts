import type { App } from 'electron';

/** Launch at login, which macOS keeps and shows in its own settings. */
export interface LoginItem {
  readonly enabled: boolean;
  set(enabled: boolean): void;
}

/** Null where the system has none. */
export function loginItem(
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
  platform: NodeJS.Platform,
): LoginItem | null {
  if (platform !== 'darwin') return null;
  return {
    get enabled() {
      return app.getLoginItemSettings().openAtLogin;
    },
    set: (enabled) => app.setLoginItemSettings({ openAtLogin: enabled }),
  };
}
