import { describe, expect, it } from 'vitest';

import { meansTheSameEverywhere, shellNamed, shellUse } from '../../main/binding/shells.ts';

/** `file run.sh`, `text ls`, or why not; and which start-up files are read first, where any are. */
function use(line: string): string {
  const args = line.split(' ').map((word) => (word === "''" ? '' : word));
  const read = shellUse(args[0] ?? '', args);
  switch (read.kind) {
    case 'refused':
      return read.problem;
    case 'file':
      return `file ${read.path}${read.startup === 'none' ? '' : `, ${read.startup}`}`;
    case 'text':
      return `text ${read.text}${read.startup === 'none' ? '' : `, ${read.startup}`}`;
  }
}

describe('what a shell is told to run', () => {
  it.each([
    ['sh run.sh', 'file run.sh'],
    ['sh -- run.sh', 'file run.sh'],
    ['sh -c ls', 'text ls'],
    ['sh -ec ls', 'text ls'],
    ['sh -c -e ls', 'text ls'],
    ['sh -e run.sh -c ls', 'file run.sh'],
    ['bash --posix --norc --noprofile --verbose run.sh', 'file run.sh'],
    ['bash -euxvf run.sh', 'file run.sh'],
    ['bash +f run.sh', 'file run.sh'],
    ['bash -o pipefail run.sh', 'file run.sh'],
    ['bash +o histexpand run.sh', 'file run.sh'],
    ['bash -O extglob run.sh', 'file run.sh'],
    ['bash --login run.sh', 'file run.sh, login'],
    ['bash -l run.sh', 'file run.sh, login'],
    ['zsh run.sh', 'file run.sh, own'],
    ['zsh -f run.sh', 'file run.sh'],
    ['zsh --no-rcs run.sh', 'file run.sh'],
    ['zsh --no-globalrcs run.sh', 'file run.sh, own'],
    ['zsh -lf run.sh', 'file run.sh, login'],
    ['zsh --login --no-rcs run.sh', 'file run.sh, login'],
    ['fish x.fish', 'file x.fish, own'],
    ['fish -N x.fish', 'file x.fish'],
    ['fish --no-config x.fish y', 'file x.fish'],
    ['fish -c ls', 'text ls, own'],
    ['fish -N -c ls', 'text ls'],
  ])('%s: %s', (line, expected) => {
    expect(use(line)).toBe(expected);
  });

  it.each([
    // Nothing to run but what it reads
    ['sh', 'standard-input'],
    ['sh -e', 'standard-input'],
    ['sh -', 'standard-input'],
    ['sh -e - run.sh', 'standard-input'],
    ['sh -c', 'standard-input'],
    ['sh -s run.sh', 'standard-input'],
    ['sh -es run.sh', 'standard-input'],
    ['fish', 'standard-input'],
    ['fish -', 'standard-input'],
    ['fish -N', 'standard-input'],
    // Options that are not known, or only under another name
    ['sh -i run.sh', 'option'],
    ['sh +c ls', 'option'],
    ['bash +l run.sh', 'option'],
    ['bash --rcfile run.sh', 'option'],
    ['bash --norcs run.sh', 'option'],
    ['bash -o history run.sh', 'option'],
    ['bash -o xerrexit run.sh', 'option'],
    ['bash -o errexits run.sh', 'option'],
    ['bash -o histexpand run.sh', 'option'],
    ['bash +o history run.sh', 'option'],
    ['bash +O histexpand run.sh', 'option'],
    ['bash -O xextglob run.sh', 'option'],
    ['bash -O extglobs run.sh', 'option'],
    ['bash -O expand_aliases run.sh', 'option'],
    ['bash -o', 'option'],
    ['bash -opipefail run.sh', 'option'],
    ['bash -O extglob -c ls', 'option'],
    ['zsh +f run.sh', 'option'],
    ["sh ''", 'option'],
    ["fish ''", 'option'],
    ["fish -c ''", 'option'],
    ['fish -c', 'option'],
    ['fish -c ls x', 'option'],
    ['fish x.fish -c ls', 'option'],
    ['fish -i x.fish', 'option'],
    ['fish -N -N x.fish', 'option'],
  ])('%s is refused: %s', (line, why) => {
    expect(use(line)).toBe(why);
  });

  it('a word that is not known yet is none to judge by', () => {
    expect(shellUse('sh', ['sh', null])).toEqual({ kind: 'refused', problem: 'computed' });
  });
});

it.each([
  ['sh', 'sh'],
  ['BASH', 'bash'],
  ['bash-5.2', 'bash'],
  ['zsh5', 'zsh'],
  ['sh.distrib', 'sh'],
  ['bash-static', 'bash'],
  ['bash.exe', 'bash'],
  ['flash', null],
  ['push5', null],
  ['bash-completion', null],
  ['sh.x', null],
])('the shell that %s is: %s', (name, shell) => {
  expect(shellNamed(name)).toBe(shell);
});

it.each([
  ['ls -la | head -n 3; id && date', true],
  ["echo 'x'", false],
  ['ls &', false],
  ['ls && id & date', false],
  ['echo $x', false],
  ['ls\nid', false],
  ['x=(y)', false],
])('whether every shell reads %j alike: %s', (text, alike) => {
  expect(meansTheSameEverywhere(text)).toBe(alike);
});
