import type { Prompt } from '../prompt/prompt.ts';
import type { Judged } from '../request/judged.ts';
import type { VersionStore } from '../versions/version-store.ts';

/** What a run has to do with earlier versions of its files. Neither ever fails it. */
export interface RunVersions {
  readonly recall: (judged: Judged) => Promise<Prompt['lastAllowed']>;
  /** The person allowed it. Nothing waits for this. */
  readonly remember: (judged: Judged) => void;
}

export function runVersions(store: VersionStore, gatewayId: () => string): RunVersions {
  return {
    recall: ({ assessment }) =>
      store.recall(
        gatewayId(),
        assessment.operands.map(({ path }) => path),
      ),
    remember: ({ assessment, contents }) => {
      const files = assessment.operands.map((operand) => ({ ...operand, bytes: contents.get(operand.path) }));
      void store.remember(gatewayId(), files, Date.now());
    },
  };
}
