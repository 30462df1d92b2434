import type { Feature } from './reading.ts';

/** Statements that are no plain commands, and what they make of the commands in them. */
export const STATEMENT_FEATURES: Readonly<Record<string, Feature>> = {
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
export const CLAUSES = new Set(['elif_clause', 'else_clause', 'do_group', 'case_item']);

/** Kinds that stand for one word, whatever is inside. */
export const WORD_KINDS = new Set([
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
export const WORD_PARTS = new Set([...WORD_KINDS, 'string_content', 'special_variable_name']);
