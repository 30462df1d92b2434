import { randomUUID } from 'node:crypto';

import type { NearbyGateways } from '../nearby/nearby-gateways.ts';
import type { Preview } from '../node/gateways.ts';
import { fetchSetupCode, looksLikeJoinLink } from '../pairing/join-link.ts';
import { PairingError } from '../pairing/pairing-error.ts';
import { isPairingLink } from '../pairing/setup-code.ts';

interface Parts {
  readonly preview: (setupCode: string) => Preview;
  readonly nearby: NearbyGateways;
  readonly changed: () => void;
}

/**
 * What the pairing window starts from before anything is contacted: a link that was opened elsewhere, what is nearby, and
 * whether one more gateway is wanted. Nothing in here pairs; only the person's press does.
 */
export class PairingDraft {
  readonly nearby: NearbyGateways;
  readonly #parts: Parts;
  #link: { readonly setupCode: string; readonly preview: Preview & { readonly id: string } } | null = null;
  #problem: string | null = null;
  #adding = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.nearby = parts.nearby;
    this.nearby.on('changed', parts.changed);
  }

  get link(): (Preview & { readonly id: string }) | null {
    return this.#link?.preview ?? null;
  }

  /** Why the last link could not be used. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The form is shown although this Mac is paired. */
  get adding(): boolean {
    return this.#adding;
  }

  /** The person wants to pair with one more gateway. */
  add(): void {
    this.#adding = true;
    this.#parts.changed();
  }

  /** Fills the form from a link that was opened elsewhere. False: it is none of ours, and changes nothing. */
  open(link: string): boolean {
    if (!isPairingLink(link)) return false;
    this.#take(link);
    return true;
  }

  /** A join link that the person pasted: its setup code fills the form. False: it is none. @throws {PairingError} */
  async join(text: string): Promise<boolean> {
    if (!looksLikeJoinLink(text)) return false;
    this.#take(await fetchSetupCode(text));
    return true;
  }

  /** The setup code of the link that was shown, once. @throws {PairingError} when another one has come since. */
  takeLink(shown: string): string | null {
    if (this.#link !== null && this.#link.preview.id !== shown)
      throw new PairingError('another link was opened meanwhile: look at its address first');
    const code = this.#link?.setupCode ?? null;
    this.clear();
    return code;
  }

  /** The form is filled by hand instead. */
  dropLink(): void {
    this.#link = null;
    this.#problem = null;
    this.#parts.changed();
  }

  /** Nothing is offered, wanted or listened to any more. */
  clear(): void {
    this.#link = null;
    this.#problem = null;
    this.#adding = false;
    this.nearby.stop();
    this.#parts.changed();
  }

  #take(setupCode: string): void {
    this.#link = null;
    this.#problem = null;
    this.#adding = true;
    try {
      this.#link = { setupCode, preview: { ...this.#parts.preview(setupCode), id: randomUUID() } };
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : 'this link cannot be used';
    }
    this.#parts.changed();
  }
}
