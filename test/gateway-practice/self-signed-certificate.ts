import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** For a TLS server of one test. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate, hex. */
  readonly fingerprint: string;
}

const BYTES = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
};

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const sequence = (...parts: readonly Buffer[]): Buffer => der(BYTES.sequence, ...parts);
const oid = (text: string): Buffer => der(BYTES.oid, hex(text));
const utcTime = (text: string): Buffer => der(BYTES.utcTime, Buffer.from(text));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const SUBJECT_ALT_NAME = oid('551d11');

/** Made by hand, so that no test needs a program for it and no private key has to be kept anywhere. */
export function selfSignedCertificate(dnsNames: readonly string[] = ['localhost']): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(
    der(BYTES.set, sequence(COMMON_NAME, der(BYTES.utf8, Buffer.from('practice gateway')))),
  );
  const names = sequence(
    ...dnsNames.map((dnsName) => der(0x82, Buffer.from(dnsName))),
    der(0x87, hex('7f000001')),
  );
  const body = sequence(
    der(0xa0, der(BYTES.integer, hex('02'))),
    der(BYTES.integer, Buffer.concat([hex('01'), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(SUBJECT_ALT_NAME, der(BYTES.octets, names)))),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ECDSA_WITH_SHA256, der(BYTES.bits, hex('00'), signature));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: createHash('sha256').update(certificate).digest('hex'),
  };
}
