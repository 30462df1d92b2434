/**
 * Answers `late` when `work` takes longer than `ms`. The work itself goes on: no call to the file system can be taken
 * back, and one that hangs on a dead mount keeps its thread.
 */
export async function withinTime<T, L>(ms: number, late: L, work: Promise<T>): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<L>((resolve) => {
    // What was done in time, while this program was busy with something else, is not late.
    timer = setTimeout(() => setImmediate(resolve, late), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
