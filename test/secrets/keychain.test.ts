import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Keychain, type Keytar } from '../../main/secrets/keychain.ts';
import { MemorySecrets } from '../../main/secrets/memory-secrets.ts';
import { SecretStoreError } from '../../main/secrets/secret-store.ts';

/** keytar's behaviour, with places to break it. */
function fakeKeytar(broken: Partial<Keytar> = {}): Keytar & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getPassword: (_service, account) => Promise.resolve(items.get(account) ?? null),
    setPassword: (_service, account, password) => Promise.resolve(void items.set(account, password)),
    deletePassword: (_service, account) => Promise.resolve(items.delete(account)),
    ...broken,
  };
}

const keychainWith = (keytar: Keytar) => new Keychain(() => Promise.resolve(keytar), 60_000);
const failing = (text: string) => () => Promise.reject(new Error(text));

describe('a Keychain that cannot be used says why and what to do', () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', /no D-Bus session bus.*dbus-run-session/],
    ['Could not connect: No such file or directory', /no D-Bus session bus/],
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      /no Secret Service is running.*gnome-keyring/,
    ],
    [
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      /no default collection.*gnome-keyring/,
    ],
    ['Cannot create an item in a locked collection', /it is locked\. Unlock it/],
    ['User interaction is not allowed.', /may show no dialog.*at the screen/],
    ['The user canceled the operation.', /dismissed.*allow Latchkey/],
    ['A default keychain could not be found.', /no default Keychain.*Create one/],
    ['Something nobody foresaw', /the system says "Something nobody foresaw".*try again/],
  ])('%s', async (said, words) => {
    const write = keychainWith(fakeKeytar({ setPassword: failing(said) })).write('a', 'v');
    await expect(write).rejects.toThrow(SecretStoreError);
    await expect(write).rejects.toThrow(words);
  });

  it.each([
    ["Cannot find package 'keytar'", /keytar, is not installed.*npm install/],
    [
      'libsecret-1.so.0: cannot open shared object file',
      /libsecret is missing.*apt-get install libsecret-1-0/,
    ],
  ])('not installed: %s', async (said, words) => {
    await expect(new Keychain(failing(said)).read('a')).rejects.toThrow(words);
  });
});

it('never repeats a secret that an error text holds', async () => {
  const keychain = keychainWith(fakeKeytar({ setPassword: failing('cannot store hunter2 here') }));
  await expect(keychain.write('a', 'hunter2')).rejects.toThrow(/cannot store \*\*\* here/);
});

describe('absence is believed only of a store that works', () => {
  const locked = { setPassword: failing('Cannot create an item in a locked collection') };

  it('a missing item is null', async () => {
    const keytar = fakeKeytar();
    await expect(keychainWith(keytar).read('a')).resolves.toBeNull();
    await expect(keychainWith(keytar).remove('a')).resolves.toBe(false);
    expect(keytar.items.size).toBe(0);
  });

  it('a locked store that answers "nothing" is an error for a reader', async () => {
    await expect(keychainWith(fakeKeytar(locked)).read('a')).rejects.toThrow(/locked/);
  });

  it('and for who wants an item gone', async () => {
    await expect(keychainWith(fakeKeytar(locked)).remove('a')).rejects.toThrow(/locked/);
  });

  it('a write that leaves nothing behind is an error', async () => {
    const keychain = keychainWith(fakeKeytar({ setPassword: () => Promise.resolve() }));
    await expect(keychain.write('a', 'v')).rejects.toThrow(/not there/);
    await expect(keychain.verify()).rejects.toThrow(/not there/);
  });
});

describe('a dialog that nobody answers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends the wait, and calls that waited behind it are never made', async () => {
    let answer: () => void = () => undefined;
    const written: string[] = [];
    const keytar = fakeKeytar({
      setPassword: (_service, account) => {
        written.push(account);
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const keychain = keychainWith(keytar);
    const first = expect(keychain.write('first', 'v')).rejects.toThrow(/within 60 s.*dialog/);
    const second = expect(keychain.write('second', 'v')).rejects.toThrow(/within 60 s/);
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all([first, second]);
    answer();
    await vi.runAllTimersAsync();
    expect(written).toEqual(['first']);
  });
});

it('secrets in memory are kept, replaced and removed, and are not durable', async () => {
  const secrets = new MemorySecrets();
  await secrets.verify();
  await secrets.write('a', 'one');
  await secrets.write('a', 'two');
  await expect(secrets.read('a')).resolves.toBe('two');
  await expect(secrets.remove('a')).resolves.toBe(true);
  await expect(secrets.remove('a')).resolves.toBe(false);
  await expect(secrets.read('a')).resolves.toBeNull();
  expect(secrets.durable).toBe(false);
});
