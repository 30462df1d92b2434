import type { AuthorityView } from '../../ipc/authority-view.ts';
import type { NodeSnapshot } from '../../node/snapshot.ts';
import { displayWhole } from '../../text/display.ts';

export const viewAuthority = ({ authority }: NodeSnapshot): AuthorityView => {
  const { trustsGatewayApprovals, isForced, operator, showsOtherHosts } = authority;
  const { state, text, command } = operator;
  return {
    counts: trustsGatewayApprovals ? 'anywhere' : 'here',
    fixed: isForced,
    operator: {
      state,
      detail: text === null ? null : displayWhole(text),
      command: command === null ? null : displayWhole(command),
    },
    showsOtherHosts,
  };
};
