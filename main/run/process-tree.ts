import type { ProcessEntry } from './process-table.ts';
import type { ProcessRef } from './run-outcome.ts';

/**
 * Remembers, from one look at the process table to the next, what belongs to one run: everything that descends from its first process, and
 * everything in a process group or session that one of those is in.
 *
 * Not found is what left its parent, group and session all between two looks (a daemon that forks twice within milliseconds), unless it is named as
 * marked, and what another program was asked to start (launchd, cron, a terminal multiplexer that ran already).
 */
export class ProcessTree {
  readonly #leader: number;
  #members = new Map<number, ProcessEntry>();
  /** Numbers of the groups and sessions of the last look. The first process is the leader of its own. */
  #groups: ReadonlySet<number>;

  constructor(leader: number) {
    this.#leader = leader;
    this.#groups = new Set([leader]);
  }

  /** Those alive at the last look. */
  get members(): readonly ProcessRef[] {
    return [...this.#members.values()].map(({ pid, startId }) => ({ pid, startId }));
  }

  /** Groups that held a living member at the last look: then nobody else's can have that number. */
  get groups(): readonly number[] {
    return [...new Set([...this.#members.values()].map(({ pgid }) => pgid))];
  }

  /** Knows nothing any more but the first process's own group. */
  forget(): void {
    this.#members = new Map();
    this.#groups = new Set([this.#leader]);
  }

  /**
   * @param leaderHeld whether the first process has not been waited for yet: as long as that is so, its number is not given away, dead or alive.
   * @param marked numbers of processes that carry this run's marker.
   */
  observe(
    table: readonly ProcessEntry[],
    leaderHeld: boolean,
    marked: ReadonlySet<number> = new Set(),
  ): void {
    const isKnown = ({ pid, startId }: ProcessEntry) =>
      (pid === this.#leader && leaderHeld) || marked.has(pid) || this.#members.get(pid)?.startId === startId;
    const strangers = new Set(table.filter((entry) => !isKnown(entry)).map(({ pid }) => pid));
    // A number that a process unknown to us bears now was given away, and so was the group of that number.
    const groups = new Set([...this.#groups].filter((id) => !strangers.has(id)));
    const members = new Map(table.filter(isKnown).map((entry) => [entry.pid, entry]));
    for (let before = -1; before !== members.size;) {
      before = members.size;
      for (const entry of table) {
        const isOurs =
          members.has(entry.pid) ||
          members.has(entry.ppid) ||
          groups.has(entry.pgid) ||
          (entry.sid !== null && groups.has(entry.sid));
        if (!isOurs || entry.pid === process.pid) continue;
        members.set(entry.pid, entry);
        groups.add(entry.pgid);
        if (entry.sid !== null) groups.add(entry.sid);
      }
    }
    this.#members = members;
    this.#groups = new Set([...members.values()].flatMap(({ pgid, sid }) => [pgid, sid ?? pgid]));
    if (leaderHeld) this.#groups = new Set([...this.#groups, this.#leader]);
  }
}
