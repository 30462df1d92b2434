import type { ElectronApplication } from 'playwright';

import type { Recorder } from './recorder.ts';

/** What the operating system shows to the person, and what the person answers there. */
export class PersonDriver {
  readonly #electron: ElectronApplication;

  constructor(electron: ElectronApplication) {
    this.#electron = electron;
  }

  notifications(): Promise<readonly { title: string; body: string }[]> {
    return this.#electron.evaluate(() =>
      globalThis.uiRecorder.notifications.map(({ title, body }) => ({ title, body })),
    );
  }

  /** @param index as for Array.at; by default the last one shown */
  clickNotification(index = -1): Promise<void> {
    return this.#electron.evaluate((_electron, at) => {
      globalThis.uiRecorder.notifications.at(at)?.emit('click', {});
    }, index);
  }

  /** Addresses that the app gave to the default browser; none was opened. */
  openedUrls(): Promise<readonly string[]> {
    return this.#electron.evaluate(() => globalThis.uiRecorder.openedUrls);
  }

  messageBoxes(): Promise<readonly { message: string; detail?: string; buttons?: string[] }[]> {
    return this.#electron.evaluate(() =>
      globalThis.uiRecorder.messageBoxes.map(({ message, detail, buttons }) => ({
        message,
        detail,
        buttons,
      })),
    ) as Promise<readonly { message: string; detail?: string; buttons?: string[] }[]>;
  }

  /** Prepares the answer to the next message box that has none yet. */
  answerMessageBox(button: number): Promise<void> {
    return this.#electron.evaluate((_electron, index) => {
      globalThis.uiRecorder.messageBoxAnswers.push(index);
    }, button);
  }

  /** The names that dialogs offered for what was to be saved. */
  offeredNames(): Promise<readonly (string | undefined)[]> {
    return this.#electron.evaluate(() =>
      globalThis.uiRecorder.saveDialogs.map(({ defaultPath }) => defaultPath),
    );
  }

  /** Prepares the answer to the next dialog that asks where to save; null dismisses it. */
  answerSaveDialog(path: string | null): Promise<void> {
    return this.#electron.evaluate((_electron, place) => {
      globalThis.uiRecorder.saveAnswers.push(place);
    }, path);
  }

  /** Presses a global shortcut, whatever app is in front. One that is not registered does nothing. */
  pressShortcut(accelerator: string): Promise<void> {
    return this.#electron.evaluate(({ globalShortcut }, keys) => {
      if (globalShortcut.isRegistered(keys)) globalThis.uiRecorder.shortcuts.get(keys)?.();
    }, accelerator);
  }

  /** What the app put there last. */
  clipboard(): Promise<string> {
    return this.#electron.evaluate(({ clipboard }) => clipboard.readText());
  }

  touchId(state: Recorder['touchId']): Promise<void> {
    return this.#electron.evaluate((_electron, wanted) => {
      globalThis.uiRecorder.touchId = wanted;
    }, state);
  }

  touchIdReasons(): Promise<readonly string[]> {
    return this.#electron.evaluate(() => globalThis.uiRecorder.touchIdReasons);
  }

  /** The machine sleeps, wakes, locks or unlocks. */
  power(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'): Promise<void> {
    return this.#electron.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
  }
}
