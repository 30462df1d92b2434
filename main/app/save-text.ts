import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { App, Dialog } from 'electron';

/** Asks where a text is to be saved, and writes it there for this user alone. Resolves to whether it was. @throws when it could not be written. */
export const textSaver =
  (dialog: Pick<Dialog, 'showSaveDialog'>, app: Pick<App, 'getPath'>) =>
  async (name: string, text: string): Promise<boolean> => {
    const { canceled, filePath } = await dialog.showSaveDialog({
      defaultPath: join(app.getPath('desktop'), name),
    });
    if (canceled || filePath === '') return false;
    await writeFile(filePath, text, { mode: 0o600 });
    return true;
  };
