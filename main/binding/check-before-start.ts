import type { FileFacts } from '../facts/file-facts.ts';
import type { Binding } from '../request/assessment.ts';
import { checkBinding, type Drift } from './check-binding.ts';

/** File systems tell the time of a change in steps: of 10 ms on the slowest kernels that matter. */
const STEP_MS = 20;

/**
 * The last look before the spawn. It waits until the youngest change time that was bound is over: a file that was changed
 * and changed back within one step would have its old time again, and neither look would see it.
 */
export async function checkBeforeStart(
  binding: Binding,
  files: FileFacts,
  wait: (ms: number) => Promise<unknown>,
  nowMs: () => number,
): Promise<readonly Drift[]> {
  const changes = binding.files.flatMap(({ components }) =>
    components.map(({ changedNs }) => Number(changedNs)),
  );
  const settlesInMs = Math.max(0, ...changes) / 1e6 + STEP_MS - nowMs();
  // A time in the future is that of another clock, which nobody can wait for.
  if (settlesInMs > 0) await wait(Math.min(STEP_MS, settlesInMs));
  return checkBinding(binding, files);
}
