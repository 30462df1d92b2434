import type { Journal } from '../audit/journal.ts';
import type { GatewayLink } from './gateway-link.ts';

interface Parts {
  readonly link: Pick<GatewayLink, 'record' | 'trust'>;
  readonly journal: Pick<Journal, 'append'>;
  /** What the command line says, over what was chosen for each gateway, for as long as the process lives. */
  readonly forced: boolean | undefined;
}

/**
 * Whose yes counts, as the person set it for the gateway that is served. Looked at each time that a yes comes, so that a
 * change counts at once, and a gateway that is turned to brings its own answer.
 */
export class WhoseYes {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An operator's yes on any of this gateway's surfaces counts as well. */
  get trustsGateway(): boolean {
    return this.#parts.forced ?? this.#parts.link.record?.dangerouslyTrustApprovals ?? false;
  }

  /** The command line decides, and the person's choice does not. */
  get isForced(): boolean {
    return this.#parts.forced !== undefined;
  }

  /** What this gateway wants approved for other computers is asked about here too. */
  get showsOtherHosts(): boolean {
    return this.#parts.link.record?.showOtherHosts ?? false;
  }

  /**
   * For the gateway that is served, and no other. That it is trusted stands in the record before it counts; that it is not
   * any more counts even if it cannot be recorded.
   * @throws {StateError | AuditError | PairingError} when it was not changed, or not recorded.
   */
  async dangerouslyTrustGateway(trusted: boolean): Promise<void> {
    const { link, journal } = this.#parts;
    const change = () => link.trust({ dangerouslyTrustApprovals: trusted });
    const { gatewayId = null, dangerouslyTrustApprovals: before = false } = link.record ?? {};
    const entry = { kind: 'whose-yes', gatewayId, before, trustsGateway: trusted, by: 'person' } as const;
    if (!trusted) return change().finally(() => journal.append(entry));
    await journal.append(entry);
    await change();
  }

  /** As above: what is asked here is recorded first. */
  async showOtherHosts(shown: boolean): Promise<void> {
    const { link, journal } = this.#parts;
    const { gatewayId = '', showOtherHosts: before = false } = link.record ?? {};
    const switched = { what: 'other-hosts', before, after: shown } as const;
    await journal.append({ kind: 'operator', gatewayId, ...switched, by: 'person' });
    await link.trust({ showOtherHosts: shown });
  }
}
