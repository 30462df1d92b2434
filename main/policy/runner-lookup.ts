import { join } from 'node:path/posix';

import type { FileFacts } from '../facts/file-facts.ts';
import { lookUp, type Program } from '../facts/look-up.ts';
import { upwards } from '../facts/upwards.ts';

interface RunnerPlace {
  readonly cwd: string;
  readonly home: string;
  readonly path: string;
  readonly finds: 'local' | 'path' | 'fetched';
}

/** A command as a package runner finds it, and the file of the project that could have named another one. */
export interface Fetched {
  readonly program: Program;
  readonly project: Program | null;
}

/** A project's description that is longer is not read. */
const LONGEST_PROJECT = 256 * 1024;

/**
 * Where a package runner finds a command: in the project's folders, as a file of the project; some then look on PATH.
 * Null: it would look among its global packages or in a registry, or the project brings commands or settings, and nobody can
 * say what that is.
 */
export async function lookUpFetched(
  name: string,
  place: RunnerPlace,
  files: FileFacts,
): Promise<Fetched | null> {
  if (place.finds === 'fetched') return null;
  const folders = upwards(place.cwd);
  const bins = folders.map((folder) => join(folder, 'node_modules/.bin'));
  const local = await lookUp(name, { cwd: place.cwd, path: bins.join(':') }, files);
  if (await hasSettings(folders, place.home, files)) return null;
  if (place.finds === 'local') {
    const project = local && (await projectOf(folders, ['bin', 'directories'], files));
    return local && project?.file && project.isPlain
      ? { program: { ...local, by: 'path' }, project: project.file }
      : null;
  }
  const program = local === null ? await lookUp(name, place, files) : { ...local, by: 'path' as const };
  const project = await projectOf(folders, ['packageManager', 'pnpm'], files);
  return program && project.isPlain ? { program, project: project.file } : null;
}

/** They name the shell that commands run in, what is loaded before them, the runner's own program, and where commands are. */
const SETTINGS =
  '.npmrc bunfig.toml .pnpmfile.cjs .pnpmfile.mjs pnpm-workspace.yaml .yarnrc .yarnrc.yml .pnp.cjs'.split(
    ' ',
  );

/** Where package runners look for settings. */
export const settingsIn = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) => SETTINGS.map((name) => join(folder, name)));

/** Whether a folder has settings for package runners. What the person set for all projects, at home, is the person's. */
async function hasSettings(folders: readonly string[], home: string, files: FileFacts): Promise<boolean> {
  const places = settingsIn(folders.filter((folder) => folder !== home));
  return (await Promise.all(places.map((place) => files.trace(place)))).some(({ found }) => found);
}

interface Project {
  /** Null: no folder describes one. */
  readonly file: Program | null;
  /** It has none of the keys asked about. */
  readonly isPlain: boolean;
}

/**
 * The description of the project, which runners ask first: npm for commands, the others for which version of themselves is
 * to run, and from where.
 * @param keys Those that say what runs: a description with one of them is not plain, nor is one that cannot be read.
 */
async function projectOf(
  folders: readonly string[],
  keys: readonly string[],
  files: FileFacts,
): Promise<Project> {
  for (const folder of folders) {
    const given = join(folder, 'package.json');
    const [file, modules] = await Promise.all([
      files.trace(given),
      files.trace(join(folder, 'node_modules')),
    ]);
    if (file.found) {
      const text = await files.peek(file.realPath, LONGEST_PROJECT);
      const isPlain = text !== null && saysNothing(Buffer.from(text).toString(), keys);
      return { file: { given, by: 'path', file }, isPlain };
    }
    if (modules.found) break;
  }
  return { file: null, isPlain: true };
}

function saysNothing(text: string, keys: readonly string[]): boolean {
  try {
    const project: unknown = JSON.parse(text);
    return typeof project === 'object' && project !== null && !keys.some((key) => key in project);
  } catch {
    return false;
  }
}
