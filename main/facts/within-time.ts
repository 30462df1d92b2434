/**
 * Answers `late` when `work` takes longer than `ms`. The work itself goes on: no call to the file system can be taken
 * back, and one that hangs on a dead mount keeps its thread.
 */
export async function withinTime<T, L>(ms: number, late: L, work: Promise<T>): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, ms, late);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
