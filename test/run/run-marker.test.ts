import { describe, expect, it } from 'vitest';

import { fromPs, newRunMarker, pairingMarker, RUN_MARKER } from '../../main/run/run-marker.ts';

describe('the marker of a run, as macOS lists it', () => {
  const start = pairingMarker('gateway-1');
  const own = `${RUN_MARKER}=${newRunMarker('gateway-1')}`;
  const other = `${RUN_MARKER}=${newRunMarker('gateway-2')}`;

  it.each([
    ['a run of the pairing', `  501 S    sleep 60 HOME=/Users/a ${own} TERM=dumb`, [501]],
    ['one that is the first of its environment', `7 Ss+ sleep 60 ${own}`, [7]],
    ['a run of another pairing', `  502 S    sleep 60 ${other}`, []],
    ['a zombie', `  503 Z    (sleep) ${own}`, []],
    ['a variable that only ends like it', `  504 S    sleep 60 NOT_${own}`, []],
    ['a line that is no process', `PID STAT ${own}`, []],
  ])('finds, or does not find, %s', (_, line, found) => {
    expect(fromPs(`${line}\n`, start)).toEqual(found);
  });
});
