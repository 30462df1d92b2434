// Brings the real OpenClaw gateway, and a Node new enough for it, into a cache folder of its own.
import { spawn } from 'node:child_process';
import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lockfile from 'proper-lockfile';

const NODE = 'node@24';
const OPENCLAW = 'openclaw@2026.9.6';
const OLDEST_NODE = [24, 16];
const NPM_MINUTES = 10;

/** Names a finished installation; another version has another name, so the two never mix. */
const FINISHED = OPENCLAW.replace('@', '-');
const UNFINISHED = 'unfinished-';

/** Described in install.d.mts. Which registry, which proxy: npm's own configuration decides. */
export async function installGateway(cacheFolder = defaultCacheFolder(), install = installWithNpm) {
  const finished = join(cacheFolder, FINISHED);
  const release = await lockfile.lock(cacheFolder, {
    lockfilePath: join(cacheFolder, 'install.lock'),
    stale: 10_000,
    retries: { retries: 1200, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    if (await isIntact(finished)) return installationIn(finished);
    await removeLeftovers(cacheFolder);
    const folder = await mkdtemp(join(cacheFolder, UNFINISHED));
    await install(folder);
    await writeFile(join(folder, 'contents.json'), JSON.stringify(await contents(folder)));
    // Only a whole installation ever gets the name that is looked for, whenever this process dies.
    await rename(folder, finished);
    return installationIn(finished);
  } finally {
    await release();
  }
}

/** In the checkout, where git ignores it; for a reader of somebody else's checkout, in a temporary folder of their own. */
function defaultCacheFolder() {
  const inCheckout = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '.cache', 'gateway');
  try {
    mkdirSync(inCheckout, { recursive: true });
    accessSync(inCheckout, constants.W_OK);
    return inCheckout;
  } catch {
    const own = join(tmpdir(), `latchkey-gateway-${String(process.getuid?.() ?? 0)}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(own);
    // What lies in here gets executed: a folder that somebody else put there will not do.
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
      throw new Error(`${own} is not this user's own folder`);
    return own;
  }
}

function installationIn(folder) {
  return {
    node: join(folder, 'node/node_modules/node/bin/node'),
    openclaw: join(folder, 'openclaw/node_modules/openclaw/openclaw.mjs'),
  };
}

/** Node 24 first: the gateway's own install scripts refuse an older one. */
async function installWithNpm(folder) {
  await npmInstall(process.execPath, join(folder, 'node'), NODE);
  const { node } = installationIn(folder);
  const version = await run(node, ['--version'], process.env);
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  if (major !== OLDEST_NODE[0] || minor < OLDEST_NODE[1])
    throw new Error(
      `npm brought Node ${version.trim()}, the gateway needs ${OLDEST_NODE.join('.')} or newer`,
    );
  await npmInstall(node, join(folder, 'openclaw'), OPENCLAW);
}

async function npmInstall(node, folder, spec) {
  mkdirSync(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, allowScripts: scriptsAllowed }),
  );
  // Started by `npm run`, npm says where it is; otherwise it is looked for like any command.
  const script = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const flags = ['install', spec, '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  try {
    await run(script ? node : 'npm', script ? [script, ...flags] : flags, env, folder);
  } catch (error) {
    throw new Error(`npm could not install ${spec}: ${npmReason(error)}`, { cause: error });
  }
}

/** npm's reason without its stack, and without its name in front of every line. */
function npmReason(error) {
  const lines = error.message.split('\n').map((line) => line.replace(/^npm error ?/, ''));
  return oneLine(lines.filter((line) => !/^\s*at |^A complete log/.test(line)).join(' '));
}

/** The install scripts that are needed; npm may ask for a yes to each. */
const scriptsAllowed = { node: true, openclaw: true, koffi: true, protobufjs: true, '@google/genai': true };

/** Resolves to standard output. */
function run(command, args, env, cwd = tmpdir()) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: NPM_MINUTES * 60_000,
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (errors += String(data)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new Error(errors.trim() || `ended with ${String(code ?? signal)}`));
    });
  });
}

/** Number and total size of the files: notices what was deleted or cut short, not what was altered on purpose. */
async function contents(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'contents.json');
  const sizes = await Promise.all(
    files.map(async (file) => (await lstat(join(file.parentPath, file.name))).size),
  );
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function isIntact(folder) {
  try {
    const recorded = await readFile(join(folder, 'contents.json'), 'utf8');
    return recorded === JSON.stringify(await contents(folder));
  } catch {
    return false;
  }
}

/** Under the lock nobody else installs, so whatever has no good name was left by a run that died, or is damaged. */
async function removeLeftovers(cacheFolder) {
  for (const name of await readdir(cacheFolder))
    if (name === FINISHED || name.startsWith(UNFINISHED))
      await rm(join(cacheFolder, name), { recursive: true, force: true });
}

export function oneLine(error) {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim().slice(0, 300);
}
