import { describe, expect, it } from 'vitest';

import { takeoverSwitch } from '../../main/app/start-guard.ts';

describe('a packaged app', () => {
  it.each([
    '--inspect',
    '--inspect=0',
    '--inspect-brk=127.0.0.1:9229',
    '-inspect',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--REMOTE-DEBUGGING-PORT=1',
    '--no-sandbox',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
    '--renderer-cmd-prefix=/tmp/x',
    '--user-data-dir=/tmp/x',
    '--single-process',
    '--hidden',
    '--',
  ])('does not start with %s', (word) => {
    expect(takeoverSwitch(['/Applications/Latchkey', word], true)).toBe(word);
  });

  it('starts without', () => {
    expect(takeoverSwitch(['/Applications/Latchkey', 'oc-pair://code', 'inspect'], true)).toBeNull();
  });

  it('that is being developed starts with anything', () => {
    expect(takeoverSwitch(['electron', '--inspect=0'], false)).toBeNull();
  });
});
