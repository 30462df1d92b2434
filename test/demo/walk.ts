import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright';

import type { ExecResult } from '../gateway-practice/exec-call.ts';
import { type PracticeGateway, startPracticeGateway } from '../gateway-practice/practice-gateway.ts';
import { builtStandin } from '../ui/driver/electron-binary.ts';
import { launchApp, type RunningApp } from '../ui/driver/launch.ts';
import { until } from '../ui/driver/until.ts';
import { say } from './say.ts';

/** The app, the gateway that it is paired with, and where the pictures go. */
interface Stage {
  readonly app: RunningApp;
  readonly gateway: PracticeGateway;
  /** Where the agent's commands run. */
  readonly work: string;
  readonly pictures: string;
}

/** The whole job on the stand-in for Electron. Resolves to whether each step did what it says. */
export async function walk(): Promise<boolean> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'latchkey-demo-')));
  const [work, pictures] = [join(folder, 'work'), join(folder, 'pictures')];
  for (const path of [work, pictures]) mkdirSync(path);
  const gateway = await startPracticeGateway();
  const app = await launchApp({
    stateDir: join(folder, 'data'),
    args: ['--memory-secrets', '--lang=en-US'],
    scale: 2,
    standin: builtStandin,
  });
  const stage: Stage = { app, gateway, work, pictures };
  let passed = 0;
  try {
    for (const [index, { title, act }] of steps.entries()) {
      const happened = await act(stage).catch((error: unknown) => new Error(messageOf(error)));
      if (happened instanceof Error) {
        say(`${index + 1}. ${title}: FAILED`, `   ${happened.message}`);
        break;
      }
      passed += 1;
      say(`${index + 1}. ${title}`, `   ${happened}`);
    }
    await app.close();
  } catch (error) {
    say(`The app complained: ${messageOf(error)}`);
    passed = 0;
  } finally {
    await gateway.stop();
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    rmSync(work, { recursive: true, force: true });
  }
  const all = passed === steps.length;
  say('', `Pictures of the windows: ${pictures}`);
  say(all ? 'Every step did what it says.' : `Only ${passed} of ${steps.length} steps did what they say.`);
  return all;
}

/** What a step does, and in a sentence what came of it. Rejects when it was not what the title says. */
interface Step {
  readonly title: string;
  readonly act: (stage: Stage) => Promise<string>;
}

const steps: readonly Step[] = [
  {
    title: 'Pair with a setup code',
    async act({ app, gateway, pictures }) {
      const window = await app.window(/^latchkey:\/\/pairing\//);
      await picture(app, window, pictures, 'pairing');
      await window.getByRole('textbox', { name: 'Setup code' }).fill(gateway.setupCode());
      await window.getByRole('button', { name: 'Pair' }).click();
      await window.getByText(/openclaw devices approve/).waitFor();
      await picture(app, window, pictures, 'pairing-waiting');
      gateway.approveDevice();
      await gateway.connected();
      await window.getByText(/openclaw nodes/).waitFor();
      gateway.approveCommands();
      await inMenu(app, 'pause');
      return 'An operator approved the device, then its commands. The secret is in memory, not in a file.';
    },
  },
  {
    title: 'A command is allowed once',
    async act(stage) {
      const { result } = await ask(stage, 'uname -s && echo done');
      await picture(stage.app, await promptOf(stage), stage.pictures, 'prompt');
      await allow(stage);
      return ran(await result, 'done');
    },
  },
  {
    title: 'A command is denied',
    async act(stage) {
      const { result } = await ask(stage, 'touch denied');
      const prompt = await promptOf(stage);
      await prompt.keyboard.press('Escape');
      return refused(await result, !existsSync(join(stage.work, 'denied')));
    },
  },
  {
    title: 'A command is always allowed here, and then runs without a question',
    async act(stage) {
      const { result } = await ask(stage, 'date -u');
      const prompt = await promptOf(stage);
      await prompt.getByRole('radio', { name: /Always/ }).check();
      await stage.app.setFocus(prompt, true);
      await prompt.locator('button.allow[aria-disabled="false"]').click();
      await picture(stage.app, prompt, stage.pictures, 'prompt-always');
      await prompt.locator('button.allow[aria-disabled="false"]').click();
      ran(await result, 'UTC');
      return `First: allowed always. Again: ${ran(await exec(stage, 'date -u'), 'UTC')}`;
    },
  },
  {
    title: 'A script is changed after it was shown, and refused',
    async act(stage) {
      const script = join(stage.work, 'job.sh');
      writeFileSync(script, 'echo what was shown\n');
      const { result } = await ask(stage, 'sh job.sh');
      await picture(stage.app, await promptOf(stage), stage.pictures, 'prompt-script');
      writeFileSync(script, 'touch evil\n');
      await allow(stage);
      return refused(await result, !existsSync(join(stage.work, 'evil')));
    },
  },
  {
    title: 'Inline code is refused without a question',
    act: async (stage) => refused(await exec(stage, 'python3 -c "print(1)"'), true),
  },
  {
    title: 'Paused, everything is refused',
    async act(stage) {
      await stage.app.tray.click('pause');
      const result = refused(await exec(stage, 'date -u'), true);
      await stage.app.tray.click('resume');
      await inMenu(stage.app, 'pause');
      return result;
    },
  },
  {
    title: 'The settings show the policy and the rule that was made',
    async act({ app, pictures }) {
      await app.tray.click('open-settings');
      const window = await app.window(/^latchkey:\/\/settings\//);
      await picture(app, window, pictures, 'settings');
      return 'See the picture.';
    },
  },
  {
    title: 'Unpaired, nothing runs any more',
    async act({ app, gateway }) {
      const link = await gateway.connected();
      await app.person.answerMessageBox(0);
      await app.person.answerMessageBox(1);
      await app.tray.click('unpair');
      const told = await until('what is left to do at the gateway', async () =>
        (await app.person.messageBoxes())
          .map(({ detail }) => detail)
          .find((text) => text?.includes('devices remove')),
      );
      const outcome = await link.invoke('system.run', { command: ['/usr/bin/uname'] }, { timeoutMs: 3000 });
      if (outcome.ok) throw new Error('a command ran after unpairing');
      return `The gateway's next command got no answer from here. ${told}`;
    },
  },
];

const exec = ({ gateway, work }: Stage, command: string): Promise<ExecResult> =>
  gateway.exec(command, { cwd: work });

const promptOf = ({ app }: Stage): Promise<Page> => app.window(/^latchkey:\/\/prompt\//);

/** A question on the screen. Wrapped, since awaiting a promise would await its promise. */
async function ask(stage: Stage, command: string): Promise<{ readonly result: Promise<ExecResult> }> {
  const result = exec(stage, command);
  const prompt = await promptOf(stage);
  await prompt.getByRole('button', { name: 'Deny' }).waitFor();
  return { result };
}

/** The person looks at the prompt, waits until it can be allowed, and allows it. */
async function allow(stage: Stage): Promise<void> {
  const prompt = await promptOf(stage);
  await stage.app.setFocus(prompt, true);
  await prompt.locator('button.allow[aria-disabled="false"]').click();
}

/** Waits until the menu offers it. */
async function inMenu(app: RunningApp, action: string): Promise<void> {
  await until(`"${action}" in the menu`, async () =>
    (await app.tray.menu()).some(({ id }) => id === action) ? true : undefined,
  );
}

async function picture(app: RunningApp, window: Page, folder: string, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await app.setTheme(theme);
    // The picture is of what was painted, so the new colours have to be.
    await window.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await app.screenshot(window, join(folder, `${name}-${theme}.png`));
  }
}

function ran({ outcome, text }: ExecResult, output: string): string {
  if (outcome !== 'finished' || !text.includes(output))
    throw new Error(`it did not run: ${outcome}: ${text}`);
  return `It ran, and the agent read: ${text.trim().replaceAll('\n', ' / ')}`;
}

function refused({ outcome, text }: ExecResult, nothingRan: boolean): string {
  if (outcome !== 'denied-before-execution' || !nothingRan)
    throw new Error(`it was not refused: ${outcome}: ${text}`);
  return `Nothing ran, and the agent read: ${(text.split('Details: ').at(-1) ?? text).trim()}`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
