import { randomUUID } from 'node:crypto';

import { type PairingRecord, pairingRecord } from '../../main/pairing/pairing-record.ts';

/** The record of a pairing as disk would give it, with what is said in place of the usual. */
export const aPairing = (said: object = {}): PairingRecord =>
  pairingRecord.parse({
    version: 1,
    gatewayId: randomUUID(),
    addresses: ['wss://home.example/'],
    tlsFingerprint: null,
    gatewayName: null,
    deviceId: 'd'.repeat(64),
    pairedAtMs: 1,
    ...said,
  });
