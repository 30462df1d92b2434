import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const ATTACKS = 'policy/attacks.test.ts';
const PEERS = 'policy/peer-cases.test.ts';
const JOB = 'node/main-job.test.ts';
const EDITS = 'node/gateway-edits.test.ts';
const DISPLAY = 'text/display.test.ts';

/** Every attack of D that worked on somebody: what it is, what comes of it here, and the test that shows it. */
const attacks: readonly [number, string, string, string, string][] = [
  [1, 'flags that say it was approved', 'asks here', JOB, 'counts for nothing'],
  [2, 'a blank at the end of a name', 'not found', ATTACKS, "['2', ['ls ', 'x']"],
  [3, 'a text that belongs to another command', 'refused', PEERS, "['uname', '-a'], 'echo hi', false"],
  [4, 'a text that names its command by $0', 'the whole argv is shown, asks', ATTACKS, "['4',"],
  [5, 'BASH_ENV in front of a shell', 'refused', ATTACKS, "['5',"],
  [6, 'the approved command with another environment', 'another request', ATTACKS, '6, 40: agent, session'],
  [
    7,
    'a folder on the way that is another one at the start',
    'refused',
    'binding/check-binding.test.ts',
    'C7.6',
  ],
  [8, 'a script that is rewritten once it is approved', 'refused', JOB, 'changes between prepare and run'],
  [9, 'a script that is rewritten while it is read', 'refused', JOB, 'changes while the question is open'],
  [10, 'decoys, package runners, --import', 'refused, or the real file is bound', ATTACKS, "['10',"],
  [11, 'a substitution in a quote', 'asks once', ATTACKS, "['11',"],
  [12, 'a line continuation', 'refused', ATTACKS, "['12',"],
  [13, 'a substitution in a here-document', 'asks once', ATTACKS, "['13',"],
  [14, 'a second command behind a single &', 'judged as well', ATTACKS, "['14',"],
  [15, '"always" for a shell', 'stores no shell', ATTACKS, '15, 16: "always"'],
  [16, '"always" for a carried wrapper', 'stores nothing', ATTACKS, '15, 16: "always"'],
  [17, 'busybox as a shell', 'refused', ATTACKS, "['17',"],
  [18, 'one wrapper more than anybody looks through', 'refused', ATTACKS, "['18',"],
  [19, 'env -S', 'refused', ATTACKS, "['19',"],
  [20, 'env -P', 'refused', ATTACKS, "['20',"],
  [21, 'arch, xcrun, caffeinate', 'looked through, never by rule', ATTACKS, "['21',"],
  [22, 'script, flock, and what is not modelled', 'refused, or asks', ATTACKS, "['22',"],
  [23, 'a payload behind #', 'a comment', ATTACKS, '23: a comment is no command'],
  [24, 'start-up files, awk, sed, find, tar, make', 'refused, or asks', ATTACKS, "['24',"],
  [25, 'perl -M, ruby -r, pwsh -enc', 'refused', ATTACKS, "['25',"],
  [26, 'patterns and variables in arguments', 'asks once', ATTACKS, "['26',"],
  [27, 'options that start a program', 'asks', ATTACKS, "['27',"],
  [28, 'a trojan first on PATH', 'no bare name covers it', ATTACKS, '28, 53: a program'],
  [29, 'a pattern that matches too much', 'no match', ATTACKS, '29: ? is no slash'],
  [30, 'a path that goes up', 'matched where it leads', PEERS, '/bin/../../../../usr/bin/id'],
  [31, 'a link that leads elsewhere later', 'matched where it leads', ATTACKS, '31: a link'],
  [32, 'a rule whose argument pattern is not read', 'always read', PEERS, 'cases 60 and 62: argPattern'],
  [33, 'a file that is called like a listed program', 'no match', PEERS, "['D33',"],
  [
    34,
    'letters that nobody sees',
    'shown as escapes',
    DISPLAY,
    'never lets an invisible or control character',
  ],
  [35, 'letters that look like others', 'shown, with a warning', DISPLAY, 'a word that mixes scripts'],
  [36, 'a text too long to be read', 'refused, not cut', 'request/request.test.ts', 'refused, not cut'],
  [
    37,
    'secrets in a prompt',
    'masked; refused where code is masked',
    'policy/masked-code.test.ts',
    'could hide what runs',
  ],
  [38, 'variables that load code', 'refused by name', ATTACKS, "['38',"],
  [39, 'a shell without -c', 'the variables of a shell', ATTACKS, "['39',"],
  [40, 'an answer that is used again', 'asks again', JOB, 'is allowed once: the same one asks again'],
  [41, 'a rule that comes back after it was revoked', 'not stored', EDITS, 'the rule is not stored over it'],
  [
    42,
    'a swap between the last look and the start',
    'reported',
    'race/race.test.ts',
    'without being reported',
  ],
  [43, 'nobody answers', 'no', 'node/every-end.test.ts', 'a prompt that ends without an answer is a no'],
  [44, 'code piped into an interpreter', 'refused', ATTACKS, "['44',"],
  [
    45,
    'another platform, or more commands, at reconnect',
    'never changes',
    'pairing/device-identity.test.ts',
    'what we declare never changes',
  ],
  [
    46,
    'approvals edited by whoever has a token',
    'what loosens waits for the person',
    EDITS,
    'that loosens waits',
  ],
  [
    47,
    'an agent that widens its own policy',
    'what loosens waits for the person',
    EDITS,
    'that loosens waits',
  ],
  [
    48,
    'a yes by whoever can write at the gateway',
    'asks here',
    'node/approved-elsewhere.test.ts',
    'while approvals count on this Mac only',
  ],
  [
    49,
    'work that goes on after it was unpaired',
    'ended, and stays unpaired',
    'unpair/killed-halfway.test.ts',
    'killed while a question waits',
  ],
  [
    50,
    'words about a command that are not the command',
    'judged by argv',
    JOB,
    "approvalSource: 'auto-review'",
  ],
  [
    51,
    'a link that pairs',
    'asks first',
    'pairing/join-link.test.ts',
    'is refused with words, and nobody is asked',
  ],
  [
    52,
    'an end that is taken for a no, or stays on the screen',
    'told apart, closed',
    'node/every-end.test.ts',
    'cancelled by its caller, and nothing is answered',
  ],
  [53, 'a rogue shell first on PATH', 'no rule covers it', ATTACKS, '28, 53: a program'],
  [
    54,
    'messages to the prompt from elsewhere',
    'there is no socket, and a page has one role',
    'ipc/ipc-server.test.ts',
    'from the page of a window with this role',
  ],
  [55, 'our own program', 'never runs', ATTACKS, '55: nothing of Latchkey runs'],
];

it.each(attacks)('D%i, %s: %s', (_number, _attack, _answer, file, title) => {
  expect(readFileSync(join(import.meta.dirname, '..', file), 'utf8')).toContain(title);
});

it('none of D is left out', () => {
  expect(attacks.map(([number]) => number)).toEqual(Array.from({ length: 55 }, (_, index) => index + 1));
});
