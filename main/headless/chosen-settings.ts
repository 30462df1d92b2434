import { type Settings, settingsSchema } from '../state/settings.ts';

/** The settings that can be set by hand, and how each is written. */
const shape: Readonly<Record<string, { safeParse: (value: unknown) => Parsed }>> = settingsSchema.shape;
type Parsed =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: { readonly issues: readonly { readonly message: string }[] } };

const SETTABLE: readonly string[] = Object.keys(shape).filter((name) => name !== 'version');

/**
 * What `--set NAME=VALUE` chooses: true, false, null and numbers as themselves, everything else as text.
 * @throws {Error} for a person, when it is no setting or not one of its values.
 */
export function chosenSettings(chosen: readonly string[]): Partial<Settings> {
  const settings: Record<string, unknown> = {};
  for (const word of chosen) {
    const at = word.indexOf('=');
    const name = word.slice(0, Math.max(0, at));
    const schema = SETTABLE.includes(name) ? shape[name] : undefined;
    if (schema === undefined)
      throw new Error(`--set takes NAME=VALUE, where NAME is one of: ${SETTABLE.join(', ')}`);
    const parsed = schema.safeParse(valueOf(word.slice(at + 1)));
    if (!parsed.success)
      throw new Error(`--set ${name}: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
    settings[name] = parsed.data;
  }
  return settings;
}

function valueOf(text: string): unknown {
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}
