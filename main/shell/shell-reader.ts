import type { Node } from 'web-tree-sitter';

import type { Operator } from '../policy/assessment.ts';
import { type Grammar, loadGrammar } from './parser.ts';
import type {
  Assignment,
  Feature,
  Reading,
  Redirect,
  ShellCommand,
  ShellReader,
  Span,
  Word,
} from './reading.ts';
import { scan } from './scanner.ts';
import type { MarkToken, OpaqueCause, ScannedToken, WordToken } from './token.ts';

/** @param wasm The bytes of tree-sitter-bash.wasm. */
export async function openShellReader(wasm: Uint8Array): Promise<ShellReader> {
  const grammar = await loadGrammar(wasm);
  return { read: (text) => read(text, grammar) };
}

function read(text: string, grammar: Grammar): Reading {
  const scanned = scan(text);
  if (!scanned.ok) return opaque(scanned.cause);
  // The grammar takes CR and some Unicode spaces for blanks. A comma is a plain letter to both readers; offsets stay.
  const masked = text.replace(/[\r\u0080-\uffff]/g, ',');
  const reading = grammar.parse(masked, (root): Reading => {
    if (root.hasError) return opaque('syntax');
    try {
      return new Walk(masked, scanned.tokens).program(root);
    } catch (error) {
      if (error instanceof Disagreement) return opaque(error.why);
      throw error;
    }
  });
  return reading ?? opaque('too-much-work');
}

const opaque = (cause: OpaqueCause): Reading => ({ kind: 'opaque', cause });

class Disagreement extends Error {
  readonly why: OpaqueCause;
  constructor(why: OpaqueCause = 'readers-disagree') {
    super(why);
    this.why = why;
  }
}

/** What surrounds a command. */
interface Around {
  readonly features: ReadonlySet<Feature>;
  readonly fed: boolean;
  readonly outermost: boolean;
}

const STATEMENT_FEATURES: Readonly<Record<string, Feature>> = {
  subshell: 'subshell',
  compound_statement: 'group',
  negated_command: 'control-flow',
  if_statement: 'control-flow',
  elif_clause: 'control-flow',
  else_clause: 'control-flow',
  while_statement: 'control-flow',
  for_statement: 'control-flow',
  do_group: 'control-flow',
  case_statement: 'control-flow',
  case_item: 'control-flow',
};

/** Parts of a statement that follow each other with no separator of their own. */
const CLAUSES = new Set(['elif_clause', 'else_clause', 'do_group', 'case_item']);

/** Kinds that stand for one word, whatever is inside. */
const WORD_KINDS = new Set([
  'word',
  'number',
  'string',
  'raw_string',
  'concatenation',
  'simple_expansion',
  'expansion',
  'command_substitution',
  'variable_name',
  'extglob_pattern',
]);

/** Kinds that may stand within a word. */
const WORD_PARTS = new Set([...WORD_KINDS, 'string_content', 'special_variable_name']);

/**
 * Walks the tree by an allow-list of node kinds and holds every leaf against the scanner's tokens. Both have to see the
 * same words and marks at the same places, and nothing may be left over: where one of them errs, the other objects.
 */
class Walk {
  readonly #text: string;
  readonly #words = new Map<string, WordToken>();
  readonly #marks = new Map<number, MarkToken>();
  readonly #tokens: readonly ScannedToken[];
  readonly #claimed = new Set<ScannedToken>();
  readonly #commands: ShellCommand[] = [];
  readonly #comments: Span[] = [];
  #flat = true;

  constructor(text: string, tokens: readonly ScannedToken[]) {
    this.#text = text;
    this.#tokens = tokens;
    for (const token of tokens) {
      if (token.kind === 'word') this.#words.set(`${token.start}:${token.end}`, token);
      else this.#marks.set(token.start, token);
    }
  }

  program(root: Node): Reading {
    if (root.type !== 'program') throw new Disagreement();
    this.#sequence(root, { features: new Set(), fed: false, outermost: true });
    const left = this.#tokens.some(
      (token) =>
        !this.#claimed.has(token) &&
        token.kind !== 'comment' &&
        !(token.kind === 'operator' && token.text === '\n'),
    );
    if (left) throw new Disagreement();
    this.#commands.sort((a, b) => a.start - b.start);
    return { kind: 'read', commands: this.#commands, flat: this.#flat, comments: this.#comments };
  }

  /** Statements one after another, with `;`, `&` and newlines between them. */
  #sequence(parent: Node, around: Around, first: Operator | null = null): void {
    const children = parent.children;
    let operator = first;
    let previous: Node | null = null;
    for (const [index, child] of children.entries()) {
      if (child.type === 'comment') {
        this.#comment(child);
      } else if (!child.isNamed) {
        this.#mark(child);
        if (child.type === ';' || child.type === '&') operator = child.type;
      } else {
        const background = children[index + 1]?.type === '&';
        if (previous !== null && operator === null) operator = this.#newlineBetween(previous, child);
        this.#statement(child, background ? within(around, 'background') : around, operator);
        previous = child;
        operator = null;
      }
    }
  }

  #newlineBetween(previous: Node, next: Node): Operator {
    const found = this.#tokens.some(
      (token) =>
        token.kind === 'operator' &&
        token.text === '\n' &&
        token.start >= previous.endIndex &&
        token.end <= next.startIndex,
    );
    // The newline that ends a here-document's line lies inside the statement.
    if (!found && this.#text[previous.endIndex - 1] !== '\n' && this.#text[previous.endIndex] !== '\n') {
      throw new Disagreement();
    }
    return 'newline';
  }

  #statement(node: Node, around: Around, operator: Operator | null): void {
    switch (node.type) {
      case 'list': {
        const [left, mark, right, ...rest] = node.children.filter(({ type }) => type !== 'comment');
        if (left === undefined || mark === undefined || right === undefined || rest.length > 0)
          throw new Disagreement();
        this.#comments.push(...node.children.filter(({ type }) => type === 'comment').map(spanOf));
        if (mark.type !== '&&' && mark.type !== '||') throw new Disagreement();
        this.#statement(left, around, operator);
        this.#mark(mark);
        this.#statement(right, around, mark.type);
        return;
      }
      case 'pipeline': {
        let next = operator;
        let fed = around.fed;
        for (const child of node.children) {
          if (child.type === 'comment') this.#comment(child);
          else if (child.isNamed) this.#statement(child, { ...around, fed }, next);
          else {
            if (child.type !== '|') throw new Disagreement();
            this.#mark(child);
            next = '|';
            fed = true;
          }
        }
        return;
      }
      case 'redirected_statement':
        this.#redirected(node, around, operator);
        return;
      case 'command':
      case 'declaration_command':
      case 'unset_command':
      case 'test_command':
      case 'variable_assignment':
      case 'variable_assignments':
        this.#command(node, around, operator);
        return;
      default:
        this.#compound(node, around, operator);
    }
  }

  /** Groups and control flow: whatever stands in one is still listed, command by command. */
  #compound(node: Node, around: Around, operator: Operator | null): void {
    const feature = STATEMENT_FEATURES[node.type];
    if (feature === undefined) throw new Disagreement('syntax');
    this.#flat = false;
    const inside = within(around, feature);
    let next = operator;
    let previous: Node | null = null;
    const children = node.children;
    for (const [index, child] of children.entries()) {
      if (child.type === 'comment') this.#comment(child);
      else if (!child.isNamed) {
        this.#mark(child);
        if (child.type === ';' || child.type === '&') next = child.type;
        else previous = null;
      } else if (WORD_KINDS.has(child.type)) this.#word(child, inside);
      else {
        if (previous !== null && next === null && !CLAUSES.has(child.type)) {
          next = this.#newlineBetween(previous, child);
        }
        const background = children[index + 1]?.type === '&';
        this.#statement(child, background ? within(inside, 'background') : inside, next);
        previous = child;
        next = null;
      }
    }
    if (node.type === 'for_statement') this.#loopVariable(node, inside);
  }

  /** `for NAME in ...` sets NAME like an assignment does. */
  #loopVariable(node: Node, around: Around): void {
    const name = node.children.find(({ type }) => type === 'variable_name');
    if (name === undefined) throw new Disagreement();
    this.#commands.push({
      ...spanOf(name),
      operator: null,
      words: [],
      assignments: [{ name: name.text, span: spanOf(name) }],
      redirects: [],
      features: within(around, 'assignment').features,
      fed: around.fed,
      outermost: around.outermost,
    });
  }

  #redirected(node: Node, around: Around, operator: Operator | null): void {
    const [body, ...rest] = node.children;
    if (body === undefined) throw new Disagreement();
    const isRedirect = ({ type }: Node): boolean => type === 'file_redirect' || type === 'heredoc_redirect';
    const nodes = isRedirect(body) ? node.children : rest;
    if (!nodes.every(isRedirect)) throw new Disagreement();
    const features = new Set(around.features).add('redirection');
    if (nodes.some(({ type }) => type === 'heredoc_redirect')) features.add('here-document');
    const inside = { ...around, features };
    const late: Word[] = [];
    const redirects = nodes.flatMap((redirect) => this.#redirect(redirect, inside, late));
    const fed = around.fed || redirects.some(({ mark }) => /^\d*(?:<|<<-?|<&|<>)$/.test(mark));
    if (isRedirect(body)) {
      this.#commands.push({
        ...spanOf(node),
        operator,
        words: [],
        assignments: [],
        redirects,
        ...inside,
        fed,
      });
      return;
    }
    if (body.type === 'command') {
      this.#command(body, { ...inside, fed }, operator, redirects, late, spanOf(node));
      return;
    }
    if (late.length > 0) throw new Disagreement();
    this.#statement(body, around, operator);
    this.#giveTo(lastOf(body), { features, redirects, fed });
  }

  /** `a && b > x`: the grammar hangs the redirection on both, the shell on `b`. On a group it is for all in it. */
  #giveTo(
    owner: Node,
    { features, redirects, fed }: Pick<ShellCommand, 'features' | 'redirects' | 'fed'>,
  ): void {
    for (const [index, command] of this.#commands.entries()) {
      if (command.start < owner.startIndex || command.end > owner.endIndex) continue;
      this.#commands[index] = {
        ...command,
        features: new Set([...command.features, ...features]),
        redirects: [...command.redirects, ...redirects],
        fed: command.fed || fed,
      };
    }
  }

  /** @param late Takes the words behind the target: `> a b` gives `b` to the command, whatever the grammar says. */
  #redirect(node: Node, around: Around, late: Word[]): Redirect[] {
    const mark = this.#marks.get(node.startIndex);
    if (mark?.kind !== 'redirect') throw new Disagreement();
    this.#claimed.add(mark);
    const nested: Redirect[] = [];
    let target: Word | null = null;
    for (const child of node.children) {
      if (!child.isNamed || child.type === 'file_descriptor' || child.type === 'heredoc_end') continue;
      if (child.type === 'heredoc_start') target = this.#scannedWord(child);
      else if (child.type === 'heredoc_body') this.#hereDocument(child, around);
      else if (child.type === 'file_redirect') nested.push(...this.#redirect(child, around, late));
      else if (!WORD_KINDS.has(child.type)) throw new Disagreement('syntax');
      else if (target === null && !mark.text.endsWith('-')) target = this.#word(child, around);
      else late.push(this.#word(child, around));
    }
    return [{ ...spanOf(node), mark: mark.text, target }, ...nested];
  }

  #hereDocument(node: Node, around: Around): void {
    const inside = { ...within(around, 'in-substitution'), outermost: false };
    for (const child of node.children)
      if (child.type !== 'heredoc_content') this.#substitutions(child, inside);
  }

  #command(
    node: Node,
    around: Around,
    operator: Operator | null,
    redirects: Redirect[] = [],
    late: readonly Word[] = [],
    span = spanOf(node),
  ): void {
    const words: Word[] = [];
    const assignments: Assignment[] = [];
    const features = new Set(around.features);
    const add = (child: Node): void => {
      if (child.type === 'comment') this.#comment(child);
      else if (child.type === 'variable_assignment') {
        const name = child.children[0];
        if (name?.type !== 'variable_name' || child.children[1]?.type !== '=')
          throw new Disagreement('shells-differ');
        const value = this.#word(child, around);
        for (const unknown of value.unknown) features.add(unknown);
        // `export A=1` names a variable in a word of its own; `A=1 cmd` stands before the command.
        if (node.type === 'declaration_command') words.push(value);
        assignments.push({ name: name.text, span: spanOf(child) });
        features.add('assignment');
      } else if (child.type === 'file_redirect') {
        features.add('redirection');
        redirects.push(...this.#redirect(child, around, words));
      } else if (node.type === 'test_command' && child.isNamed) this.#testWords(child, around, words);
      else if (child.type === 'command_name') {
        const inner = child.children[0];
        if (inner === undefined || child.children.length !== 1) throw new Disagreement();
        words.push(this.#word(inner, around));
      } else if (WORD_KINDS.has(child.type) || !child.isNamed) words.push(this.#word(child, around));
      else throw new Disagreement('syntax');
    };
    if (node.type === 'variable_assignment') add(node);
    else for (const child of node.children) add(child);
    words.push(...late);
    for (const word of words) for (const unknown of word.unknown) features.add(unknown);
    this.#unbroken(words);
    this.#commands.push({
      ...span,
      operator,
      words,
      assignments,
      redirects,
      features,
      fed: around.fed,
      outermost: around.outermost,
    });
  }

  /** `[ ... ]` has a tree of operators; what counts is its words, each of them. */
  #testWords(node: Node, around: Around, words: Word[]): void {
    if (this.#words.has(`${node.startIndex}:${node.endIndex}`)) {
      words.push(this.#word(node, around));
      return;
    }
    if (node.children.length === 0) throw new Disagreement();
    for (const child of node.children) this.#testWords(child, around, words);
  }

  /** The words of one command stand side by side in one run of text: no mark may lie between them. */
  #unbroken(words: readonly Word[]): void {
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) return;
    const level = this.#words.get(`${first.start}:${first.end}`)?.level;
    const broken = this.#tokens.some(
      (token) =>
        token.level === level &&
        token.start > first.start &&
        token.end <= last.end &&
        (token.kind === 'operator' || token.kind === 'parenthesis'),
    );
    if (broken) throw new Disagreement();
  }

  /** One word of the tree that is one word of the scanner; commands within it are listed on the way. */
  #word(node: Node, around: Around): Word {
    const word = this.#scannedWord(node);
    this.#substitutions(node, { ...within(around, 'in-substitution'), outermost: false });
    return word;
  }

  #scannedWord(node: Node): Word {
    const token = this.#words.get(`${node.startIndex}:${node.endIndex}`);
    if (token === undefined) throw new Disagreement();
    this.#claimed.add(token);
    return { start: token.start, end: token.end, literal: token.literal, unknown: token.unknown };
  }

  #substitutions(node: Node, around: Around): void {
    for (const child of node.type === 'command_substitution' ? [node] : node.children) {
      if (child.type === 'command_substitution') this.#sequence(child, around);
      else if (child.isNamed && !WORD_PARTS.has(child.type) && child.type !== 'test_operator') {
        throw new Disagreement('syntax');
      } else this.#substitutions(child, around);
    }
  }

  #comment(node: Node): void {
    this.#comments.push(spanOf(node));
  }

  /** A mark of the grammar: an operator, a parenthesis, or a reserved word. */
  #mark(node: Node): void {
    const mark = this.#marks.get(node.startIndex);
    const word = this.#words.get(`${node.startIndex}:${node.endIndex}`);
    const token = mark?.end === node.endIndex ? mark : word;
    if (token !== undefined) this.#claimed.add(token);
    else if (!/^\s*(?:`|\$\(|\)|\n)?\s*$/.test(node.text)) throw new Disagreement();
  }
}

function within(around: Around, feature: Feature): Around {
  return { ...around, features: new Set(around.features).add(feature) };
}

/** The command at the end of a chain. */
function lastOf(node: Node): Node {
  const last = node.type === 'list' || node.type === 'pipeline' ? node.lastNamedChild : null;
  return last === null ? node : lastOf(last);
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}
