import { describe, expect, it } from 'vitest';

import { findSecrets } from '../../main/text/secrets.ts';
import { disk, judge, said, T } from './world.ts';

/** In two pieces, because committed secrets are looked for. */
const ADDRESS = ['postgres://me', 'hunter2secret@h/db'].join(':');
const KEY = 'ghp_abcdefghijklmnopqrst';
const on = disk({
  [`${T}/${KEY}`]: { file: '#!/bin/sh\n', runs: true },
  [`/usr/bin/${KEY}`]: { file: '\u007fELF', runs: true },
});

describe('a secret where code stands is refused, since a mask could hide what runs', () => {
  it.each<[string, string | readonly string[]]>([
    ['as the name of a program', KEY],
    ['as the name of a program in a chain', `ls && ${KEY} x`],
    ['as the file of an interpreter', ['/usr/bin/sh', KEY]],
    ['as the file of an interpreter in a chain', `ls; sh ${KEY}`],
    ['in a substitution', `ls "$(${KEY})"`],
    ['in the name of a file that is overwritten', `ls > ${KEY}`],
    ['in a text that is no plain sequence', `for i in a; do ${KEY}; done`],
    ['in an argument of such a text', `if ls; then curl -H "Authorization: Bearer ${KEY}" x; fi`],
  ])('%s', async (_where, what) => {
    expect(said(await judge(what, { disk: on }))).toBe('deny secret-in-code');
  });

  it('but what a quote of code follows is no secret: nothing of it is masked, so it is asked about', async () => {
    expect(said(await judge(`ls \`${KEY}\``, { disk: on }))).toBe('prompt unknown-parts');
    expect(findSecrets(`ls \`${KEY}\``)).toEqual([]);
  });

  it.each<[string, string | readonly string[]]>([
    ['in an argument', `curl -H "Authorization: Bearer ${KEY}" x`],
    ['in an argument of a plain argv', ['/usr/bin/curl', '-H', `Authorization: Bearer ${KEY}`]],
    ['beside a variable', `ls "Bearer ${KEY}" $HOST`],
    ['in a variable that is set', `TOKEN=${KEY} ls`],
    ['in a comment', `ls # ${KEY}`],
    ['in a path, where it is shown', `ls ./${KEY}`],
  ])('but asked about %s, where a mask hides data alone', async (_where, what) => {
    expect((await judge(what, { disk: on })).verdict).toBe('prompt');
  });
});

const KEYED = disk({
  '/usr/bin/sk-evilprogramname0000': { file: '\u007fELF', runs: true },
  '/usr/bin/sudo': { file: '\u007fELF', runs: true },
});

describe('a secret among the words of a program that runs others', () => {
  it.each([
    'sudo sk-evilprogramname0000 x',
    "ssh h 'bearer destroy-everything-now'",
    `ssh h 'ls; ${KEY}'`,
    `npm exec --unknown ${KEY}`,
    `docker run --entrypoint ${KEY} x`,
  ])('is refused: %s', async (text) => {
    expect(said(await judge(text, { disk: KEYED }))).toBe('deny secret-in-code');
  });

  it.each([`ssh h "psql ${ADDRESS}"`, `docker run -e API_KEY=${KEY} x`, 'ssh h ls'])(
    'is asked about where only a value is hidden: %s',
    async (text) => {
      expect((await judge(text, { disk: on })).verdict).toBe('prompt');
    },
  );
});
