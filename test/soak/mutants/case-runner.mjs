// Stryker's test runner for policy and binding: the tests' own assertions first, then the questions of the corpus. A mutant
// that no assertion notices and that answers a question milder than we do is a missing case.
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

import { build } from 'esbuild';

/** Coverage is told by so many questions together: one by one it would not fit into memory. */
const AT_ONCE = 10;
/** Of the batches of made-up questions that reach a mutant so many are asked, evenly spread. */
const MOST_BATCHES = 40;
/** What measures time says nothing here. */
const LEFT_OUT = /never takes long/;
/** What is slow waits for a limit of time. No table has one, and each mutant of a table would wait as well. */
const SLOW_MS = 300;
const PROPERTIES = 'properties.test.ts';
const OUTSIDE = ['vitest', 'fast-check', 'zod', 'web-tree-sitter'];

/** Where the changed code looks which mutant it is, and counts its turns. */
const switchboard = (globalThis.latchkeyMutant = { active: -1, turns: 0, most: 0, turn });

function turn() {
  if (++switchboard.turns > switchboard.most) throw new Error('it turns and turns');
  return true;
}

class CaseRunner {
  #text;
  #code;
  #require;
  /** Evaluated once, without a mutant: for those that are switched on while it runs. */
  #ours;
  /** The questions in their batches, and our answers. */
  #batches = [];
  #slow = new Set();
  /** What ended the last mutants is tried first on the next one. */
  #killers = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const root = process.cwd();
    const outside = new Map();
    for (const name of OUTSIDE) outside.set(name, await import(name));
    const own = createRequire(import.meta.url);
    this.#require = (name) => outside.get(name) ?? own(name);
    globalThis.latchkeyShell = await shellReader(root);
    this.#text = await bundled(root);
    this.#code = new Script(withSwitches(this.#text));
    this.#ours = this.#load(this.#code);
    for (const { name, run } of this.#ours.sentences) {
      const { status, timeSpentMs } = await timed(name, run);
      if (status === 'success' && timeSpentMs > SLOW_MS) this.#slow.add(name);
    }
    for (const { name, isVaried, questions } of batchesOf(this.#ours.corpus())) {
      const asked = [];
      for (const question of questions) {
        const answer = await this.#ours.answer(question);
        asked.push({ question, answer, text: JSON.stringify(answer) });
      }
      this.#batches.push({ name, isVaried, asked });
    }
  }

  /** What is reached is told by sentence and by batch; what is reached while loading is static. */
  async dryRun() {
    const counts = (globalThis.__stryker__ ??= {});
    const { sentences, corpus, answer } = this.#load(new Script(this.#text));
    const tests = [];
    const count = async (name, run) => {
      counts.currentTestId = name;
      tests.push(await timed(name, run));
    };
    for (const { name, run } of sentences) await count(name, run);
    const batches = batchesOf(corpus());
    for (const { name, questions } of batches) {
      await count(name, async () => {
        for (const question of questions) await answer(question);
      });
    }
    console.log(
      `${sentences.length} sentences, ${batches.flatMap(({ questions }) => questions).length} questions`,
    );
    return { status: 'complete', tests, mutantCoverage: counts.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    Object.assign(switchboard, { active: Number(activeMutant.id), turns: 0, most: hitLimit ?? 1e7 });
    try {
      return await this.#judge(mutantActivation === 'static', testFilter && new Set(testFilter));
    } finally {
      switchboard.active = -1;
    }
  }

  async #judge(isStatic, wanted) {
    let other = this.#ours;
    try {
      if (isStatic) other = this.#load(this.#code);
    } catch (error) {
      return killed('loading', error);
    }
    const byName = new Map(other.sentences.map((sentence) => [sentence.name, sentence]));
    for (const name of this.#inOrder(wanted)) {
      try {
        await byName.get(name).run();
      } catch (error) {
        this.#killers = [name, ...this.#killers.filter((one) => one !== name)].slice(0, 200);
        return killed(name, error);
      }
    }
    let differs = null;
    for (const { question, answer, text } of this.#asked(wanted)) {
      const theirs = await other.answer(question);
      if (JSON.stringify(theirs) === text) continue;
      const way = this.#ours.milder(answer, theirs);
      const { disk, ...how } = question.asked;
      const where = `${JSON.stringify(question.what).slice(0, 300)} ${JSON.stringify(how)}${disk ? ' on another disk' : ''}`;
      if (way !== null) return killed('milder', `${way}: ${where}`);
      differs ??= killed('differs', where);
    }
    return differs ?? { status: 'survived', nrOfTests: 1 };
  }

  /** The names of all sentences that reach the mutant, those first that ended others. */
  #inOrder(wanted) {
    const reaches = (name) => wanted?.has(name) ?? !this.#slow.has(name);
    return [...new Set([...this.#killers, ...this.#ours.sentences.map(({ name }) => name)])].filter(reaches);
  }

  #asked(wanted) {
    const reaching = this.#batches.filter(({ name }) => wanted?.has(name) ?? true);
    const varied = reaching.filter(({ isVaried }) => isVaried);
    const step = Math.max(1, varied.length / MOST_BATCHES);
    const some = Array.from(
      { length: Math.min(MOST_BATCHES, varied.length) },
      (_, index) => varied[Math.floor(index * step)],
    );
    return [...reaching.filter(({ isVaried }) => !isVaried), ...some].flatMap(({ asked }) => asked);
  }

  #load(script) {
    const module = { exports: {} };
    script.runInThisContext()(module, this.#require);
    const { sentences } = module.exports;
    return { ...module.exports, sentences: sentences.filter(({ name }) => !LEFT_OUT.test(name)) };
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'cases', injectableClass: CaseRunner }];

const killed = (by, reason) => ({
  status: 'killed',
  killedBy: [by],
  failureMessage: String(reason?.message ?? reason).slice(0, 600),
  nrOfTests: 1,
});

function batchesOf({ asTested, varied }) {
  return [asTested, varied].flatMap((all, isVaried) =>
    Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) => ({
      name: `${isVaried ? 'made-up' : 'tested'} questions ${index}`,
      isVaried: Boolean(isVaried),
      questions: all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    })),
  );
}

/** Stryker's switches, as fast as they can be: they are passed millions of times, and nobody counts coverage any more. */
const withSwitches = (text) =>
  text
    .replace(/stryMutAct_\w+\("(\d+)"\)/g, '(latchkeyMutant.active === $1 && latchkeyMutant.turn())')
    .replace(/stryCov_\w+\((?:"\d+"(?:, )?)+\)/g, 'void 0');

async function timed(name, run) {
  const from = performance.now();
  try {
    await run();
    return { id: name, name, status: 'success', timeSpentMs: performance.now() - from };
  } catch (error) {
    return { id: name, name, status: 'failed', failureMessage: String(error?.stack), timeSpentMs: 0 };
  }
}

/** One script with every test of policy and binding in it. */
async function bundled(root) {
  const files = [];
  for (const folder of ['policy', 'binding']) {
    for (const name of await readdir(join(root, 'test', folder))) {
      if (name.endsWith('.test.ts') && name !== PROPERTIES) files.push(`./test/${folder}/${name}`);
    }
  }
  const contents = [
    "import { inFile } from './test/soak/mutants/vitest-stand-in.ts';",
    ...files.map((file) => `inFile(${JSON.stringify(file)}, () => require(${JSON.stringify(file)}));`),
    "export * from './test/soak/mutants/cases.ts';",
  ].join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: OUTSIDE,
    plugins: [standIns(root)],
    logLevel: 'error',
  });
  return `(function (module, require) { let exports = module.exports; ${outputFiles[0].text}\n})`;
}

/** vitest is the stand-in for the tests; the reader of shell texts is nobody's mutant, and one serves all. */
const standIns = (root) => ({
  name: 'stand-ins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vitest$/ }, ({ importer }) =>
      importer.endsWith('.test.ts')
        ? { path: join(root, 'test/soak/mutants/vitest-stand-in.ts') }
        : undefined,
    );
    onLoad({ filter: /main\/shell\/shell-reader\.ts$/ }, () => ({
      contents: 'export const openShellReader = () => Promise.resolve(globalThis.latchkeyShell);',
    }));
    onLoad({ filter: /main\/facts\/shell-grammar\.ts$/ }, () => ({
      contents: 'export const readShellGrammar = () => Promise.resolve(null);',
    }));
  },
});

/** Each text is read once. */
async function shellReader(root) {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'main/shell/shell-reader.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: OUTSIDE,
  });
  const module = { exports: {} };
  const outside = { 'web-tree-sitter': await import('web-tree-sitter') };
  new Script(`(function (module, require) { ${outputFiles[0].text}\n})`).runInThisContext()(
    module,
    (name) => outside[name],
  );
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-bash/tree-sitter-bash.wasm');
  const reader = await module.exports.openShellReader(readFileSync(wasm));
  const known = new Map();
  return {
    read(text) {
      if (!known.has(text)) known.set(text, reader.read(text));
      return known.get(text);
    },
  };
}
