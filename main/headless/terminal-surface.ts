import { createInterface } from 'node:readline/promises';

import type { LatchkeyNode } from '../node/latchkey-node.ts';
import type { NodeSnapshot } from '../node/snapshot.ts';
import type { Prompt } from '../prompt/prompt.ts';
import { displayString } from '../text/display.ts';

const keys = new Map([
  ['y', 'allow-once'],
  ['always', 'allow-always'],
  ['n', 'deny'],
] as const);

/** The node for a person at a terminal: one question at a time, in words. Only a typed `y` or `always` is a yes. */
export class TerminalSurface {
  readonly #node: LatchkeyNode;
  readonly #lines = createInterface({ input: process.stdin, output: process.stdout });
  #asking: AbortController | null = null;
  #lastState = '';

  constructor(node: LatchkeyNode) {
    this.#node = node;
    node.on('changed', (snapshot) => this.#state(snapshot));
    node.on('prompt', () => void this.#askNext());
    node.on('prompt-closed', () => this.#asking?.abort());
    node.on('finished', ({ exitCode, durationMs }) =>
      this.#say(`ended with code ${exitCode} after ${durationMs} ms`),
    );
    node.on('denied', ({ reason }) => this.#say(`denied: ${reason}`));
    node.on('notice', ({ from, title, body }) =>
      this.#say(`from ${displayString(from)}: ${displayString(`${title} ${body}`)}`),
    );
    this.#state(node.snapshot());
  }

  /** The next typed line, for a code or a token; null when none can come. */
  readLine(): Promise<string | null> {
    return this.#lines.question('').catch(() => null);
  }

  async #askNext(): Promise<void> {
    if (this.#asking !== null) return;
    for (let prompt = this.#oldest(); prompt !== undefined; prompt = this.#oldest()) {
      this.#asking = new AbortController();
      this.#describe(prompt);
      const question = `Run it? [y] once${prompt.choices.includes('allow-always') ? ', [always]' : ''}, [n] deny: `;
      const typed = await this.#lines.question(question, { signal: this.#asking.signal }).catch(() => null);
      if (typed !== null) {
        const decision = keys.get(typed.trim().toLowerCase() as 'y') ?? 'deny';
        this.#node.answer({ id: prompt.id, digest: prompt.digest, decision });
      } else this.#say('the question was withdrawn');
    }
    this.#asking = null;
  }

  #oldest(): Prompt | undefined {
    return this.#node.snapshot().prompts[0];
  }

  #describe({ request, assessment, gateway }: Prompt): void {
    const agent = displayString(request.agentId ?? 'an agent without a name');
    this.#say(
      `\n${agent} on ${displayString(gateway.name)} wants to run, in ${displayString(assessment.binding.cwd)}:`,
    );
    for (const word of request.argv) this.#say(`    ${displayString(word)}`);
    for (const [name, value] of Object.entries(request.env))
      this.#say(`  with ${displayString(name)}=${displayString(value)}`);
    for (const { path, sha256 } of assessment.operands)
      this.#say(`  runs ${displayString(path)} (${sha256.slice(0, 12)})`);
    for (const { text } of assessment.warnings) this.#say(`  note: ${displayString(text)}`);
    this.#say(`  ${displayString(assessment.text)}`);
  }

  #state({ state, detail }: NodeSnapshot): void {
    const line = detail === null ? state : `${state}: ${detail}`;
    if (line === this.#lastState) return;
    this.#lastState = line;
    this.#say(displayString(line));
  }

  #say(line: string): void {
    process.stdout.write(`${line}\n`);
  }
}
