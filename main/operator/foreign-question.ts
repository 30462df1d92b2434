import type { Choice } from '../prompt/prompt.ts';
import type { Assessment } from '../request/assessment.ts';
import { sha256Hex } from '../request/digest.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { ApprovalRequest } from './approval-request.ts';

export interface ForeignQuestion {
  readonly request: RunRequest;
  readonly assessment: Assessment;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly choices: readonly Choice[];
  readonly host: string;
}

/**
 * A command for another computer, as the gateway words it. Nothing about it can be looked up from here, so nothing is bound:
 * the answer is to the gateway's words, and the prompt says so.
 */
export function foreignQuestion({ id, request }: ApprovalRequest, host: string): ForeignQuestion {
  const { command, cwd, agentId, sessionKey, nodeId, allowedDecisions } = request;
  const digest = sha256Hex(
    JSON.stringify(['latchkey-foreign-1', id, host, nodeId, request.host, command, cwd]),
  );
  const mayAllow = allowedDecisions == null || allowedDecisions.includes('allow-once');
  return {
    request: { argv: [command], rawCommand: null, cwd, env: {}, agentId, sessionKey },
    assessment: {
      verdict: 'prompt',
      reason: 'other-host',
      text: 'This runs on another computer. Latchkey cannot look at its files or check what runs there.',
      digest,
      unattended: 'deny',
      onceOnly: true,
      grantable: false,
      segments: [],
      parts: [{ kind: 'text', operator: null, lines: command.split('\n') }],
      operands: [],
      allowlist: 'off',
      matched: [],
      allowAlways: null,
      allowAlwaysAny: null,
      warnings: [],
      binding: { argv: [command], program: '', cwd: cwd ?? '', env: {}, path: '', files: [], lookups: [] },
    },
    contents: new Map(),
    choices: mayAllow ? ['allow-once', 'deny'] : ['deny'],
    host,
  };
}
