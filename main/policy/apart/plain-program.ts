import { basename, join } from 'node:path/posix';

import { lookUp, type Program } from '../../facts/look-up.ts';
import { upwards } from '../../facts/upwards.ts';
import { isModelled } from '../carriers.ts';
import { bringsFiles, namesGitFolder } from '../git-carrier.ts';
import { onlySearches, startsNothing } from '../harmless.ts';
import { hasUnknownOption, isClient, loadsCode, runsFiles } from '../loads-code.ts';
import { isRuntime, namesOf, wordAt } from '../program-names.ts';
import { isScriptName, MOST_PIECES, piecesOf, startsScript } from '../script-words.ts';
import type { Found, Site } from '../site.ts';
import { hasVerbs } from '../task-runners.ts';
import type { Unit } from '../unit.ts';
import { isLauncher, isRunner } from '../wrappers.ts';
import { isBoundText, judgeScript, type StartedFile } from './script.ts';
import { accepted, refused, type Work } from './work.ts';

/** A command that starts nothing as far as anybody knows: what its words say of what it could start after all. */
export async function judgePlainProgram(
  work: Work,
  name: string,
  program: Program | null,
  script: StartedFile | null,
  c: Site,
): Promise<readonly Unit[]> {
  const names = namesOf(name, program);
  const boundText = script !== null && program !== null && (await isBoundText(work, program, script));
  const words = c.args.filter((arg) => arg !== null);
  const loads = names.some((each) => loadsCode(each, c.args));
  const runs = names.some(runsFiles);
  const modelled = boundText || names.every(isModelled) || startsNothing(program, name);
  const byVerb = names.some((each) => isRunner(each) || hasVerbs(each));
  if (!modelled && !byVerb && !onlySearches(program, name) && startsScript(c.args, isRuntime)) {
    return refused(c, { code: 'script-under-carrier', detail: name }, false, 'carrier');
  }
  const mayStart = !modelled && !byVerb && !names.every(isClient) && (await couldStart(work, c, loads));
  const couldRunOthers = byVerb || mayStart;
  const unknownOption = !modelled && !onlySearches(program, name) && hasUnknownOption(c.args.slice(1));
  const found: Found = {
    kind: names.some((each) => isLauncher(each) || hasVerbs(each)) ? 'launcher' : 'program',
    needsArguments:
      couldRunOthers ||
      loads ||
      (names.includes('git') &&
        (bringsFiles(words.slice(1)) || namesGitFolder(work.at.cwd) || (await isInRepositoryItself(work)))),
    unknownOption,
    storable: !couldRunOthers && !runs,
    // Of a program that loads code it is known, and said, that other files than these decide what it does.
    mayStartUnbound: runs || (mayStart && !loads),
    // A word could be a program for it to start; of a verb it is known that it is none.
    names: loads ? words : mayStart || (!byVerb && unknownOption) ? words.filter(isOneWord) : [],
  };
  return script === null ? accepted(c, found) : judgeScript(work, name, script, found, c);
}

/**
 * Whether a folder, or one above it, could be a repository without a checkout: its settings may have come as ordinary files.
 * Where it would take one more file, that file is noted.
 */
async function isInRepositoryItself({ at, repositories }: Work): Promise<boolean> {
  // In a real folder; a link to nowhere is one all the same.
  const has = async (path: string): Promise<boolean> => {
    const entry = await at.files.trace(path);
    return entry.found || (entry.leadsTo !== undefined && entry.leadsTo !== path);
  };
  for (const folder of upwards(at.cwd)) {
    repositories.push(join(folder, 'HEAD'));
    if (await has(join(folder, 'HEAD'))) return true;
    const own = await at.files.trace(join(folder, '.git'));
    if (own.found && (own.kind === 'file' || (await has(join(own.realPath, 'HEAD'))))) return false;
  }
  return false;
}

/** Text could be about anything. */
const isOneWord = (word: string): boolean => !/\s/.test(word);

/** Verbs by which programs of all kinds say that they run code. */
const RUNS_WHAT_FOLLOWS =
  /^(?:run|exec|execute|execute-template|eval|eval-file|shell|repl|console|apply|record|spin|call|invoke|launch|spawn)$/;

/** Marks by which programs of all kinds know a text for a shell, or one that is filled in. */
const COMMAND_TEXT = /^\s*[|!]|\{\{|`|\$\(|&&|\|\||;\s*\S/;

/**
 * Whether a word of a program that nobody has modelled could be another program, or a script, for it to start.
 * @param isKnown It is known to load code: its words are verbs and subjects of its own, and only a path is a file.
 */
async function couldStart({ at }: Work, { args }: Site, isKnown: boolean): Promise<boolean> {
  const words = args.slice(1).map((arg) => arg ?? '');
  if (words.some((word) => isRuntime(basename(word)) || isScriptName(word) || COMMAND_TEXT.test(word)))
    return true;
  // Any path could be what it starts, and how a text begins; of the names the first two, before words that it has for itself.
  const [first = '', second = ''] = words.filter((word) => !/^[-+]/.test(word));
  if (RUNS_WHAT_FOLLOWS.test(first)) return true;
  const texts = words.filter((word) => /\s/.test(word)).map((word) => wordAt(word.trim().split(/\s+/), 0));
  const pieces = words.flatMap((word) =>
    piecesOf(word).filter((piece) => word.startsWith('-') || piece.includes('/')),
  );
  const candidates = new Set(
    [first, second, ...texts, ...pieces].filter((each) => !isKnown || each.includes('/')),
  );
  if (candidates.size > MOST_PIECES) return true;
  for (const word of candidates) {
    if ((await lookUp(word, at, at.files)) !== null) return true;
  }
  return false;
}
