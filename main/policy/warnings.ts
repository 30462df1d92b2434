import { basename } from 'node:path/posix';

import { interpreterNamed } from '../binding/interpreters.ts';
import { shellNamed } from '../binding/shells.ts';
import type { Warning } from '../request/assessment.ts';
import { touchesOutside } from './outside-targets.ts';
import type { Unit } from './unit.ts';

/** Facts worth a look, by what the words of a command say. They never allow and never deny. */
export const WARNINGS = {
  'runs-as-root': 'Runs as root: whatever it does, it may do to the whole Mac.',
  'download-to-interpreter': 'Feeds something that it downloads to a program that runs it.',
  'outside-delete': 'Deletes or overwrites files outside the working directory.',
  'startup-files':
    'Names files that run by themselves later, or keys: shell start-up files, LaunchAgents, SSH, Keychain.',
  'sends-files': 'Sends files to another machine.',
  'drives-apps': 'Drives other apps or the system through automation.',
  'own-files': 'Names files of Latchkey itself, or goes through a folder that they are in.',
  'shared-operand': 'Runs a file that other users of this Mac can write.',
  'earlier-code': 'Runs several files: each could change those that run after it.',
  'mixed-scripts': 'A word mixes letters of several alphabets that look alike.',
  'hidden-characters': 'Holds characters that cannot be seen.',
} as const satisfies Record<string, string>;

type WarningCode = keyof typeof WARNINGS;

export interface WarningInput {
  readonly argv: readonly string[];
  readonly units: readonly Unit[];
  readonly cwd: string;
  readonly home: string;
  readonly namesOwn: boolean;
  readonly sharedOperand: boolean;
}

export function warningsFor(input: WarningInput): readonly Warning[] {
  const { argv, units } = input;
  const text = argv.join(' ');
  const names = new Set(units.flatMap((unit) => unit.names.map((name) => basename(name).toLowerCase())));
  const has = (...wanted: string[]): boolean => wanted.some((name) => names.has(name));
  const tests: Record<WarningCode, boolean> = {
    'runs-as-root': has('sudo', 'doas', 'pkexec', 'su') || /with administrator privileges/i.test(text),
    'download-to-interpreter':
      units.some((unit) => DOWNLOADERS.has(ownName(unit))) && units.some((unit) => runsCode(ownName(unit))),
    'outside-delete': units.some((unit, index) => touchesOutside(unit, units.slice(0, index), input)),
    'startup-files': STARTUP.test(text),
    'sends-files': units.some(sendsFiles),
    'drives-apps': has('osascript', 'automator', 'shortcuts') || /System Events/i.test(text),
    'own-files': input.namesOwn,
    'shared-operand': input.sharedOperand,
    'earlier-code': units.filter(({ kind, refusal }) => refusal === null && RUNS_A_FILE.has(kind)).length > 1,
    'mixed-scripts': argv.some((word) => word.split(/[^\p{L}\p{M}\p{N}]+/u).some(mixesScripts)),
    'hidden-characters': HIDDEN.test(text),
  };
  return (Object.keys(WARNINGS) as WarningCode[])
    .filter((code) => tests[code])
    .map((code) => ({ code, text: WARNINGS[code] }));
}

const RUNS_A_FILE: ReadonlySet<Unit['kind']> = new Set(['interpreter', 'script', 'own-program', 'shell']);
const DOWNLOADERS = new Set(['curl', 'wget', 'fetch', 'aria2c', 'http', 'https', 'ftp', 'scp']);

const ownName = ({ argv }: Unit): string => basename(argv[0] ?? '').toLowerCase();

const STARTUP =
  /\.(?:bashrc|bash_profile|bash_login|profile|zshrc|zshenv|zprofile|zlogin|config\/fish)\b|Launch(?:Agents|Daemons)|\.ssh\b|authorized_keys|Keychains?\b|\bsecurity\s+(?:find|add|delete|dump|export)|\bcrontab\b|\/etc\/(?:sudoers|pam\.d|passwd|hosts)|\.git\/hooks/i;

/** Spaces, joiners, direction marks and fillers that a reader does not see. Newlines and plain spaces are seen. */
const HIDDEN =
  /[^\P{C}\n\t]|[\u00a0\u115f\u1160\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0]/u;

const runsCode = (name: string): boolean => shellNamed(name) !== null || interpreterNamed(name) !== null;

const SENDS = new Set([
  'sftp',
  'ftp',
  'nc',
  'ncat',
  'netcat',
  'socat',
  'rclone',
  'croc',
  'mail',
  'mailx',
  'sendmail',
]);
/** A place on another machine: `host:path`, `rsync://`, `s3://`. */
const REMOTE = /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)|^(?:rsync|s3|gs|sftp|ssh):\/\//;
const UPLOADS: Readonly<Record<string, RegExp>> = {
  curl: /^(?:-[a-zA-Z]*[TF]|--form(?:-string)?(?:=|$)|--upload-file)|^(?:-[a-zA-Z]*d|--data(?:-\w+)?=?|--json=?)?@/,
  wget: /^--(?:post|body)-file/,
};

function sendsFiles(unit: Unit): boolean {
  const name = ownName(unit);
  const words = unit.argv.slice(1).map((word) => word.replace(/^["']/, ''));
  if (SENDS.has(name)) return true;
  if (name === 'scp' || name === 'rsync') return words.slice(1).some((word) => REMOTE.test(word));
  if (name === 'aws' || name === 'gsutil') return words.some((word) => REMOTE.test(word));
  if (name === 'curl' && words.some((word, index) => namesUpload(word, words[index - 1] ?? ''))) return true;
  return UPLOADS[name] !== undefined && words.some((word) => UPLOADS[name]?.test(word));
}

const NAMED = /^--(?:data-urlencode|url-query|variable)(?:=|$)/;

/** The value of such an option is `name@file` where no `=` comes first. */
const namesUpload = (word: string, before: string): boolean =>
  NAMED.test(word) ? /=[^=]*@/.test(word) : NAMED.test(before) && /^[^=]*@/.test(word);

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];

function mixesScripts(word: string): boolean {
  return SCRIPTS.filter((script) => script.test(word)).length > 1;
}
