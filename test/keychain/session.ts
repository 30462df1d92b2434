import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from 'esbuild';

/** A call on the Keychain. */
export type Call = readonly [name: 'verify' | 'write' | 'read' | 'remove', account?: string, value?: string];

/** A bus that activates nothing: there is no Secret Service and none can be started. */
const EMPTY_BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;

/** The daemon ends with the session's shell; nothing of it outlives the test. */
const WITH_KEYRING = `
printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets --foreground >/dev/null 2>&1 &
daemon=$!
trap 'kill $daemon' EXIT
gdbus wait --session --timeout 10 org.freedesktop.secrets
"$@"`;

/** A home of its own, in which sessions come and go. */
export class PrivateHome {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<PrivateHome> {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-home-'));
    await build({
      entryPoints: [join(import.meta.dirname, 'probe.ts')],
      outfile: join(folder, 'probe.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['keytar'],
    });
    await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
    return new PrivateHome(folder);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  /** Makes the calls in a process of its own, with a keyring unlocked by this password. Answers one result a call. */
  withKeyring(password: string, calls: readonly Call[]): Promise<string[]> {
    return this.#run(['dbus-run-session', '--', '/bin/sh', '-c', WITH_KEYRING, 'session'], calls, {
      KEYRING_PASSWORD: password,
    });
  }

  async withEmptyBus(calls: readonly Call[]): Promise<string[]> {
    const config = join(this.#folder, 'bus.conf');
    await writeFile(config, EMPTY_BUS);
    return this.#run(['dbus-run-session', `--config-file=${config}`, '--'], calls, {});
  }

  withoutBus(calls: readonly Call[]): Promise<string[]> {
    return this.#run([], calls, {});
  }

  async #run(
    session: readonly string[],
    calls: readonly Call[],
    extra: Record<string, string>,
  ): Promise<string[]> {
    const probe = [process.execPath, join(this.#folder, 'probe.mjs'), JSON.stringify(calls)];
    const [command = '', ...args] = [...session, ...probe];
    const child = spawn(command, args, {
      env: { PATH: '/usr/bin:/bin', HOME: this.#folder, XDG_RUNTIME_DIR: this.#folder, ...extra },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => child.on('close', resolve));
    return Buffer.concat(chunks).toString().trim().split('\n');
  }
}
