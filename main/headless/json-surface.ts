import type { Grant } from '../grants/grant.ts';
import type { LatchkeyNode } from '../node/latchkey-node.ts';
import type { NodeSnapshot } from '../node/snapshot.ts';
import type { Prompt, PromptOutcome } from '../prompt/prompt.ts';
import { commandText } from '../request/command-text.ts';
import { elsewhereOf, OperatorLines, switchOperator } from './authority-lines.ts';
import { type InputLine, parseInputLine } from './line-protocol.ts';
import { editErrors, showPolicyEdits } from './policy-edit-lines.ts';

type Write = (line: string) => void;

/** The node for machines: one JSON object a line, in both directions. */
export class JsonSurface {
  readonly #node: LatchkeyNode;
  readonly #write: Write;
  #lastState = '';
  readonly #operator: OperatorLines;

  constructor(node: LatchkeyNode, write: Write) {
    this.#node = node;
    this.#write = write;
    this.#operator = new OperatorLines(write);
    node.on('changed', (snapshot) => this.#state(snapshot));
    node.on('prompt', (prompt) => this.#prompt(prompt));
    node.on('prompt-closed', (prompt, outcome) => this.#closed(prompt, outcome));
    node.on('finished', (run) => this.#out({ event: 'finished', ...run }));
    node.on('denied', ({ runId, reason }) => {
      this.#out({ event: 'denied', ...(runId === null ? {} : { runId }), reason });
    });
    showPolicyEdits(node.edits, (line) => this.#out(line));
    this.#state(node.snapshot());
  }

  /** Does what a line says. A line that says nothing valid changes nothing. Never rejects. */
  async take(text: string): Promise<void> {
    const line = parseInputLine(text);
    if (line === undefined) {
      this.error('bad-line', 'not a line of this protocol: nothing was changed');
      return;
    }
    try {
      await this.#obey(line);
    } catch (error) {
      this.error('failed', error instanceof Error ? error.message : 'that did not work');
    }
  }

  error(code: string, message: string): void {
    this.#out({ event: 'error', code, message });
  }

  async #obey(line: InputLine): Promise<void> {
    if ('decide' in line) {
      const result = this.#node.answer(line.decide);
      if (result !== 'accepted') this.error(result, `${answerErrors[result]}: nothing was changed`);
    } else if ('revoke' in line) this.#revoke(line.revoke);
    else if ('endQuiet' in line) this.#endQuiet(line.endQuiet);
    else if ('edit' in line) {
      const result = await this.#node.edits.decide(line.edit);
      if (result !== 'done') this.error(result, `${editErrors[result]}: nothing was changed`);
    } else if ('pause' in line) await this.#node.halt.pause(line.runs);
    else if ('resume' in line) await this.#node.resume();
    else if ('contain' in line) await this.#node.halt.contain();
    else if ('endContainment' in line) await this.#node.halt.endContainment();
    else if ('report' in line) {
      const text = await this.#node.incidents.report(line.report);
      this.#out({ event: 'report', period: line.report, text });
    } else if ('operator' in line) await switchOperator(this.#node.operator, line.operator);
    else await this.#node.unpair();
  }

  #revoke(id: string): void {
    if (!this.#node.answers.grants.revoke(id))
      this.error('unknown-grant', 'no grant with this id is in force');
  }

  #endQuiet(id: string): void {
    if (!this.#node.answers.quiet.end(id)) this.error('unknown-quiet', 'no quiet time with this id goes on');
  }

  #state(snapshot: NodeSnapshot): void {
    const { state, detail, requestId, commandsApproved, contained, unpaired, grants, quiet } = snapshot;
    this.#operator.say(snapshot.authority.operator);
    const line = {
      event: 'state',
      state,
      ...(requestId === null ? {} : { requestId }),
      ...(commandsApproved === null ? {} : { commandsApproved }),
      ...(contained ? { contained } : {}),
      ...(unpaired === null ? {} : { unpaired }),
      ...(detail === null ? {} : { detail }),
      ...(grants.length === 0 ? {} : { grants: grants.map(grantLine) }),
      ...(quiet.length === 0 ? {} : { quiet }),
    };
    const text = JSON.stringify(line);
    if (text === this.#lastState) return;
    this.#lastState = text;
    this.#write(text);
  }

  #prompt(prompt: Prompt): void {
    const { id, digest, request, assessment, choices, expiresAtMs } = prompt;
    this.#out({
      event: 'prompt',
      id,
      digest,
      command: commandText(request.argv),
      cwd: assessment.binding.cwd,
      agentId: request.agentId,
      sessionKey: request.sessionKey,
      env: request.env,
      operands: assessment.operands.map(({ path, sha256 }) => ({ path, sha256 })),
      warnings: assessment.warnings,
      choices,
      expiresAtMs,
      ...elsewhereOf(prompt),
    });
  }

  #closed({ id }: Prompt, outcome: PromptOutcome): void {
    this.#out({
      event: 'prompt-closed',
      id,
      reason: reasonOf(outcome),
    });
  }

  #out(line: object): void {
    this.#write(JSON.stringify(line));
  }
}

const grantLine = ({ id, digest, span, request, cwd, endsAtMs }: Grant) => ({
  id,
  digest,
  span,
  command: commandText(request.argv),
  cwd,
  agentId: request.agentId,
  sessionKey: request.sessionKey,
  endsAtMs,
});

function reasonOf(outcome: PromptOutcome): string {
  if (outcome.kind === 'reconsidered') return outcome.kind;
  return outcome.kind === 'decided' ? outcome.choice : outcome.reason;
}

const answerErrors = {
  'unknown-prompt': 'no prompt with this id waits',
  'wrong-digest': 'the prompt with this id shows something else',
  'not-offered': 'that was not offered',
} as const;
