import type { Envelope, Handlers } from '../ipc/contract.ts';
import { displayString } from '../text/display.ts';
import type { Core } from './core.ts';
import { done, failure } from './envelopes.ts';
import type { TouchId } from './platform/touch-id.ts';

export type AuthorityCalls =
  'trustGatewayApprovals' | 'enableOperator' | 'disableOperator' | 'copyOperatorCommand' | 'showOtherHosts';

interface Parts {
  readonly core: Pick<Core, 'operator' | 'whoseYes' | 'settings'>;
  readonly sensor: TouchId;
  /** Completes "Latchkey is trying to …". */
  readonly reason: string;
  readonly copy: (text: string) => Promise<void>;
}

/** What the settings may change of whose yes counts. To let others decide takes the person's finger, unless never asked for. */
export function authorityHandlers({
  core: { operator, whoseYes, settings },
  sensor,
  reason,
  copy,
}: Parts): Pick<Handlers<'settings'>, AuthorityCalls> {
  return {
    trustGatewayApprovals: async (trusted) => {
      if (whoseYes.isForced)
        return failure('not-available', 'The command line decides this. Restart without its option.');
      const needed = trusted && !whoseYes.trustsGateway && settings.current.touchId !== 'never';
      if (needed && sensor.available && !(await sensor.confirm(reason)))
        return failure('not-proven', 'Touch ID did not confirm it. Nothing was changed.');
      return told(() => whoseYes.dangerouslyTrustGateway(trusted));
    },
    enableOperator: (request) => told(() => operator.enable(request)),
    disableOperator: () => told(() => operator.disable()),
    copyOperatorCommand: async () => {
      const { command } = operator.status;
      if (command === null) return failure('not-available', 'There is nothing to run on the gateway now.');
      await copy(command);
      return done;
    },
    showOtherHosts: (shown) => told(() => whoseYes.showOtherHosts(shown)),
  };
}

/** A sentence for a person, which can quote what somebody else wrote. */
const told = (work: () => Promise<void>): Promise<Envelope<undefined>> =>
  Promise.resolve()
    .then(work)
    .then(
      () => done,
      (error: unknown) =>
        failure(
          'not-available',
          displayString(error instanceof Error ? error.message : 'That did not work.'),
        ),
    );
