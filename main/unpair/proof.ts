import type { SecretStore } from '../secrets/secret-store.ts';
import type { Farewell } from './farewell.ts';
import type { Holding } from './holding.ts';
import type { OwnSocket } from './own-sockets.ts';

/** One thing that could be left of a pairing, as it was found by looking for it. */
export interface Finding {
  readonly what: string;
  /** `unknown`: it could not be looked at. */
  readonly state: 'gone' | 'left' | 'unknown';
  /** How much is left, or why it is not known; null where the state says it all. */
  readonly detail: string | null;
}

export interface ProofSources {
  readonly secrets: Pick<SecretStore, 'read'>;
  /** Processes of this pairing's runs, of this start of the program and of earlier ones. */
  readonly processes: (gatewayId: string) => Promise<number>;
  readonly sockets: () => Promise<readonly OwnSocket[]>;
  /** Local ports of the connections to another gateway, which is served. */
  readonly othersPorts: (gatewayId: string) => readonly number[];
  readonly prompts: (gatewayId: string) => number;
  readonly isRemembered: (gatewayId: string) => boolean;
  readonly isMarked: (gatewayId: string) => Promise<boolean>;
  readonly holdings: readonly Holding[];
}

/**
 * Looks for everything that this Mac could still have of a pairing. It believes nothing that the unpairing said: each
 * line is a look at the system, the Keychain or the files now. It cannot see what a command copied elsewhere, nor the
 * gateway's own record.
 */
export async function proveGone(
  { gatewayId, addresses }: Pick<Farewell, 'gatewayId' | 'addresses'>,
  sources: ProofSources,
): Promise<readonly Finding[]> {
  const ports = new Set(addresses.map(portOf));
  const connections = async () => {
    const others = new Set(sources.othersPorts(gatewayId));
    const sockets = await sources.sockets();
    return sockets.filter(({ localPort, remotePort }) => ports.has(remotePort) && !others.has(localPort))
      .length;
  };
  return Promise.all([
    counted('processes', () => sources.processes(gatewayId)),
    counted('connections', connections),
    counted('prompts', () => Promise.resolve(sources.prompts(gatewayId))),
    counted('secret', async () => ((await sources.secrets.read(gatewayId)) === null ? 0 : 1)),
    counted('record', () => Promise.resolve(sources.isRemembered(gatewayId) ? 1 : 0)),
    // The mark is what keeps this gateway out: without it there is a way back in.
    counted('mark', async () => ((await sources.isMarked(gatewayId)) ? 0 : 1)),
    ...sources.holdings.map((holding) => counted(holding.what, () => holding.left(gatewayId))),
  ]);
}

async function counted(what: string, count: () => Promise<number>): Promise<Finding> {
  try {
    const left = await count();
    return left === 0 ? { what, state: 'gone', detail: null } : { what, state: 'left', detail: String(left) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it could not be looked at';
    return { what, state: 'unknown', detail: why };
  }
}

function portOf(address: string): number {
  if (!URL.canParse(address)) return 0;
  const { port, protocol } = new URL(address);
  return port === '' ? (protocol === 'wss:' ? 443 : 80) : Number(port);
}
