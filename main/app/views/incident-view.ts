import type { IncidentFacts, Period } from '../../incident/incident-facts.ts';
import type { IncidentView } from '../../ipc/incident-view.ts';
import { commandText } from '../../request/command-text.ts';
import { display, displayWhole } from '../../text/display.ts';

const MOST = 200;

/** What happened, as the window shows it. All that somebody else wrote becomes display text here. */
export function incidentView(
  facts: IncidentFacts,
  period: Period,
  own: Pick<IncidentView, 'revision' | 'language' | 'contained' | 'kept' | 'commands'>,
): IncidentView {
  const { span, runs, refused, secrets, dropped, badPlaces } = facts;
  return {
    ...own,
    period,
    span,
    runs: runs
      .slice(-MOST)
      .toReversed()
      .map(({ atMs, agentId, argv, cwd, by, exitCode }) => ({
        atMs,
        agent: agentId === null ? null : displayWhole(agentId),
        command: display(commandText([...argv])),
        cwd: cwd === null ? null : displayWhole(cwd),
        by,
        exitCode,
      })),
    ran: runs.length,
    refused,
    secrets: secrets
      .slice(0, MOST)
      .map(({ kind, name, runs: count }) => ({ kind, name: displayWhole(name), runs: count })),
    dropped,
    badPlaces,
  };
}
