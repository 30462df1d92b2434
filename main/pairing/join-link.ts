import { isLoopback } from '../gateway/gateway-address.ts';
import { PairingError } from './pairing-error.ts';

const MAX_BYTES = 24 * 1024;
const TIMEOUT_MS = 15_000;
const PATH = /^(?:\/[A-Za-z0-9._~-]+)*\/j\/[A-Za-z0-9_-]{22}$/;

/** Whether a text is meant as a join link, good or bad: what `openclaw devices join-code` prints. */
export const looksLikeJoinLink = (text: string): boolean => /^https?:\/\//i.test(text.trim());

/**
 * Fetches the setup code behind a join link. The gateway gives it out once: what comes back is all there is.
 * @throws {PairingError} with words for a person; the link, which is a secret, is in none of them.
 */
export async function fetchSetupCode(text: string): Promise<string> {
  const link = parse(text);
  let body: Buffer;
  try {
    const answer = await fetch(link, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json' },
      credentials: 'omit',
    });
    if (!answer.ok || answer.headers.get('content-type')?.startsWith('application/json') !== true)
      throw new PairingError('the gateway does not know this join link: it was used before, or has expired');
    body = await bounded(answer);
  } catch (error) {
    if (error instanceof PairingError) throw error;
    throw new PairingError(
      'the gateway behind this join link cannot be reached, or its certificate is not trusted here: use a setup code',
    );
  }
  return body.toString('base64url');
}

function parse(text: string): URL {
  const link = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (
    link === null ||
    !PATH.test(link.pathname) ||
    `${link.username}${link.password}${link.search}${link.hash}` !== ''
  ) {
    throw new PairingError('this is not a join link: they look like https://gateway/j/CODE');
  }
  if (link.protocol !== 'https:' && !(link.protocol === 'http:' && isLoopback(link.hostname)))
    throw new PairingError('a join link without https would show its code to the network');
  return link;
}

async function bounded({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  for (let size = 0; ;) {
    const chunk = await reader?.read();
    if (chunk?.value === undefined) return Buffer.concat(chunks);
    size += chunk.value.length;
    if (size > MAX_BYTES)
      throw new PairingError('the answer to this join link is too long to be a setup code');
    chunks.push(chunk.value);
  }
}
