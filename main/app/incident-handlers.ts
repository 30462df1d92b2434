import type { Halt } from '../halt/halt.ts';
import type { Period } from '../incident/incident-facts.ts';
import type { Incidents } from '../incident/incidents.ts';
import type { Handlers } from '../ipc/contract.ts';
import type { IncidentView } from '../ipc/incident-view.ts';
import type { Language } from '../ipc/values.ts';
import { StateError } from '../state/state-error.ts';
import { done, failure, NOT_KEPT } from './envelopes.ts';
import { incidentView } from './views/incident-view.ts';

interface Parts {
  readonly halt: Pick<Halt, 'contain' | 'contained' | 'endContainment' | 'kept'>;
  readonly incidents: Pick<Incidents, 'commands' | 'facts' | 'report'>;
  readonly language: Language;
  readonly copy: (text: string) => Promise<void>;
  /** Asks where to, and writes. Resolves to whether it was saved. @throws {StateError} when it could not be written. */
  readonly save: (name: string, text: string) => Promise<boolean>;
  /** The window has something new to show. */
  readonly changed: () => void;
}

const NOT_SAVED = failure(
  'not-saved',
  'The report could not be saved there. Choose another place, or make room on the disk.',
);

/** What the incident window may ask for: stopping is never more than one press away, and starting again is never by accident. */
export function incidentHandlers({ halt, incidents, language, copy, save, changed }: Parts): {
  readonly handlers: Handlers<'incident'>;
  readonly view: () => Promise<IncidentView>;
} {
  let revision = 0;
  let period: Period = 'day';
  const view = async (): Promise<IncidentView> => {
    const facts = await incidents.facts(period);
    revision += 1;
    const { contained, kept } = halt;
    return incidentView(facts, period, {
      revision,
      language,
      contained,
      kept,
      commands: [...incidents.commands],
    });
  };
  const handlers: Handlers<'incident'> = {
    current: async () => ({ ok: true, value: await view() }),
    contain: async () => {
      try {
        await halt.contain();
      } catch (error) {
        if (error instanceof StateError) return NOT_KEPT;
        throw error;
      } finally {
        changed();
      }
      return done;
    },
    endContainment: async () => {
      await halt.endContainment();
      changed();
      return done;
    },
    setPeriod: (wanted) => {
      period = wanted;
      changed();
      return done;
    },
    copyCommand: async (index) => {
      const command = incidents.commands[index];
      if (command === undefined) return failure('not-available', 'This command is not offered any more.');
      await copy(command);
      return done;
    },
    saveReport: async () => {
      const report = await incidents.report(period);
      try {
        return { ok: true, value: await save('latchkey-incident.md', report) };
      } catch (error) {
        if (error instanceof StateError) return NOT_SAVED;
        throw error;
      }
    },
  };
  return { handlers, view };
}
