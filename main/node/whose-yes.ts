import type { Journal } from '../audit/journal.ts';
import type { SettingsStore } from '../state/settings-store.ts';

interface Parts {
  readonly settings: Pick<SettingsStore, 'current' | 'change'>;
  readonly journal: Pick<Journal, 'append'>;
  /** What the command line says, over the settings. */
  readonly forced: boolean | undefined;
}

/** Whose yes counts, as the person set it. Looked at each time that a yes comes, so that a change counts at once. */
export class WhoseYes {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An operator's yes on any of the gateway's surfaces counts as well. */
  get trustsGateway(): boolean {
    return this.#parts.forced ?? this.#parts.settings.current.dangerouslyTrustGatewayApprovals;
  }

  /** The command line decides, and the setting does not. */
  get isForced(): boolean {
    return this.#parts.forced !== undefined;
  }

  /**
   * That it is trusted stands in the record before it counts; that it is not any more counts even if it cannot be recorded.
   * @throws {StateError | AuditError} when it was not changed, or not recorded.
   */
  async dangerouslyTrustGateway(trusted: boolean): Promise<void> {
    const { settings, journal } = this.#parts;
    const change = () => settings.change({ dangerouslyTrustGatewayApprovals: trusted });
    const record = () => journal.append({ kind: 'whose-yes', trustsGateway: trusted, by: 'person' });
    if (trusted) await record();
    await change();
    if (!trusted) await record();
  }

  /** @throws {StateError} when it was not changed. */
  showOtherHosts(shown: boolean): Promise<void> {
    return this.#parts.settings.change({ showApprovalsOfOtherHosts: shown });
  }
}
