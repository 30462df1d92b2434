import type { Node } from 'web-tree-sitter';

import type { Operator } from '../request/assessment.ts';
import { CLAUSES, STATEMENT_FEATURES, WORD_KINDS, WORD_PARTS } from './node-kinds.ts';
import type { Assignment, Feature, Reading, Redirect, ShellCommand, Span, Word } from './reading.ts';
import type { ScannedToken } from './token.ts';
import { Disagreement, TokenBook } from './token-book.ts';

/** What surrounds a command. */
interface Around {
  readonly features: ReadonlySet<Feature>;
  readonly fed: boolean;
  readonly outermost: boolean;
}

/**
 * Walks the tree by an allow-list of node kinds and holds every leaf against the scanner's tokens. Both have to see the
 * same words and marks at the same places, and nothing may be left over: where one of them errs, the other objects.
 */
export class Walk {
  readonly #text: string;
  readonly #book: TokenBook;
  readonly #commands: ShellCommand[] = [];
  readonly #comments: Span[] = [];
  #flat = true;

  constructor(text: string, tokens: readonly ScannedToken[]) {
    this.#text = text;
    this.#book = new TokenBook(tokens);
  }

  program(root: Node): Reading {
    if (root.type !== 'program') throw new Disagreement();
    this.#sequence(root, { features: new Set(), fed: false, outermost: true });
    this.#book.expectAllClaimed();
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
    const found = this.#book.hasNewlineWithin({ start: previous.endIndex, end: next.startIndex });
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
    const mark = this.#book.claimRedirect(node.startIndex);
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
    const [first, last] = [words[0], words.at(-1)];
    if (first !== undefined && last !== undefined) this.#book.expectUnbroken(first, last);
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
    if (this.#book.isWord(spanOf(node))) {
      words.push(this.#word(node, around));
      return;
    }
    if (node.children.length === 0) throw new Disagreement();
    for (const child of node.children) this.#testWords(child, around, words);
  }

  /** One word of the tree that is one word of the scanner; commands within it are listed on the way. */
  #word(node: Node, around: Around): Word {
    const word = this.#scannedWord(node);
    this.#substitutions(node, { ...within(around, 'in-substitution'), outermost: false });
    return word;
  }

  #scannedWord(node: Node): Word {
    const token = this.#book.claimWord(spanOf(node));
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
    if (this.#book.claimMark(spanOf(node))) return;
    if (!/^(?:`|\$\(|\))?$/.test(node.text.trim())) throw new Disagreement();
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
