// What the tests need beyond npm: found, or installed with the system's package manager where we may, or said in a line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const prints = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() !== '';
const mac = process.platform === 'darwin';

const chromiumPaths = [
  process.env.LATCHKEY_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** need: is it there, which Debian packages bring it, and the words for a machine where we may not install. */
const needs = {
  chromium: {
    met: () => chromiumPaths.some((path) => path && existsSync(path)),
    debian: ['chromium'],
    words: 'install Chromium (Debian: chromium) or set LATCHKEY_CHROMIUM',
  },
  keyring: {
    met: () =>
      mac || (succeeds('dbus-run-session', '--version') && succeeds('gnome-keyring-daemon', '--version')),
    debian: ['gnome-keyring', 'dbus-daemon'],
    words: 'install a Secret Service (Debian: gnome-keyring dbus-daemon)',
  },
  keytar: {
    met: keytarLoads,
    debian: ['libsecret-1-dev', 'pkg-config', 'python3', 'make', 'g++'],
    after: rebuildKeytar,
    words:
      'install libsecret and a compiler (Debian: libsecret-1-dev pkg-config python3 make g++), then run npm install',
  },
  'korean font': {
    met: () => mac || prints('fc-list', ':lang=ko'),
    debian: ['fonts-noto-cjk', 'fontconfig'],
    words: 'install a Korean font (Debian: fonts-noto-cjk)',
  },
};

/** Resolves what can be resolved. Returns the needs that are still unmet, each with what to install. */
export function meetNeeds(names = Object.keys(needs)) {
  const unmet = () => names.filter((name) => !needs[name].met());
  const wanted = unmet();
  if (wanted.length > 0 && existsSync('/usr/bin/apt-get')) {
    install(wanted.flatMap((name) => needs[name].debian));
    for (const name of wanted) needs[name].after?.();
  }
  const missing = new Map(unmet().map((name) => [name, needs[name].words]));
  for (const [name, words] of missing) console.log(`${name} is missing: ${words}`);
  return missing;
}

function install(packages) {
  const sudo = process.getuid() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && !succeeds('sudo', '-n', 'true')) return;
  console.log(`installing ${packages.join(' ')}`);
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    return spawnSync(command, rest, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  apt('update', '-qq');
  const done = apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  if (done.status !== 0) console.log(done.stderr.split('\n').slice(-5).join('\n'));
}

function keytarLoads() {
  const require = createRequire(import.meta.url);
  const path = join(root, 'node_modules/keytar/lib/keytar.js');
  return (
    existsSync(path) && succeeds(process.execPath, '-e', `require(${JSON.stringify(require.resolve(path))})`)
  );
}

/** keytar is optional: an install on a machine without libsecret went on without it. */
function rebuildKeytar() {
  if (keytarLoads()) return;
  console.log('building keytar');
  const local = join(dirname(dirname(process.execPath)), 'include/node/node.h');
  const headers = existsSync(local) ? { npm_config_nodedir: dirname(dirname(process.execPath)) } : {};
  const done = spawnSync('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...headers },
  });
  if (done.status !== 0) console.log(done.stderr.split('\n').slice(-5).join('\n'));
}
