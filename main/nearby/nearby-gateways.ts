import { EventEmitter } from 'node:events';

import { z } from 'zod';

/** A gateway that somebody on the network says is there. All of it is a hint: none of it is signed. */
export interface NearbyGateway {
  readonly name: string;
  /** Where it says that it listens; whether the gateway is there is what its certificate and its token show. */
  readonly address: string;
}

/** Hears what the network announces until it is ended. What arrives is not validated. */
export type Listen = (heard: {
  readonly up: (service: unknown) => void;
  readonly down: (service: unknown) => void;
  readonly failed: () => void;
}) => { readonly end: () => void };

const MOST = 32;

/** What is used of an announcement. Its fingerprint is not: a pin from the network would be the network's choice of whom to trust. */
const announcement = z.object({
  fqdn: z.string().min(1).max(255),
  name: z.string().min(1).max(63),
  host: z
    .string()
    .max(253)
    .transform((host) => host.replace(/\.$/, ''))
    .pipe(z.string().regex(/^(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/)),
  port: z.int().min(1).max(65_535),
  txt: z.object({ gatewayTls: z.string().max(8).optional().catch(undefined) }).catch({}),
});

/** The gateways that are announced nearby, while somebody asks. Nothing is connected to, and nothing said about this Mac. */
export class NearbyGateways extends EventEmitter<{ changed: [] }> {
  readonly #listen: Listen;
  readonly #found = new Map<string, NearbyGateway>();
  #listening: { readonly end: () => void } | null = null;
  #failed = false;

  constructor(listen: Listen) {
    super();
    this.#listen = listen;
  }

  get looking(): boolean {
    return this.#listening !== null;
  }

  /** The network cannot be listened to. */
  get failed(): boolean {
    return this.#failed;
  }

  get found(): readonly NearbyGateway[] {
    return [...this.#found.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  look(): void {
    if (this.#listening !== null) return;
    this.#failed = false;
    const failed = () => {
      this.stop();
      this.#failed = true;
      this.emit('changed');
    };
    try {
      this.#listening = this.#listen({
        up: (service) => this.#up(service),
        down: (service) => this.#down(service),
        failed,
      });
      this.emit('changed');
    } catch {
      failed();
    }
  }

  stop(): void {
    this.#listening?.end();
    this.#listening = null;
    this.#found.clear();
    this.emit('changed');
  }

  #up(service: unknown): void {
    const heard = announcement.safeParse(service).data;
    // Without encryption it could not be connected to from here.
    if (heard?.txt.gatewayTls !== '1') return;
    if (this.#found.size >= MOST && !this.#found.has(heard.fqdn)) return;
    this.#found.set(heard.fqdn, { name: heard.name, address: `wss://${heard.host}:${heard.port}` });
    this.emit('changed');
  }

  #down(service: unknown): void {
    const gone = z.object({ fqdn: z.string() }).safeParse(service).data;
    if (gone !== undefined && this.#found.delete(gone.fqdn)) this.emit('changed');
  }
}
