import type { SystemPreferences } from 'electron';

/** The sensor. The system also takes the login password there; either needs the person. */
export interface TouchId {
  readonly available: boolean;
  /** Resolves to whether the person confirmed. Cancelled, failed and not available are all no. */
  confirm(reason: string): Promise<boolean>;
}

export function touchId(system: Pick<SystemPreferences, 'canPromptTouchID' | 'promptTouchID'>): TouchId {
  return {
    get available() {
      return system.canPromptTouchID();
    },
    confirm: (reason) =>
      system.promptTouchID(reason).then(
        () => true,
        () => false,
      ),
  };
}
