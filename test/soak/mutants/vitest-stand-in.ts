/**
 * What the tests see as vitest while mutants run: the same sentences and the same assertions, collected to be run one by
 * one, thousands of times in a process. Vitest itself takes seconds to start for each mutant.
 */
export { expect } from 'vitest';

export interface Sentence {
  readonly name: string;
  /** Resolves when it holds. */
  readonly run: () => Promise<void>;
}

type Body = (...row: never[]) => unknown;

export const sentences: Sentence[] = [];
let title: string[] = [];
let before: Body[] = [];
let after: Body[] = [];

/** Each file has its own hooks and its own name. */
export function inFile(name: string, load: () => void): void {
  [title, before, after] = [[name], [], []];
  load();
}

const add = (name: string, body: Body, row: readonly unknown[] = []): void => {
  const [around, setUp, tearDown] = [title, before, after];
  sentences.push({
    name: `${[...around, name].join(' > ')} #${sentences.length}`,
    run: async () => {
      for (const hook of setUp) await hook();
      try {
        await body(...(row as never[]));
      } finally {
        for (const hook of tearDown) await hook();
      }
    },
  });
};

/** As vitest does it: rows are taken apart where all of them are lists. */
const rowsOf = (rows: readonly unknown[]): (readonly unknown[])[] => {
  const lists = rows.filter((row): row is readonly unknown[] => Array.isArray(row));
  return lists.length === rows.length ? lists : rows.map((row) => [row]);
};

export const it = Object.assign((name: string, body: Body) => add(name, body), {
  each: (rows: readonly unknown[]) => (name: string, body: Body) => {
    for (const row of rowsOf(rows)) add(`${name} ${JSON.stringify(row).slice(0, 120)}`, body, row);
  },
});

const group = (name: string, body: Body, row: readonly unknown[] = []): void => {
  const outer = title;
  title = [...outer, name];
  body(...(row as never[]));
  title = outer;
};
export const describe = Object.assign((name: string, body: Body) => group(name, body), {
  each: (rows: readonly unknown[]) => (name: string, body: Body) => {
    for (const row of rowsOf(rows)) group(`${name} ${JSON.stringify(row).slice(0, 120)}`, body, row);
  },
});

export const beforeEach = (hook: Body): void => void before.push(hook);
export const afterEach = (hook: Body): void => void after.push(hook);
