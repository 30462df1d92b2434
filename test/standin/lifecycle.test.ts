import { spawn, spawnSync } from 'node:child_process';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, inject, test } from 'vitest';

import { until } from '../ui/driver/until.ts';
import { builtInWork, launchSample, newStateDir, sampleDir, untilLogged } from './sample-app.ts';

/** Processes that have `text` on their command line and are not zombies waiting for init. */
function processesWith(text: string): readonly number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, state]) => state?.startsWith('Z') === false)
    .map(([pid]) => Number(pid));
}

describe('an app on the stand-in', () => {
  test('ends with exit code 0 when it quits, and Chromium with it', async () => {
    const stateDir = await newStateDir();
    const { app } = await launchSample({ stateDir });
    await app.tray.click('Quit').catch(() => undefined); // the answer may be lost with the process
    expect(await app.exited).toBe(0);
    expect(app.output()).toContain('will quit');
    expect(processesWith(stateDir)).toEqual([]);
  });

  test('takes Chromium with it when it is killed', async () => {
    const stateDir = await newStateDir();
    const { app } = await launchSample({ stateDir });
    expect(processesWith(stateDir).length).toBeGreaterThan(1);
    app.electron.process().kill('SIGKILL');
    expect(await app.exited).toBe('SIGKILL');
    await until('Chromium to be gone', () => processesWith(stateDir).length === 0);
  });

  test('runs beside others', async () => {
    const samples = await Promise.all([launchSample(), launchSample(), launchSample()]);
    for (const { page } of samples) await page.getByText('main: first').waitFor();
    await Promise.all(samples.map(({ app }) => app.close()));
  });

  test('hears of a second instance, which ends', async () => {
    const stateDir = await newStateDir();
    const { app } = await launchSample({ stateDir });
    const second = spawn(builtInWork('standin/electron'), [
      sampleDir(),
      `--user-data-dir=${stateDir}`,
      '--hello',
    ]);
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    await untilLogged(app, 'second instance --hello');
    await app.close();
  });

  test('takes over the lock of one that was killed', async () => {
    const stateDir = await newStateDir();
    const { app } = await launchSample({ stateDir });
    app.electron.process().kill('SIGKILL');
    await app.exited;
    await until('Chromium to be gone', () => processesWith(stateDir).length === 0);
    const next = await launchSample({ stateDir });
    await next.app.close();
  });

  test('lives on in the tray when its window closes, and opens another', async () => {
    const { app, page } = await launchSample();
    await page.close();
    await untilLogged(app, 'window-all-closed');
    await app.tray.click('Open');
    const reopened = await app.window(/index\.html/);
    await reopened.getByText('main: first').waitFor();
    await app.close();
  });

  test('hears that its renderer crashed, and can open another window', async () => {
    const { app, page } = await launchSample();
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await untilLogged(app, 'renderer crashed');
    // Not `waitForEvent`: it fails when the news of the crash comes here later than it came to the app.
    const closed = new Promise((resolve) => page.once('close', resolve));
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
    await closed;
    await app.tray.click('Open');
    await (await app.window(/index\.html/)).getByText('main: first').waitFor();
    await app.close();
  });

  test('ends when Chromium is gone', async () => {
    const stateDir = await newStateDir();
    const { app } = await launchSample({ stateDir });
    const own = app.electron.process().pid;
    const [browser] = processesWith(join(stateDir, 'chromium')).filter((pid) => pid !== own);
    if (browser !== undefined) process.kill(browser, 'SIGKILL');
    expect(await app.exited).toBe(1);
  });

  test('says what to do when there is no Chromium', () => {
    const { stderr, status } = spawnSync(builtInWork('standin/electron'), [sampleDir()], {
      encoding: 'utf8',
      env: { ...process.env, LATCHKEY_CHROMIUM: '/nowhere/chromium' },
    });
    expect(status).toBe(1);
    expect(stderr).toContain('LATCHKEY_CHROMIUM names /nowhere/chromium, which cannot be run');
  });

  test.runIf(process.getuid?.() === 0)('runs for a user who may only read the program', async () => {
    await chmod(inject('work'), 0o755);
    const stateDir = await newStateDir();
    await chmod(stateDir, 0o777);
    const child = spawn(builtInWork('standin/electron'), [sampleDir(), `--user-data-dir=${stateDir}`], {
      uid: 65_534,
      gid: 65_534,
      env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until('Chromium', () => output.includes('DevTools listening on'), 10_000);
    expect(await readFile(join(stateDir, 'standin-lock'), 'utf8')).toBe(String(child.pid));
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  });
});
