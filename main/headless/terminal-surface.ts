import { createInterface } from 'node:readline/promises';

import type { PendingEdit } from '../edits/pending-edit.ts';
import type { LatchkeyNode } from '../node/latchkey-node.ts';
import type { NodeSnapshot } from '../node/snapshot.ts';
import { ARMING_MS, isGrave } from '../prompt/arming-times.ts';
import type { Prompt } from '../prompt/prompt.ts';
import { displayString } from '../text/display.ts';
import { changeLines, chosenChanges, editLines } from './edit-words.ts';
import { editErrors } from './policy-edit-lines.ts';

const keys = new Map([
  ['y', 'allow-once'],
  ['always', 'allow-always'],
  ['n', 'deny'],
] as const);

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** A steady clock, in milliseconds. */
  readonly now: () => number;
}

/**
 * The node for a person at a terminal: one question at a time, in words, commands before edits of the policy. Only a typed
 * `y` or `always`, or the numbers of changes, is a yes; and one that comes before anybody could have read the question was
 * typed for something else.
 */
export class TerminalSurface {
  readonly #node: LatchkeyNode;
  readonly #terminal: Terminal;
  readonly #lines;
  /** Until `begin`, what is typed is a code or a token. */
  #asking = true;
  /** The question that is on the screen: the id of what it is about. */
  #question: { readonly id: string; readonly withdraw: AbortController } | null = null;
  #ended = false;
  #lastState = '';

  /** @param onEnd called once nothing can be typed any more. */
  constructor(
    node: LatchkeyNode,
    onEnd: () => void,
    terminal: Terminal = {
      input: process.stdin,
      output: process.stdout,
      now: () => performance.now(),
    },
  ) {
    this.#node = node;
    this.#terminal = terminal;
    this.#lines = createInterface({ input: terminal.input, output: terminal.output });
    this.#lines.on('close', () => {
      this.#ended = true;
      onEnd();
    });
    node.on('changed', (snapshot) => this.#state(snapshot));
    node.on('prompt', () => {
      this.#withdrawEdit();
      void this.#askAll();
    });
    node.on('prompt-closed', ({ id }) => this.#withdraw(id));
    node.edits.on('waiting', () => void this.#askAll());
    node.edits.on('closed', (id) => this.#withdraw(id));
    node.edits.on('tightened', ({ from, changes }) => {
      this.#say(`the policy was made stricter by the gateway ${displayString(from.name)}`);
      for (const line of changes.flatMap((change) => changeLines(change))) this.#say(line);
    });
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

  /** Asks about what waits already, and from then on about what comes. */
  begin(): void {
    this.#asking = false;
    void this.#askAll();
  }

  async #askAll(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (!this.#ended) {
      const [prompt] = this.#node.snapshot().prompts;
      const [edit] = this.#node.edits.pending;
      if (prompt !== undefined) await this.#askPrompt(prompt);
      else if (edit !== undefined) await this.#askEdit(edit);
      else break;
    }
    this.#asking = false;
  }

  async #askPrompt(prompt: Prompt): Promise<void> {
    this.#describe(prompt);
    const shownAt = this.#terminal.now();
    const question = `Run it? [y] once${prompt.choices.includes('allow-always') ? ', [always]' : ''}, [n] deny: `;
    const typed = await this.#ask(prompt.id, question);
    if (typed === null) {
      this.#say('the question was withdrawn');
      return;
    }
    const decision = keys.get(typed.trim().toLowerCase() as 'y') ?? 'deny';
    const readingMs = isGrave(prompt) ? ARMING_MS.high : ARMING_MS.usual;
    if (decision !== 'deny' && this.#terminal.now() - shownAt < readingMs) {
      this.#say('read it first: nothing was answered');
      return;
    }
    this.#node.answer({ id: prompt.id, digest: prompt.digest, decision });
  }

  async #askEdit(edit: PendingEdit): Promise<void> {
    for (const line of editLines(edit)) this.#say(line);
    const shownAt = this.#terminal.now();
    const numbers = edit.changes.length === 0 ? '' : 'the numbers to apply, such as 1 3, or ';
    const typed = await this.#ask(edit.id, `Type ${numbers}[n] to refuse all: `);
    if (typed === null) {
      this.#say('the question was withdrawn');
      return;
    }
    const approve = chosenChanges(typed, edit);
    if (approve === null) {
      this.#say('that says neither: nothing was changed');
      return;
    }
    if (approve.length > 0 && this.#terminal.now() - shownAt < ARMING_MS.high) {
      this.#say('read it first: nothing was changed');
      return;
    }
    try {
      const result = await this.#node.edits.decide({ id: edit.id, approve });
      if (result !== 'done') this.#say(`${editErrors[result]}: nothing was changed`);
      else
        this.#say(approve.length === 0 ? 'refused' : `applied: ${approve.length} of ${edit.changes.length}`);
    } catch (error) {
      this.#say(displayString(error instanceof Error ? error.message : 'that did not work'));
    }
  }

  /** What is typed to this very question; null when it is withdrawn, or nothing can be typed any more. */
  async #ask(id: string, question: string): Promise<string | null> {
    // What was begun for the question before this one is no answer to it.
    if (this.#lines.terminal) for (const name of ['u', 'k']) this.#lines.write(null, { ctrl: true, name });
    const withdraw = new AbortController();
    this.#question = { id, withdraw };
    const typed = await this.#lines.question(question, { signal: withdraw.signal }).catch(() => null);
    this.#question = null;
    return typed;
  }

  #withdraw(id: string): void {
    if (this.#question?.id === id) this.#question.withdraw.abort();
  }

  /** A command waits for an answer only so long. */
  #withdrawEdit(): void {
    for (const { id } of this.#node.edits.pending) this.#withdraw(id);
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
    this.#terminal.output.write(`${line}\n`);
  }
}
