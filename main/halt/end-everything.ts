import { setTimeout } from 'node:timers/promises';

import type { Dispatcher } from '../commands/dispatcher.ts';
import { endMarked } from '../run/end-marked.ts';
import { pairingMarker } from '../run/run-marker.ts';
import type { EndReason } from '../run/run-outcome.ts';
import type { Runs } from '../run/runs.ts';

const ANSWERS_MS = 2000;

/**
 * Ends what runs and what earlier starts of this program left running for these gateways. Resolves when that is gone or
 * out of reach, its end recorded, and the gateway has its answers or was waited for long enough. Never rejects: what
 * cannot be found or ended is for the proof to say.
 */
export async function endEverything(
  { runs, dispatcher }: { readonly runs: Runs; readonly dispatcher: Dispatcher },
  reason: EndReason,
  gatewayIds: readonly string[],
): Promise<void> {
  await runs.endAll(reason);
  await Promise.allSettled(gatewayIds.map((id) => endMarked(pairingMarker(id))));
  await Promise.race([dispatcher.idle(), setTimeout(ANSWERS_MS, undefined, { ref: false })]);
}
