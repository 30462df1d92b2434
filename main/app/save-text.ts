import { join } from 'node:path';

import type { App, Dialog } from 'electron';

import { writeOwnFile } from '../state/own-file.ts';

/**
 * Asks where a text is to be saved, and writes it there for this user alone, whole or not at all. Resolves to whether it was.
 * @throws {StateError} when it could not be written.
 */
export const textSaver =
  (dialog: Pick<Dialog, 'showSaveDialog'>, app: Pick<App, 'getPath'>) =>
  async (name: string, text: string): Promise<boolean> => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      defaultPath: join(app.getPath('desktop'), name),
    });
    if (canceled || filePath === '') return false;
    await writeOwnFile(filePath, text);
    return true;
  };
