import { JsonDocument } from '../state/json-document.ts';
import { type Settings, settingsSchema } from '../state/settings.ts';

/** `settings.json`. Every default is the safe choice, so a file that is not understood counts as an empty one. */
export class SettingsStore {
  readonly current: Settings;
  /** Why the file does not count; null when it does, or when there is none. */
  readonly problem: string | null;

  private constructor(current: Settings, problem: string | null) {
    this.current = current;
    this.problem = problem;
  }

  /** Never rejects. */
  static async open(path: string): Promise<SettingsStore> {
    const content = await new JsonDocument(path, settingsSchema).read();
    if (content.kind === 'value') return new SettingsStore(content.value, null);
    return new SettingsStore(settingsSchema.parse({}), content.kind === 'bad' ? content.reason : null);
  }
}
