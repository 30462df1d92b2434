import type { Operator } from '../operator/operator.ts';
import type { OperatorStatus } from '../operator/operator-status.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { InputLine } from './line-protocol.ts';

type Switch = Extract<InputLine, { operator: unknown }>['operator'];

/** @throws {Error} with a message for a person. */
export async function switchOperator(operator: Operator, to: Switch): Promise<void> {
  if (to === false) await operator.disable();
  else if ('setupCode' in to) await operator.enable({ by: 'setup-code', setupCode: to.setupCode });
  else await operator.enable({ by: 'token', token: to.token });
}

/** Says how the operator connection stands, each time that it changes. Nothing while it was never on. */
export class OperatorLines {
  readonly #write: (line: string) => void;
  #last = JSON.stringify({ event: 'operator', state: 'off' });

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  say({ state, text, requestId }: OperatorStatus): void {
    const line = JSON.stringify({
      event: 'operator',
      state,
      ...(requestId === null ? {} : { requestId }),
      ...(text === null ? {} : { detail: text }),
    });
    if (line === this.#last) return;
    this.#last = line;
    this.#write(line);
  }
}

/** What a prompt says of other places: a yes claimed elsewhere, where it came from, where it would run. */
export function elsewhereOf({ claim, origin, host }: Prompt): object {
  return {
    ...(claim === undefined ? {} : { claim: claim.by }),
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { host }),
  };
}
