import { expect, it } from 'vitest';

import { claimOf } from '../../main/approvals/claim.ts';

const operator = { by: 'operator', approvalId: null };

it.each([
  ['nothing', {}, null],
  ['an explicit no', { approved: false, runId: 'r' }, null],
  [
    "an operator's yes",
    { approved: true, approvalDecision: 'allow-once', runId: 'r' },
    { ...operator, approvalId: 'r' },
  ],
  [
    "an operator's always",
    { approved: true, approvalDecision: 'allow-always', runId: 'r' },
    { ...operator, approvalId: 'r' },
  ],
  ['a yes without a decision', { approved: true, runId: 'r' }, operator],
  ['a decision without a yes', { approvalDecision: 'allow-once', runId: 'r' }, operator],
  ['a decision that is none', { approved: true, approvalDecision: 'allow', runId: 'r' }, operator],
  ['a yes without an id', { approved: true, approvalDecision: 'allow-once' }, operator],
  ["a model's yes", { approvalSource: 'auto-review', runId: 'r' }, { by: 'model', approvalId: null }],
  ["nobody's yes", { approvalSource: 'ask-fallback', runId: 'r' }, { by: 'nobody', approvalId: null }],
  [
    'a source that is not known',
    { approvalSource: 'explicit', runId: 'r' },
    { by: 'model', approvalId: null },
  ],
  [
    "a model's yes beside an operator's",
    { approved: true, approvalDecision: 'allow-once', approvalSource: 'auto-review', runId: 'r' },
    { by: 'model', approvalId: null },
  ],
])('%s', (_what, params, claim) => {
  expect(claimOf(params)).toEqual(claim);
});
