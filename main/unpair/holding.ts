/** Something that is kept of a pairing beside its secret, and has to go with it: grants, another connection. */
export interface Holding {
  /** What it is called in the proof: kebab-case, with words of its own where windows show it. */
  readonly what: string;
  /** Lets go of all that is kept of this gateway. */
  drop(gatewayId: string): Promise<void>;
  /** It is for one connection: it goes as well when the gateway does not take this Mac any more. */
  readonly untilRefused?: boolean;
  /** How much of it is still there. Looks, and does not remember what `drop` said. */
  left(gatewayId: string): Promise<number>;
}
