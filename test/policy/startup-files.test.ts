import { describe, expect, it } from 'vitest';

import { ANYTHING, disk, judge, T } from './world.ts';

const program = { file: '\u007fELF', runs: true } as const;

describe('a shell that reads files of its own first', () => {
  const shebangs = disk({
    [`${T}/z`]: { file: '#!/bin/zsh\nls\n', runs: true },
    [`${T}/zf`]: { file: '#!/bin/zsh -f\nls\n', runs: true },
    [`${T}/fi`]: { file: '#!/usr/bin/env fish\nls\n', runs: true },
    [`${T}/bl`]: { file: '#!/bin/bash -l\nls\n', runs: true },
    [`${T}/bi`]: { file: '#!/bin/bash -i\nls\n', runs: true },
    [`${T}/cs`]: { file: '#!/bin/csh\nls\n', runs: true },
    '/usr/bin/tcsh': program,
  });
  it.each<[string, string]>([
    // Login
    ['sh -lc ls', 'prompt'],
    ['bash -lc ls', 'prompt'],
    ['bash --login -c ls', 'prompt'],
    ['zsh -lfc ls', 'prompt'],
    ['bash -l job.sh', 'deny'],
    ['bash --login job.sh', 'deny'],
    ['zsh -lf job.sh', 'deny'],
    ['./bl', 'deny'],
    // Interactive
    ['bash -ic ls', 'deny'],
    ['bash -i job.sh', 'deny'],
    ['zsh -ifc ls', 'deny'],
    ['fish -i -c ls', 'deny'],
    ['./bi', 'deny'],
    // Files of the command's choice
    ['bash --rcfile x -c ls', 'deny'],
    ['bash --init-file x -c ls', 'deny'],
    ['fish -C ls -c ls', 'deny'],
    ['fish --init-command=ls -c ls', 'deny'],
    // The user's own
    ['zsh -c ls', 'prompt'],
    ['zsh job.sh', 'prompt'],
    ['fish -c ls', 'prompt'],
    ['fish job.sh', 'prompt'],
    ['./z', 'prompt'],
    ['./fi', 'prompt'],
    ['csh -c ls', 'deny'],
    ['csh job.sh', 'deny'],
    ['tcsh -f job.sh', 'deny'],
    ['./cs', 'deny'],
    // None
    ['zsh -fc ls', 'run'],
    ['zsh -f job.sh', 'run'],
    ['./zf', 'run'],
    ['fish -N -c ls', 'run'],
    ['fish --no-config job.sh', 'run'],
    ['bash --noprofile --norc -c ls', 'run'],
    ['sh -c ls', 'run'],
    ['dash -c ls', 'run'],
  ])('%s: %s, whatever the rules and grants say', async (text, expected) => {
    for (const what of [text, text.split(' ')]) {
      const { verdict, onceOnly } = await judge(what, { rules: ANYTHING, disk: shebangs });
      expect(verdict).toBe(expected);
      if (expected === 'prompt') expect(onceOnly).toBe(true);
      const granted = await judge(what, { granted: () => true, disk: shebangs });
      expect(granted.verdict).toBe(expected);
    }
  });
});
