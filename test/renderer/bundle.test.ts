import { readdirSync, readFileSync } from 'node:fs';

import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

import { contract } from '../../main/ipc/contract.ts';

const roles = Object.keys(contract);

describe.each(roles)('the %s window', (role) => {
  it('is made of our own files alone: no package, nothing of main, not even its validators', async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [`renderer/${role}/${role}.ts`],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'esm',
    });
    const strangers = Object.keys(metafile.inputs).filter((path) => !path.startsWith('renderer/'));
    expect(strangers).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    expect(outputFiles[0]?.contents.length).toBeLessThan(200_000);
  });

  it('has a page without inline script, style or handler', () => {
    const page = readFileSync(`renderer/${role}/index.html`, 'utf8');
    expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/i);
    expect(page.match(/(?:src|href)="[^"]*"/g)).toEqual([`href="${role}.css"`, `src="${role}.js"`]);
  });
});

it('no window has a way to turn text into markup or code', () => {
  const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(`renderer/${path}`, 'utf8')] as const);
  const ways =
    /innerHTML|outerHTML|insertAdjacent(?:HTML|Text)|document\.write|DOMParser|\beval\(|new Function|srcdoc/;
  expect(sources.filter(([, text]) => ways.test(text)).map(([path]) => path)).toEqual([]);
});
