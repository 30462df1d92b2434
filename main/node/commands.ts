import type { Command } from '../commands/command.ts';
import {
  createGetApprovals,
  createSetApprovals,
  type EditProposals,
  type SharedPolicy,
} from '../commands/exec-approvals.ts';
import { createNotify } from '../commands/notify.ts';
import { createPrepare } from '../commands/prepare.ts';
import type { RunContext } from '../commands/run-context.ts';
import { createSystemRun } from '../commands/system-run.ts';
import { createWhich } from '../commands/which.ts';
import type { NODE_COMMANDS } from '../gateway/connect-request.ts';
import type { Reports } from './reports.ts';

export interface CommandOptions {
  readonly run: RunContext;
  readonly policy: SharedPolicy;
  readonly edits: EditProposals;
  readonly reports: Reports;
  /** Where a name leads on the PATH of runs; null: nowhere. */
  readonly locate: (name: string) => Promise<string | null>;
}

/** All that a gateway can ask for: exactly the surface that was declared to it. */
export function createCommands({
  run,
  policy,
  edits,
  reports,
  locate,
}: CommandOptions): ReadonlyMap<string, Command> {
  const commands: Record<(typeof NODE_COMMANDS)[number], Command> = {
    'system.run.prepare': createPrepare(run),
    'system.run': createSystemRun(run),
    'system.which': createWhich(locate),
    'system.notify': createNotify(
      (notice) => void reports.emit('notice', { from: run.gateway().name, ...notice }),
    ),
    'system.execApprovals.get': createGetApprovals(policy),
    'system.execApprovals.set': createSetApprovals(policy, edits, () => run.gateway()),
  };
  return new Map(Object.entries(commands));
}
