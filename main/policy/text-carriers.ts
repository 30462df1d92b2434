import type { Arg } from '../binding/find-operand.ts';
import { type Carrier, RUNS_FILE, UNREAD } from './carrier.ts';

/** `-f`, `-E` and `-i` name files of program text, which nobody binds; the text itself must be unable to start anything or write anywhere. */
export const awk: Carrier = (args) => {
  let index = 1;
  for (let word = args[index]; typeof word === 'string' && word.startsWith('-'); word = args[index]) {
    index++;
    if (word === '--') break;
    if (word === '-F' || word === '-v') index++;
    else if (/^-(?![Fv])[a-zA-Z]*[fEi]|^--(?:fil|ex|inc)/.test(word)) return RUNS_FILE;
    else if (!/^-(?:F.+|v[A-Za-z_]\w*=.*)$/.test(word)) return UNREAD;
  }
  const text = args[index];
  return typeof text === 'string' && !/system|getline|close|[|>@\\]/.test(text) ? null : UNREAD;
};

/** In brackets a delimiter is a letter like any other, but not to every sed: it may not stand there. */
const brackets = (delimiter: string): string =>
  String.raw`\[\^?\]?(?:\[:[a-z]+:\]|(?!${delimiter})[^\][\\])*\]`;
const SED_ADDRESS = String.raw`(?:\d+|\$|/(?:[^/\\[]|${brackets('/')})*/)`;
const SED_COMMAND = String.raw`(?:${SED_ADDRESS}(?:,${SED_ADDRESS})?!?)?(?:[pdqDPG=]|s([/|#,:])(?:(?!\1)[^\\[]|\\[^\n]|${brackets(String.raw`\1`)})*\1(?:(?!\1)[^\\]|\\[^\n])*\1[gpiI0-9]*)`;
const SED_SCRIPT = new RegExp(`^\\s*${SED_COMMAND}\\s*$`);

/** Only simple scripts are known not to run or write anything. */
export const sed: Carrier = (args) => {
  const scripts: Arg[] = [];
  let given = false;
  for (let index = 1; index < args.length; index++) {
    const word = args[index] ?? null;
    if (word === null) return UNREAD;
    if (word === '-e' || word === '--expression') {
      scripts.push(args[++index] ?? null);
      given = true;
    } else if (word.startsWith('--expression=')) {
      scripts.push(word.slice('--expression='.length));
      given = true;
    } else if (word.startsWith('-') && word !== '-') {
      if (/^-[nErsuz]*f|^--fi/.test(word)) return RUNS_FILE;
      if (!/^-[nErsuz]+$|^-i|^--(?:quiet|silent|regexp-extended|posix|in-place.*)$/.test(word)) return UNREAD;
      // On a Mac the next word is its suffix, elsewhere the script: it has to be one that means nothing to either.
      if (word === '-i' && args[index + 1] !== '') return UNREAD;
    } else if (!given && scripts.length === 0 && word !== '') scripts.push(word);
  }
  const simple = (script: Arg): boolean =>
    script !== null && script.length < 2000 && script.split(/[;\n]/).every((one) => SED_SCRIPT.test(one));
  return scripts.every(simple) ? null : UNREAD;
};
