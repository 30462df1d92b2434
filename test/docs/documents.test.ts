import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseInputLine } from '../../main/headless/line-protocol.ts';
import { rulesFile } from '../../main/policy/rules-file.ts';
import { settingsSchema } from '../../main/state/settings.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The cells of a table's first column, as they are written. */
const firstCells = (text: string): string[] =>
  [...text.matchAll(/^\| (.*?) +\|/gm)].map(([, cell = '']) => cell.trim());

const section = (text: string, title: string): string => {
  const [, after = ''] = text.split(new RegExp(`^#+ ${title}$`, 'm'));
  return after.split(/^#+ /m)[0] ?? '';
};

describe('docs/configuration.md', () => {
  const rows = new Map(
    [...section(read('docs/configuration.md'), 'Settings').matchAll(/^\| `(\w+)` +\| `(.*?)` +\|/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
  const defaults = Object.entries(settingsSchema.parse({}));

  it.each(defaults)('names the setting %s with its default', (name, value) => {
    expect(rows.get(name)).toBe(JSON.stringify(value));
  });

  it('names no setting that there is not', () => {
    const known = defaults.map(([name]) => name);
    expect([...rows.keys()].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('shows a rules.json that is understood', () => {
    const [, example = ''] =
      /```json\n([^]*?)```/.exec(section(read('docs/configuration.md'), 'rules.json')) ?? [];
    const rules = rulesFile.parse(JSON.parse(example));
    expect(rules.never).toHaveLength(2);
    expect(Object.keys(rules.entries)).toHaveLength(1);
  });
});

describe('README.md', () => {
  it('names every dependency, and none that there is not', () => {
    const names = z.record(z.string(), z.string());
    const { dependencies, optionalDependencies, devDependencies } = z
      .object({ dependencies: names, optionalDependencies: names, devDependencies: names })
      .parse(JSON.parse(read('package.json')));
    const named = firstCells(section(read('README.md'), 'Dependencies'))
      .slice(1)
      .filter((cell) => !cell.startsWith('-'))
      .flatMap((cell) => cell.split(', '));
    expect(named.sort()).toEqual(
      Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).sort(),
    );
  });

  it('names every folder of main', () => {
    const table = firstCells(section(read('README.md'), 'How it is built')).join(' ');
    const folders = readdirSync(join(root, 'main'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.filter(({ name }) => !table.includes(`\`main/${name}\``)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it.each(
    [...section(read('README.md'), 'Headless').matchAll(/`(\{"(?!from).*?\})`/g)].map(
      ([, line = '']) => line,
    ),
  )('shows a line that headless takes: %s', (line) => {
    const filled = line
      .replace('"decision":…', '"decision":"deny"')
      .replace('[…]', '[]')
      .replaceAll('…', '"x"');
    expect(parseInputLine(filled)).toBeDefined();
  });
});

describe('documents', () => {
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d/.test(name));
  const documents = [
    ...readdirSync(root).filter((name) => name.endsWith('.md')),
    ...['configuration.md', 'glossary.md', 'decisions/README.md'].map((name) => `docs/${name}`),
    ...pages.map((name) => `docs/decisions/${name}`),
  ];

  it('have no hole in the index of decisions', () => {
    const index = read('docs/decisions/README.md');
    const [latest = ''] = pages
      .filter((page) => index.includes(`(${page})`))
      .sort()
      .reverse();
    expect(pages.filter((page) => page < latest && !index.includes(`(${page})`))).toEqual([]);
  });

  it.each(documents)('%s leads only to what is there', (path) => {
    const text = read(path);
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) => to);
    const named = [...text.matchAll(/`((?:main|renderer|preload|test|build|docs)\/[\w./-]+)`/g)].map(
      ([, to = '']) => join('/', to),
    );
    const missing = [
      ...links.filter((to) => !existsSync(join(root, dirname(path), to))),
      ...named.filter((to) => !existsSync(join(root, to))),
    ];
    expect(missing).toEqual([]);
  });
});
