import type { Journal } from '../audit/journal.ts';
import type { QuestionsOptions } from '../operator/approval-questions.ts';
import { Operator } from '../operator/operator.ts';
import type { OperatorLink } from '../operator/operator-link.ts';

type Asking = Omit<QuestionsOptions, 'resolve' | 'hostName' | 'record'>;

/** The operator connection, with its questions on the same desk and its answers in the same record as everything else. */
export function openOperator({
  link,
  journal,
  allowPlaintext,
  ...asking
}: Asking & {
  readonly link: OperatorLink;
  readonly journal: Pick<Journal, 'append'>;
  readonly allowPlaintext: boolean;
}): Operator {
  return new Operator(
    link,
    {
      allowPlaintext,
      record: async (before, after) => {
        const { id: gatewayId } = asking.gateway();
        if (gatewayId === '') return;
        await journal.append({
          kind: 'operator',
          gatewayId,
          what: 'connection',
          before,
          after,
          by: 'person',
        });
      },
    },
    {
      ...asking,
      record: ({ id, request }, digest, decision, by) =>
        journal.append({
          kind: 'decision',
          requestId: id,
          digest,
          decision,
          by: { who: by },
          reason: 'gateway-approval',
          text: request.command,
        }),
    },
  );
}
