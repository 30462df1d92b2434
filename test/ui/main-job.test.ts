import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  allowOnce,
  ask,
  newFolder,
  type PairedApp,
  promptIsVisible,
  startApp,
  startPairedApp,
  windowOf,
} from './test-app.ts';

describe('the app, paired through its window,', () => {
  const folder = newFolder();
  let paired: PairedApp;
  beforeAll(async () => {
    paired = await startPairedApp();
  });
  afterAll(async () => {
    await paired.close();
    rmSync(folder, { recursive: true });
  });

  test('shows a command; allowed once, it runs', async () => {
    const { answer } = await ask(paired, 'echo hello; echo there');
    expect(await promptIsVisible(paired)).toBe(true);
    await allowOnce(paired);
    expect(await answer).toMatchObject({ outcome: 'finished', payload: { stdout: 'hello\nthere\n' } });
    await expect.poll(() => promptIsVisible(paired)).toBe(false);
  });

  test('asks again for the same command', async () => {
    const { answer } = await ask(paired, 'echo hello; echo there');
    await paired.prompt.getByRole('button', { name: 'Deny' }).click();
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
  });

  test('does not run what is denied', async () => {
    const ran = join(folder, 'ran');
    const { answer } = await ask(paired, `touch ${ran}`);
    await paired.prompt.keyboard.press('Escape');
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
    expect(existsSync(ran)).toBe(false);
  });

  test('shows the script that would run, and refuses another one', async () => {
    const script = join(folder, 'x.sh');
    writeFileSync(script, 'echo as shown\n');
    const { answer } = await ask(paired, `sh ${script}`);
    await paired.prompt.getByText('echo as shown').waitFor();
    writeFileSync(script, 'echo something else\n');
    await allowOnce(paired);
    expect(await answer).toMatchObject({ outcome: 'denied-before-execution' });
  });

  test('shows its questions one after the other', async () => {
    const first = await ask(paired, 'echo one');
    const second = paired.gateway.exec('echo two');
    await paired.prompt.getByText('1 more waiting').waitFor();
    await paired.prompt.getByRole('button', { name: 'Deny' }).click();
    await paired.prompt.getByText('two').waitFor();
    await allowOnce(paired);
    expect([await first.answer, await second]).toMatchObject([
      { outcome: 'denied-before-execution' },
      { outcome: 'finished', payload: { stdout: 'two\n' } },
    ]);
  });

  test('says in the menu what waits, and shows it from there', async () => {
    const { answer } = await ask(paired, 'echo hello');
    await expect
      .poll(async () => (await paired.app.tray.menu()).map(({ label }) => label))
      .toContain('1 waiting for you');
    await paired.app.tray.click('show-prompt');
    await paired.prompt.getByRole('button', { name: 'Deny' }).click();
    await answer;
  });

  test('paused in the menu, refuses without asking, and asks again when resumed', async () => {
    await paired.app.tray.click('pause');
    await expect.poll(async () => (await paired.app.tray.menu()).map(({ id }) => id)).toContain('resume');
    expect(await paired.gateway.exec('echo hello')).toMatchObject({ outcome: 'denied-before-execution' });
    await paired.app.tray.click('resume');
    await expect.poll(async () => (await paired.app.tray.menu()).map(({ id }) => id)).toContain('pause');
    const { answer } = await ask(paired, 'echo hello');
    await paired.prompt.getByRole('button', { name: 'Deny' }).click();
    await answer;
  });

  test('shows the words of the gateway as the gateway’s, without their tricks', async () => {
    await paired.gateway.invoke('system.notify', { title: 'Hi\u{202E}', body: 'there' });
    expect((await paired.app.person.notifications()).at(-1)).toMatchObject({
      title: expect.stringMatching(/^Message from /) as string,
      body: 'Hi\\u{202E}\nthere',
    });
  });

  test('unpaired in the menu, asks first, forgets, and says what is left to do', async () => {
    await paired.app.person.answerMessageBox(1);
    await paired.app.tray.click('unpair');
    await expect.poll(() => paired.app.person.messageBoxes()).toHaveLength(1);
    expect((await paired.app.tray.menu()).map(({ id }) => id)).toContain('unpair');

    await paired.app.person.answerMessageBox(0);
    await paired.app.person.answerMessageBox(1);
    await paired.app.tray.click('unpair');
    await expect
      .poll(async () => (await paired.app.person.messageBoxes()).at(-1)?.detail)
      .toContain('openclaw devices remove');
    await expect
      .poll(async () => (await paired.app.tray.menu()).map(({ id }) => id))
      .toContain('open-pairing');
  });

  test('a second start shows the first one, and ends', async () => {
    await expect(startApp({ stateDir: paired.stateDir })).rejects.toThrow();
    await windowOf(paired.app, 'settings');
  });
});
