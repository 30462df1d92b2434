import { parseArgs } from 'node:util';

import { z } from 'zod';

export const usage = `usage: npm run --silent headless -- --state-dir DIR [options]

  --state-dir DIR         where policy, settings and the record are kept
  --setup-code CODE       pair with a setup code; "-" reads it from the first line of standard input
  --gateway URL           pair by address (ws:// on this machine, wss:// anywhere) and token
  --token-stdin           read the token from the first line of standard input
                          (or set LATCHKEY_GATEWAY_TOKEN)
  --tls-fingerprint HEX   accept only the certificate with this SHA-256 fingerprint
  --pin-certificate       accept only the certificate of the first trusted connection from then on
  --display-name NAME     what operators see; the host's name by default
  --set NAME=VALUE        change a setting for good; can be given several times, such as --set passSshAgent=true
  --memory-secrets        keep the pairing secret in memory: pairing ends with the process
  --dangerously-allow-plaintext-gateway
                          allow ws:// to another machine: everything is readable on the way
  --dangerously-trust-any-loopback-listener
                          connect to this machine whoever listens there: another user could be handed the token
  --dangerously-trust-gateway-approvals
                          let a yes given on any of the gateway's surfaces count as one given here
  --help                  print this

Ends with 0, with 1 when it could not start or could not pair, with 64 when the command line is not understood.
`;

const options = {
  'state-dir': { type: 'string' },
  'setup-code': { type: 'string' },
  gateway: { type: 'string' },
  'token-stdin': { type: 'boolean', default: false },
  'tls-fingerprint': { type: 'string' },
  'pin-certificate': { type: 'boolean', default: false },
  'display-name': { type: 'string' },
  set: { type: 'string', multiple: true },
  'memory-secrets': { type: 'boolean', default: false },
  'dangerously-allow-plaintext-gateway': { type: 'boolean', default: false },
  'dangerously-trust-any-loopback-listener': { type: 'boolean', default: false },
  'dangerously-trust-gateway-approvals': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const headlessArguments = z
  .strictObject({
    'state-dir': z.string({ error: '--state-dir is needed' }).min(1, '--state-dir must not be empty'),
    'setup-code': z.string().min(1, '--setup-code must not be empty').optional(),
    gateway: z.string().min(1, '--gateway must not be empty').optional(),
    'token-stdin': z.boolean(),
    'tls-fingerprint': z.string().optional(),
    'pin-certificate': z.boolean(),
    'display-name': z.string().min(1, '--display-name must not be empty').max(200).optional(),
    set: z.array(z.string()).default([]),
    'memory-secrets': z.boolean(),
    'dangerously-allow-plaintext-gateway': z.boolean(),
    'dangerously-trust-any-loopback-listener': z.boolean(),
    'dangerously-trust-gateway-approvals': z.boolean(),
  })
  .refine((args) => args['setup-code'] === undefined || args.gateway === undefined, {
    error: 'give either --setup-code or --gateway, not both',
  })
  .refine((args) => args.gateway !== undefined || !args['token-stdin'], {
    error: '--token-stdin goes with --gateway',
  });

export type HeadlessArguments = z.infer<typeof headlessArguments>;

/**
 * `help`: only to say how it is used. @throws {Error} with a message for a person when the command line is not one of ours.
 */
export function parseHeadlessArguments(argv: readonly string[]): HeadlessArguments | 'help' {
  const parsedOptions = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false });
  const { help, ...values } = parsedOptions.values;
  if (help) return 'help';
  const parsed = headlessArguments.safeParse(values);
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => issue.message).join('; '));
  return parsed.data;
}
