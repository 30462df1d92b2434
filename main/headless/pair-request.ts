import type { PairRequest } from '../node/latchkey-node.ts';
import type { HeadlessArguments } from './arguments.ts';

/** The token's variable. Read once, then removed, so that nothing started from here can find it. */
const TOKEN_VARIABLE = 'LATCHKEY_GATEWAY_TOKEN';

/**
 * What the command line asks to pair with; null when it does not. Reads at most one line of standard input.
 * @throws {Error} with a message for a person.
 */
export async function readPairRequest(
  args: HeadlessArguments,
  readLine: () => Promise<string | null>,
  env: NodeJS.ProcessEnv,
): Promise<PairRequest | null> {
  const variable = env[TOKEN_VARIABLE];
  Reflect.deleteProperty(env, TOKEN_VARIABLE);
  const setupCode = args['setup-code'];
  const pinWhenTrusted = args['pin-certificate'];
  if (setupCode !== undefined) {
    return {
      by: 'setup-code',
      setupCode: setupCode === '-' ? await secretLine(readLine, 'setup code') : setupCode,
      pinWhenTrusted,
    };
  }
  if (args.gateway === undefined) return null;
  const token = args['token-stdin'] ? await secretLine(readLine, 'token') : variable;
  // Without a token an earlier pairing with this address may still serve.
  return {
    by: 'address',
    address: args.gateway,
    token: token ?? '',
    fingerprint: args['tls-fingerprint'] ?? null,
    pinWhenTrusted,
  };
}

async function secretLine(readLine: () => Promise<string | null>, what: string): Promise<string> {
  const line = (await readLine())?.trim() ?? '';
  if (line === '') throw new Error(`standard input ended before the ${what}: write it as the first line`);
  return line;
}
