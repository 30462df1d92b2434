import type { AuditEntry } from '../audit/audit-entry.ts';
import { lastTime, readJournal } from '../audit/journal-reader.ts';
import { gatewayCommands } from './gateway-commands.ts';
import { type IncidentFacts, incidentFacts, type Period, readSince } from './incident-facts.ts';
import { incidentReport } from './incident-report.ts';

/** Answers from the record what happened, and what to do now. */
export class Incidents {
  readonly #journalPath: string;
  readonly #deviceIds: () => readonly string[];

  /** @param deviceIds under which gateways know this Mac, the one that is served first. */
  constructor(journalPath: string, deviceIds: () => readonly string[]) {
    this.#journalPath = journalPath;
    this.#deviceIds = deviceIds;
  }

  get commands(): readonly string[] {
    return gatewayCommands(this.#deviceIds());
  }

  /** @throws {AuditError} when the record cannot be read. */
  async facts(period: Period): Promise<IncidentFacts> {
    const entries: AuditEntry[] = [];
    let badPlaces = 0;
    const last = await lastTime(this.#journalPath);
    const since = last === null ? undefined : readSince(period, last.getTime());
    for await (const line of readJournal(this.#journalPath, since)) {
      if (line.kind === 'entry') entries.push(line.entry);
      else if (line.reason !== 'unfinished') badPlaces += 1;
    }
    return incidentFacts(entries, period, badPlaces);
  }

  /** @throws {AuditError} */
  async report(period: Period): Promise<string> {
    return incidentReport(await this.facts(period), this.commands);
  }
}
