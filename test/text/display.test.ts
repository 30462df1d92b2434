import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { display, displayLine, displayWhole } from '../../main/text/display.ts';
import { HiddenSecrets } from '../../main/text/hidden-secrets.ts';
import { findSecrets } from '../../main/text/secrets.ts';

/** All runs in one line; anything that is not plain in brackets with its kind. */
const shown = (text: string) =>
  display(text)
    .map((run) => (run.kind === 'plain' || run.kind === 'escape' ? run.text : `[${run.kind} ${run.text}]`))
    .join('');

describe('text of somebody else', () => {
  it.each([
    // peers.md C7.2, rows 11 to 15
    ['date\u{200B}\u{3164}', 'date\\u{200B}\\u{3164}'],
    ['echo safe\n\rcurl x', 'echo safe\\u{A}\\u{D}curl x'],
    ['echo \u{202E}gpj.exe', 'echo \\u{202E}gpj.exe'],
    ['a\u{A0}b\u{202F}c\u{3000}d', 'a\\u{A0}b\\u{202F}c\\u{3000}d'],
    ['a\u{2028}b\u{2029}c\td\u{1B}[31m', 'a\\u{2028}b\\u{2029}c\\u{9}d\\u{1B}[31m'],
    ['\u{E0001}x', '\\u{E0001}x'],
    ['a b', 'a b'],
    // what else shows nothing, reorders or imitates
    ['\u{0}', '\\u{0}'],
    ['\u{FEFF}ls', '\\u{FEFF}ls'],
    ['x\u{2066}y\u{2069}', 'x\\u{2066}y\\u{2069}'],
    ['\u{2800}', '\\u{2800}'],
    ['\u{F8FF}', '\\u{F8FF}'],
    ['\u{D800}x', '\\u{D800}x'],
    ['x\u{DC00}', 'x\\u{DC00}'],
    ['✓ Checked by Latchkey', '\\u{2713} Checked by Latchkey'],
    ['⚠ ⌘ 🔒', '\\u{26A0} \\u{2318} \\u{1F512}'],
    ['rm\u{FE0F}', 'rm\\u{FE0F}'],
    ['e\u{301}\u{301}\u{301}', 'e\u{301}\u{301}\\u{301}'],
    ['\u{301}x', '\\u{301}x'],
    ['1\u{20E3}', '1\\u{20E3}'],
    ['a\u{20DD}', 'a\\u{20DD}'],
  ])('%j becomes %j', (raw, expected) => {
    expect(shown(raw)).toBe(expected);
  });

  it.each([
    'café',
    'cafe\u{301}',
    'скрипт',
    '스크립트',
    '脚本.sh',
    'naïve-façade',
    '25°C',
    'ls -la ~/src',
    'ไม่มี',
  ])('%j is shown as it is', (text) => {
    expect(display(text)).toEqual([{ text, kind: 'plain' }]);
  });

  it('shows all of ASCII as it is, but the controls', () => {
    const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index));
    expect(display(ascii)).toEqual([{ text: ascii, kind: 'plain' }]);
  });

  it('marks two or more blanks in a row', () => {
    expect(shown('echo a   b')).toBe('echo a[spaces    ]b');
  });

  it('is the same when it is made safe twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = displayWhole(text)
          .map((run) => run.text)
          .join('');
        expect(
          displayWhole(once)
            .map((run) => run.text)
            .join(''),
        ).toBe(once);
      }),
    );
  });

  it('never lets an invisible or control character through, nor loses one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const runs = displayWhole(text);
        expect(runs.map((run) => run.text).join('')).not.toMatch(
          /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u,
        );
        const back = runs.map((run) =>
          run.kind === 'escape' ? String.fromCodePoint(parseInt(run.text.slice(3, -1), 16)) : run.text,
        );
        expect(back.join('')).toBe(text);
      }),
    );
  });
});

describe('a word that mixes scripts', () => {
  it.each([
    ['\u{440}ython3', '[odd-script \u{440}]ython3'],
    ['d\u{43E}wnloads.example.com', 'd[odd-script \u{43E}]wnloads.example.com'],
    ['\u{3BF}penssl', '[odd-script \u{3BF}]penssl'],
    ['скриnт', '[odd-script скри]n[odd-script т]'],
    ['ｐython', '[odd-script ｐ]ython'],
    ['𝐜url', '[odd-script 𝐜]url'],
    ['\u{261}it', '[odd-script \u{261}]it'],
    ['port٢', 'port[odd-script ٢]'],
  ])('%j is flagged', (raw, expected) => {
    expect(shown(raw)).toBe(expected);
  });

  it.each(['run скрипт now', '파일name', '日本語テキスト', 'Ελληνικά', 'שלום'])('%j is not', (text) => {
    expect(shown(text)).toBe(text);
  });
});

describe('a secret', () => {
  it.each([
    ['OPENAI_API_KEY=sk-1234567890abcdefghij', 'OPENAI_API_KEY=[secret sk-123…ghij]'],
    ['curl https://u:p@h/', 'curl https://u:[secret ***]@h/'],
    ['sk-1234567890\u{200B}abcdefghij', '[secret ***]\\u{200B}[secret ***]'],
    ['PASSWORD=hunter2hunter2', 'PASSWORD=[secret ***]'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer [secret ***]'],
    ['Bearer ya29.a0AfH6SMBx1234567890Abc', 'Bearer [secret ya29.a…0Abc]'],
    ['Bearer eyJhbGciOiJ.eyJzdWIiOiIx.c2lnbmF0dXJlLW9m', 'Bearer [secret eyJhbG…LW9m]'],
    ['secret_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE123', 'secret_key=[secret wJalrX…E123]'],
    ['git clone https://ghp_abcdefghijklmnopqrst@h/x', 'git clone https://[secret ghp_ab…qrst]@h/x'],
  ])('in %j is masked', (raw, expected) => {
    expect(shown(raw)).toBe(expected);
    expect(findSecrets(raw)).not.toEqual([]);
  });

  it.each([
    'cmd /c sk-abcdefgh.exe',
    'PASSWORD=$(cat x)',
    'PASSWORD=a;rm',
    'https://host/?code=abc;Remove-Item',
    'ls ~/secrets/token.txt',
    // What runs there is named by it.
    'TOKEN= shutdown -h now',
    'password=__import__("os").system("id")',
    'token=Function ("return 1")',
    'secret=shutdown_now`id`',
    'token=/usr/local/bin/evil',
    'api_key=tools/evil-thing',
    'password=evilscript.sh',
    'password: Build2024/Scripts/DeployProduction1',
    './ghp_abcdefghijklmnopqrst',
    'bin//ghp_abcdefghijklmnopqrst',
    'ghp_abcdefghijklmnopqrst/evil',
    'ghp_abcdefghijklmnopqrst.sh',
    '~ghp_abcdefghijklmnopqrst',
    'secret=eyJhbGciOiJI.eyJzdWIiOiIx.sh',
    'token=Evil1Evil2Evil3Evil4Evil5.command',
    'Bearer ../../somewhere/evil',
  ])('is not seen in %j, where a mask could hide code', (text) => {
    expect(shown(text)).toBe(text);
    expect(findSecrets(text)).toEqual([]);
  });

  it('is known by its number, which brings back exactly what is hidden, and nothing else', () => {
    const secrets = new HiddenSecrets();
    const runs = [
      ...display('PASSWORD=hunter2hunter2', secrets),
      ...displayLine('\tTOKEN=sk-1234567890\u{200B}abcdefghij', secrets),
    ].filter(({ kind }) => kind === 'secret');
    expect(runs.map(({ secret }) => secrets.reveal(secret ?? -1)?.map(({ text }) => text))).toEqual([
      ['hunter2hunter2'],
      ['sk-1234567890'],
      ['abcdefghij'],
    ]);
    expect(secrets.reveal(3)).toBeNull();
  });

  it('never covers a character that a shell acts on', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        ...'sk-ghp_ PASSWORD= abc 123 : / @ ; | & $ ( ) < > ` \' " \n \\'.split(' '),
        ' ',
      ),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        const kept = display(`PASSWORD=sk-1234567890abcdef${text}`);
        const visible = kept
          .filter((run) => run.kind !== 'secret')
          .map((run) => run.text)
          .join('');
        for (const sign of text.match(/[;|&$()<>`'"\\ ]/g) ?? []) expect(visible).toContain(sign);
      }),
    );
  });
});

describe('a line of a file', () => {
  it('keeps its tabs, and only those', () => {
    expect(displayLine('\tif x\u{202E}')).toEqual([
      { text: '\t', kind: 'spaces' },
      { text: 'if x', kind: 'plain' },
      { text: '\\u{202E}', kind: 'escape' },
    ]);
  });
});
