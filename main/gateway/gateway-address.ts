import { isIPv4 } from 'node:net';

/** Where a gateway listens, checked: nothing else is ever dialled. */
export interface GatewayAddress {
  /** Normalised, without credentials, query or fragment. */
  readonly url: string;
  readonly encrypted: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Never leaves this machine: 127.0.0.0/8, ::1, or `localhost`, which is not looked up in DNS. */
  readonly loopback: boolean;
}

/** The address cannot be used. The message says why and what to write instead; it does not repeat the address. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

export const MAX_ADDRESS_LENGTH = 2048;

/** @throws {AddressError} */
export function parseGatewayAddress(
  text: string,
  { allowPlaintext }: { allowPlaintext: boolean },
): GatewayAddress {
  const url = parseUrl(text);
  if (url === undefined || (url.protocol !== 'ws:' && url.protocol !== 'wss:') || url.hostname === '') {
    throw new AddressError(
      'this is not a gateway address: write wss://host:port, or ws://127.0.0.1:port for this machine',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new AddressError(
      'a gateway address holds no user name, password, query or fragment: give the token in its own field',
    );
  }
  const encrypted = url.protocol === 'wss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const loopback = isLoopback(host);
  if (!encrypted && !loopback && !allowPlaintext) {
    throw new AddressError(
      'ws:// to another machine would show the token and every command to the network: use wss://, an SSH tunnel to ' +
        '127.0.0.1, or the setting dangerouslyAllowPlaintextGateway',
    );
  }
  return { url: url.href, encrypted, host, port: Number(url.port || (encrypted ? 443 : 80)), loopback };
}

function parseUrl(text: string): URL | undefined {
  return text.length <= MAX_ADDRESS_LENGTH && URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
}

/** The URL parser has already turned other spellings, such as 127.1 or 0x7f000001, into four decimal numbers. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
