import { Keychain } from '../../main/secrets/keychain.ts';
import type { Call } from './session.ts';

/** Makes the calls given as JSON, one after the other, and prints a line for each: its value as JSON, or "error: …". */
const keychain = new Keychain();
for (const call of JSON.parse(process.argv[2] ?? '[]') as Call[]) {
  process.stdout.write(`${await make(call).catch((error: unknown) => `error: ${String(error)}`)}\n`);
}

async function make([name, account = '', value = '']: Call): Promise<string> {
  if (name === 'read') return JSON.stringify(await keychain.read(account));
  if (name === 'remove') return JSON.stringify(await keychain.remove(account));
  await (name === 'write' ? keychain.write(account, value) : keychain.verify());
  return 'done';
}
