/**
 * Loaded by `-r` before the app, on Electron and on the stand-in alike: keeps what no page shows (tray, notifications,
 * IPC handlers) and answers for the person where a native dialog would wait for one. It changes nothing else.
 */
import { dialog, globalShortcut, ipcMain, Notification, shell, systemPreferences, Tray } from 'electron';

type Handler = Parameters<typeof ipcMain.handle>[1];

export interface Recorder {
  /** Trays in order of creation, with the menu set last. */
  readonly trays: { readonly tray: Tray; menu: Electron.Menu | null }[];
  readonly notifications: Notification[];
  readonly handlers: Map<string, Handler>;
  readonly openedUrls: string[];
  readonly messageBoxes: Electron.MessageBoxOptions[];
  readonly saveDialogs: Electron.SaveDialogOptions[];
  /** Where the person saves; null: the dialog is dismissed. Used up one by one. A dialog nobody prepared for throws. */
  readonly saveAnswers: (string | null)[];
  /** What each global shortcut does when it is pressed, also once it was given back. */
  readonly shortcuts: Map<string, () => void>;
  readonly touchIdReasons: string[];
  /** Indices of buttons, used up one by one. A box nobody prepared for throws. */
  readonly messageBoxAnswers: number[];
  touchId: 'absent' | 'accepts' | 'refuses';
}

declare global {
  var uiRecorder: Recorder;
}

const recorder: Recorder = {
  trays: [],
  notifications: [],
  handlers: new Map(),
  openedUrls: [],
  messageBoxes: [],
  saveDialogs: [],
  saveAnswers: [],
  shortcuts: new Map(),
  touchIdReasons: [],
  messageBoxAnswers: [],
  touchId: 'absent',
};
globalThis.uiRecorder = recorder;

/** Replaces `object[name]` by a function that hands its arguments on after `before` has seen them. */
function watch<T extends object>(
  object: T,
  name: keyof T & string,
  before: (self: T, ...args: never[]) => void,
): void {
  const original = object[name] as (...args: never[]) => unknown;
  const watched = function (this: T, ...args: never[]): unknown {
    before(this, ...args);
    return original.apply(this, args);
  };
  Object.assign(object, { [name]: watched });
}

watch(Tray.prototype, 'setContextMenu', (tray: Tray, menu: Electron.Menu | null) => {
  const known = recorder.trays.find((entry) => entry.tray === tray);
  if (known === undefined) recorder.trays.push({ tray, menu });
  else known.menu = menu;
});
watch(Notification.prototype, 'show', (notification: Notification) =>
  recorder.notifications.push(notification),
);
watch(ipcMain, 'handle', (_ipcMain, channel: string, handler: Handler) =>
  recorder.handlers.set(channel, handler),
);
watch(globalShortcut, 'register', (_globalShortcut, accelerator: string, press: () => void) =>
  recorder.shortcuts.set(accelerator, press),
);

Object.assign(shell, {
  openExternal: (url: string): Promise<void> => {
    recorder.openedUrls.push(url);
    return Promise.resolve();
  },
});

Object.assign(dialog, {
  showMessageBox: (...args: unknown[]): Promise<Electron.MessageBoxReturnValue> => {
    const options = args.at(-1) as Electron.MessageBoxOptions;
    recorder.messageBoxes.push(options);
    const response = recorder.messageBoxAnswers.shift();
    if (response === undefined)
      return Promise.reject(new Error(`No answer prepared for: ${options.message}`));
    return Promise.resolve({ response, checkboxChecked: false });
  },
  showSaveDialog: (...args: unknown[]): Promise<Electron.SaveDialogReturnValue> => {
    const options = args.at(-1) as Electron.SaveDialogOptions;
    recorder.saveDialogs.push(options);
    const filePath = recorder.saveAnswers.shift();
    if (filePath === undefined)
      return Promise.reject(new Error(`No place prepared for: ${options.defaultPath ?? ''}`));
    return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
  },
});

Object.assign(systemPreferences, {
  canPromptTouchID: (): boolean => recorder.touchId !== 'absent',
  promptTouchID: (reason: string): Promise<void> => {
    recorder.touchIdReasons.push(reason);
    return recorder.touchId === 'accepts'
      ? Promise.resolve()
      : Promise.reject(new Error('Canceled by user.'));
  },
});
