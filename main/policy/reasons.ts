/**
 * Every reason that a judgement can give, and its sentence. `{detail}` is a name from the request. A refusal says what
 * to do about it. The codes are for machines, the record and the catalogue of words: they do not change.
 */
export const REASONS = {
  // It runs
  'rule-matches': 'A rule covers every command in this request.',
  granted: 'You allowed exactly this request for a time, and nothing in it has changed.',
  'policy-full': 'The policy for this agent runs everything without asking.',

  // It asks
  'allowlist-miss': 'No rule covers {detail}.',
  'always-ask': 'The policy for this agent asks before every command.',
  'never-list-prompt': '{detail} is on the list of programs that always ask.',
  'policy-file-bad': 'The policy file cannot be read as it is, so what it would run, asks.',
  'own-files':
    'The command names files of Latchkey itself, or goes through a folder that they are in, so it asks whatever the rules say.',
  'changed-since-allowed': '{detail} has changed since you allowed it.',
  'rule-too-wide':
    'A rule names {detail} but no arguments, and with these it could run or change something else. Only a rule that says which arguments covers it.',
  'program-could-change':
    'A command before {detail} could put another program in its place, so no rule covers it. Ask for it alone.',
  'unknown-parts':
    'The shell computes parts of this command when it runs: {detail}. It can be allowed once only.',
  'shell-behind-wrapper': 'A shell behind {detail} is never covered by a rule.',
  'startup-files': '{detail} reads start-up files first, so no rule covers it.',
  'environment-wrapper': 'The command sets variables for another one, so no rule covers it.',
  'environment-override': 'The request sets {detail} for the command, so no rule covers it.',
  'pattern-too-slow':
    'A rule for {detail} is off: its argument pattern takes too long. Write it more simply.',
  'launcher-not-trusted':
    '{detail} runs other programs and could be replaced by others than root, so no rule covers it.',
  carrier:
    '{detail} could run or change other things with these arguments. Only a rule that says which arguments covers it.',
  'fetched-program': '{detail} is fetched or found by its runner, so no rule covers it.',

  // It is refused whatever the policy
  'ill-formed-text':
    'The field {detail} holds a NUL character or broken Unicode, which no program can be given. Send it without.',
  'raw-command-mismatch':
    'The text sent along says something else than the command. Send the text that belongs to the command, or none.',
  'empty-command': 'The request names no program. Put the program first.',
  'bad-directory':
    'The directory {detail} is not there, does not answer, is no directory, or is not given as an absolute path. Name one that exists.',
  'not-found':
    '{detail} is no program that this Mac could run: its PATH has none of that name, or the file is not there or not executable. Install it, give its path, or ask when it is there.',
  'environment-refused':
    'The variable {detail} may not be set by a request. Ask without it; with a shell, write FOO=1 before the command, which asks.',
  'own-program': '{detail} belongs to Latchkey, which never runs itself for a request.',
  'never-list':
    '{detail} is on the list of programs that are never run. Only the person at this Mac can take it off.',
  'not-bindable': 'The file {detail} cannot be bound: {problem}. Use a regular, readable file within 100 MB.',
  'internal-error': 'Latchkey could not judge this request, so it does not run. Report what you asked for.',

  // The policy refuses
  'security-deny': 'The policy for this agent runs nothing. Change it in Latchkey, under Policy.',
  'ask-off':
    'Nothing covers {detail}, and the policy for this agent does not ask. Change that in Latchkey, under Policy.',

  // The shape refuses: nobody could say what an approval would be worth
  'opaque-text': 'This shell text cannot be taken apart ({detail}). Ask for simpler commands, one at a time.',
  'too-deep': 'The command hides behind too many wrappers. Ask for it without them.',
  'computed-name': 'The shell computes which program runs. Write its name out.',
  'evaluated-text':
    '{detail} runs text that is put together or read elsewhere. Ask for the commands themselves.',
  'assignment-refused': 'The variable {detail} may not be set in a command. Ask for the command without it.',
  'inside-shell-parts':
    '{detail} runs code, and the shell computes, changes or feeds something around it. Ask for it alone and written out: no variables, patterns, redirections, loops or assignments around it.',
  'after-directory-change':
    '{detail} depends on the directory, which the shell changes before it. Ask with the directory as the working directory instead.',
  'after-shell-change': '{detail} runs code after the shell has changed something for it. Ask for it alone.',
  'after-other-program':
    '{detail} runs a file that another command of this text could replace first. Ask for it alone, when the other has run.',
  'no-file-operand':
    '{detail} is not given exactly one file to run. Put the code into a file and run that file.',
  'runtime-option':
    '{detail} is given an option that loads, evaluates or attaches something, or that is not known. Run the file without it.',
  'redirecting-settings':
    'Files of the project could make {detail} run something else, or something before this file. Ask in a folder without them, or leave them out: `deno run --no-config`, `Rscript --vanilla`, `.venv/bin/python` for `uv run`.',
  'several-operands': '{detail} is given several files to run. Put the code into one.',
  'script-name': '{detail} is given a name that is not a file. Give the path of the file, with a slash.',
  'standard-input':
    '{detail} would read its commands from standard input. Put them into a file and run that file.',
  'task-runner': '{detail} runs what a file of the project says. Ask for the command itself.',
  'secret-in-code':
    'What looks like a secret stands where code does, and hiding it could hide what runs. Ask for simple commands with the secret in an argument, or for a file.',
  'script-under-carrier':
    '{detail} would start a script or an interpreter of its own. Ask for that script directly.',
} as const satisfies Record<string, string>;

export type ReasonCode = keyof typeof REASONS;

/** A reason with what it is about. */
export interface Reason {
  readonly code: ReasonCode;
  readonly detail?: string;
  readonly problem?: string;
}

/** The sentence for a reason, with names in it cut to a readable length. */
export function reasonText({ code, detail = 'this command', problem = 'unreadable' }: Reason): string {
  return REASONS[code].replace(/\{(detail|problem)\}/g, (_, name) =>
    shorten(name === 'detail' ? detail : problem),
  );
}

function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
