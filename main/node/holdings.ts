import type { ApprovalLedger } from '../approvals/approval-ledger.ts';
import type { GrantBook } from '../grants/grant-book.ts';
import type { OperatorLink } from '../operator/operator-link.ts';
import type { Holding } from '../unpair/holding.ts';
import type { VersionStore } from '../versions/version-store.ts';

interface Holders {
  readonly grants: Pick<GrantBook, 'dropAll' | 'live'>;
  readonly ledger: Pick<ApprovalLedger, 'clear' | 'size'>;
  readonly operator: Pick<OperatorLink, 'follow' | 'gatewayId'>;
  readonly versions: Pick<VersionStore, 'forget' | 'count'>;
  /** Whether this is the gateway that is served, or nobody is. Grants and approvals are only ever its own. */
  readonly serves: (gatewayId: string) => boolean;
}

/** All that is kept of a pairing beside its secret, its record and its runs. Its rules stay: paired again, it finds them. */
export const holdingsOf = ({ grants, ledger, operator, versions, serves }: Holders): readonly Holding[] => [
  {
    what: 'grants',
    untilRefused: true,
    drop: async (gatewayId) => {
      if (serves(gatewayId)) grants.dropAll('unpaired');
      return Promise.resolve();
    },
    left: (gatewayId) =>
      Promise.resolve(grants.live.filter(({ gateway }) => gateway.id === gatewayId).length),
  },
  {
    what: 'approvals',
    untilRefused: true,
    drop: async (gatewayId) => {
      if (serves(gatewayId)) ledger.clear();
      return Promise.resolve();
    },
    left: (gatewayId) => Promise.resolve(serves(gatewayId) ? ledger.size : 0),
  },
  {
    what: 'operator-connection',
    drop: async (gatewayId) => {
      if (operator.gatewayId === gatewayId) await operator.follow(null);
    },
    left: (gatewayId) => Promise.resolve(operator.gatewayId === gatewayId ? 1 : 0),
  },
  {
    what: 'allowed-files',
    drop: (gatewayId) => versions.forget(gatewayId),
    left: (gatewayId) => versions.count(gatewayId),
  },
];
