import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { allowOnce, ask, newFolder, type PairedApp, promptIsVisible, startPairedApp } from './test-app.ts';

/** What a person reads in the prompt, through the whole app. */
let paired: PairedApp;
const folder = newFolder();
beforeAll(async () => {
  paired = await startPairedApp();
});
afterAll(async () => {
  await paired.close();
  rmSync(folder, { recursive: true });
});

const deny = () => paired.prompt.getByRole('button', { name: 'Deny' }).click();
const TOKEN = 'ghp_abcdefghijklmnopqrst';

test('a script that changed since it was allowed shows what changed', async () => {
  const script = join(folder, 'job.sh');
  const run = (content: string) => {
    writeFileSync(script, content);
    return ask(paired, 'sh ./job.sh', { cwd: folder });
  };
  const first = await run('echo one\necho two\n');
  await paired.prompt.getByText('never allowed before').waitFor();
  await allowOnce(paired);
  expect(await first.answer).toMatchObject({ outcome: 'finished', text: 'one\ntwo\n' });

  const second = await run('echo one\necho three\n');
  await paired.prompt.getByText(/changed since you allowed it/).waitFor();
  expect(await paired.prompt.locator('.changes li').allTextContents()).toEqual([
    '1echo one',
    '2−removed: echo two',
    '2+added: echo three',
  ]);
  await deny();
  await second.answer;

  const third = await run('echo one\necho two\n');
  await paired.prompt.getByText(/same as you allowed on/).waitFor();
  await deny();
  await third.answer;
});

test('a secret is not in the page until its mask is pressed, and not again after the window was left', async () => {
  const { answer } = await ask(paired, `echo ${TOKEN}`);
  expect(await paired.prompt.content()).not.toContain(TOKEN);
  await paired.app.setFocus(paired.prompt, true);
  const mask = paired.prompt.locator('button.secret');
  await mask.click();
  await expect.poll(() => mask.textContent()).toBe(TOKEN);
  await paired.app.setFocus(paired.prompt, false);
  await expect.poll(() => mask.textContent()).not.toBe(TOKEN);
  expect(await paired.prompt.content()).not.toContain(TOKEN);
  await deny();
  await answer;
});

test('a secret that could hide what runs is refused without a question', async () => {
  expect(await paired.gateway.exec(`for i in 1; do echo ${TOKEN}; done`)).toMatchObject({
    outcome: 'denied-before-execution',
    text: expect.stringContaining('hiding it could hide what runs') as string,
  });
});

test('a question that nobody looks at is told of, by plain names, and a click shows it and allows nothing', async () => {
  await paired.app.setFocus(paired.prompt, false);
  const told = async () =>
    (await paired.app.person.notifications()).filter(({ title }) => title.includes('wants to run'));
  const { answer } = await ask(paired, 'touch some-file-that-is-not-named', { cwd: folder });
  // One that came before may have been told of just now.
  const notices = await told();
  expect(notices.length).toBeGreaterThan(0);
  expect(JSON.stringify(notices)).not.toContain('some-file');
  await paired.app.person.clickNotification();
  expect(await promptIsVisible(paired)).toBe(true);
  await deny();
  expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
});
