import { expect, it } from 'vitest';

import type { PromptBoard } from '../../../main/ipc/prompt-view.ts';
import { display } from '../../../main/text/display.ts';
import { HiddenSecrets } from '../../../main/text/hidden-secrets.ts';
import { NOW_MS, promptStates } from '../../gallery/prompt-states.ts';
import { onStage } from './on-stage.ts';

const windows = onStage('prompt');

const open = async (board: PromptBoard) => {
  await windows.show(board, { nowMs: NOW_MS, height: 900 });
};
const texts = (selector: string) => windows.shown.page.locator(selector).allTextContents();

it('shows what changed since it was allowed, and the whole file at a press', async () => {
  await open(promptStates.script);
  expect(await texts('.since')).toEqual([
    expect.stringMatching(/^changed since you allowed it on 12 Nov.* \+2−1$/),
    expect.stringMatching(/^same as you allowed on 12 Nov/),
  ]);
  expect(await texts('.changes li')).toEqual([
    'Lines 1–2 are unchanged.',
    '3target="${1:---staging}"',
    '4tar -czf site.tgz public/',
    '5if [ "$target" = "--prod" ]; then',
    expect.stringMatching(/^6−removed: .*scp site\.tgz/),
    expect.stringMatching(/^6\+added: .*rsync/),
    expect.stringMatching(/^7\+added: /),
    '8fi',
    '9rm -f site.tgz',
    '10echo "deployed $target"',
  ]);
  await windows.shown.page.getByRole('button', { name: 'Whole file' }).click();
  expect(await windows.shown.page.locator('.code li').count()).toBe(10);
});

it('opens a file that was never allowed as a whole, and keeps one shut that is the same', async () => {
  await open(promptStates['never-allowed']);
  expect((await texts('.since'))[0]).toBe('never allowed before');
  expect(await windows.shown.page.locator('.code li').count()).toBe(11);
  await windows.shown.tell({
    ...promptStates.script,
    revision: 2,
    prompt: {
      ...promptStates.script.prompt,
      id: 'q2',
      operands: promptStates.script.prompt.operands.map((operand) => ({
        ...operand,
        since: { kind: 'same', allowedAtMs: NOW_MS },
      })),
    },
  });
  expect(await windows.shown.page.locator('.code').count()).toBe(0);
});

it.each([
  ['en', 'What they load, and other files in the command, are not checked.'],
  ['ko', '파일이 불러오는 것과 파일 뒤에 적힌 다른 파일은 확인하지 않습니다.'],
] as const)('says what is not bound (%s)', async (language, sentence) => {
  await open({ ...promptStates.script, language });
  expect((await texts('.lockline')).join()).toContain(sentence);
});

const KEY = 'ghp_abcdefghijklmnopqrst';
const secret: PromptBoard = {
  ...promptStates.simple,
  prompt: {
    ...promptStates.simple.prompt,
    parts: [
      {
        kind: 'command',
        operator: null,
        executable: null,
        tokens: [
          { role: 'program', text: display('curl') },
          { role: 'argument', text: display(KEY, new HiddenSecrets()) },
        ],
      },
    ],
    holdsSecret: true,
  },
};
const mask = () => windows.shown.page.locator('button.secret');
const html = () => windows.shown.page.content();

it('shows a secret for as long as it is looked at, and then it is nowhere', async () => {
  await open(secret);
  await windows.shown.answer('revealSecret', {
    ok: true,
    value: display('x'.repeat(5)).concat(display('yz')),
  });
  await windows.shown.page.clock.runFor(1100);
  await mask().click();
  expect(await mask().textContent()).toBe('xxxxxyz');
  expect(await windows.shown.page.locator('.allow').getAttribute('aria-disabled')).toBe('true');
  expect((await windows.shown.said()).filter(({ name }) => name === 'revealSecret')).toEqual([
    { name: 'revealSecret', argument: { id: 'q1', digest: secret.prompt?.digest, secret: 0 } },
  ]);
  await windows.shown.page.clock.runFor(10_000);
  expect(await mask().textContent()).toBe('ghp_ab…qrst');
  expect(await html()).not.toContain('xxxxxyz');
});

it.each(['a press', 'leaving the window'])('hides it again by %s', async (how) => {
  await open(secret);
  await windows.shown.answer('revealSecret', { ok: true, value: display('xyz') });
  await mask().click();
  expect(await mask().textContent()).toBe('xyz');
  if (how === 'a press') await mask().click();
  else await windows.shown.page.evaluate('window.dispatchEvent(new Event("blur"))');
  expect(await html()).not.toContain('xyz');
});

it('asks for no secret because a script says so', async () => {
  await open(secret);
  await windows.shown.page.evaluate('document.querySelector("button.secret").click()');
  expect((await windows.shown.said()).filter(({ name }) => name === 'revealSecret')).toEqual([]);
});

it('says that a copy holds the secret', async () => {
  await open(secret);
  await windows.shown.page.keyboard.press('Meta+c');
  expect(await windows.shown.page.locator('.hint').textContent()).toBe(
    'Copied, with the hidden secret in it.',
  );
  await windows.shown.page.clock.runFor(2100);
  expect(await windows.shown.page.locator('.hint').textContent()).toBe('');
});
