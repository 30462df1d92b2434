import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { strictest } from '../../main/policy-files/policy-store.ts';
import { Seal } from '../../main/state/seal.ts';
import { type Farewell, Farewells } from '../../main/unpair/farewell.ts';
import { aPairing } from '../pairing/a-pairing.ts';
import { DurableSecrets } from '../state/durable-secrets.ts';
import { temporaryFolder } from '../state/temporary-folder.ts';

async function left(secrets = new DurableSecrets()) {
  const folder = await temporaryFolder();
  const path = join(folder, 'unpaired.json');
  const open = async () => Farewells.open(path, await Seal.open(folder, secrets, strictest([])));
  const farewells = await open();
  const gateway = aPairing();
  await farewells.keep(gateway, 5);
  return { path, secrets, open, farewells, gateway };
}

const unfinished = ({ all }: Farewells): string[] =>
  all.filter(({ secretDeleted }) => !secretDeleted).map(({ gatewayId }) => gatewayId);

describe('a gateway that was left, and whose secret is still to be deleted', () => {
  it.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    ['is broken', (path) => writeFileSync(path, '{', { mode: 0o600 })],
    ['lists nothing', (path) => writeFileSync(path, '{"version":1,"gateways":[]}', { mode: 0o600 })],
    [
      'says that it was deleted',
      (path) =>
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace('"secretDeleted": false', '"secretDeleted": true'),
          {
            mode: 0o600,
          },
        ),
    ],
  ])('is still known at the next start when its file %s', async (_, spoil) => {
    const { path, open, gateway } = await left();
    spoil(path);
    expect(unfinished(await open())).toEqual([gateway.gatewayId]);
  });

  it('is known by the file alone when the Keychain was locked', async () => {
    const { secrets, farewells, open, gateway } = await left();
    secrets.locked = true;
    const other = aPairing();
    await farewells.keep(other, 6);
    expect(unfinished(await open())).toEqual([other.gatewayId, gateway.gatewayId]);
    secrets.locked = false;
    expect(unfinished(await open())).toEqual([other.gatewayId, gateway.gatewayId]);
  });

  it('stays finished once it is', async () => {
    const { open, farewells, gateway, path } = await left();
    await farewells.markSecretDeleted(gateway.gatewayId);
    expect(unfinished(await open())).toEqual([]);
    rmSync(path);
    expect((await open()).all).toMatchObject([{ gatewayId: gateway.gatewayId, secretDeleted: true }]);
  });

  it('that only the file knows is finished once more, whatever it says: that does no harm', async () => {
    const { open, path, gateway } = await left();
    const listed = JSON.parse(readFileSync(path, 'utf8')) as { gateways: Farewell[] };
    const planted = { ...listed.gateways[0], gatewayId: randomUUID(), secretDeleted: true };
    writeFileSync(path, JSON.stringify({ ...listed, gateways: [planted, ...listed.gateways] }));
    expect(unfinished(await open())).toEqual([planted.gatewayId, gateway.gatewayId]);
  });
});

it('a file that nobody understands and nothing was sealed for stops the start, with words', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'unpaired.json');
  writeFileSync(path, '{', { mode: 0o600 });
  const seal = await Seal.open(folder, new DurableSecrets(), strictest([]));
  await expect(Farewells.open(path, seal)).rejects.toThrow('Repair or remove the file');
});
