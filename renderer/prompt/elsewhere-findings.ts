import type { PromptView } from '../../main/ipc/prompt-view.ts';
import type { Finding } from './findings.ts';

const CLAIMS = { operator: 'claimedByOperator', model: 'claimedByModel', nobody: 'claimedByNobody' } as const;

/** That it would run on another computer, and that somebody is said to have allowed it elsewhere. */
export function elsewhereFindings({ host, claim }: PromptView['who']): [code: string, finding: Finding][] {
  return [
    ...(host === null
      ? []
      : [
          ['other-host', { severity: 'high', title: 'runsElsewhere', why: null, text: host }] as [
            string,
            Finding,
          ],
        ]),
    ...(claim === null
      ? []
      : [
          ['claim', { severity: 'caution', title: CLAIMS[claim], why: 'claimWhy', text: null }] as [
            string,
            Finding,
          ],
        ]),
  ];
}
