import { describe, expect, it } from 'vitest';

import { pageFile } from '../../main/app/page-files.ts';

describe('the windows’ files', () => {
  it.each([
    ['latchkey://prompt/index.html', 'prompt/index.html', 'text/html; charset=utf-8'],
    ['latchkey://prompt/prompt.js', 'prompt/prompt.js', 'text/javascript; charset=utf-8'],
    ['latchkey://settings/settings.css', 'settings/settings.css', 'text/css; charset=utf-8'],
  ])('%s is %s', (url, path, type) => {
    expect(pageFile(url)).toEqual({ path, type });
  });

  it.each([
    'latchkey://prompt/',
    'latchkey://prompt',
    'latchkey://prompt/settings.js',
    'latchkey://prompt/../settings/index.html',
    'latchkey://prompt/%2e%2e/settings/index.html',
    'latchkey://prompt/%2e%2e%2f%2e%2e%2fetc/passwd',
    'latchkey://prompt/..%5c..%5cetc',
    'latchkey://prompt//index.html',
    'latchkey://prompt/index.html?x=1',
    'latchkey://prompt/index.html/',
    'latchkey://prompt/INDEX.HTML',
    'latchkey://PROMPT/index.html',
    'latchkey://prompt.evil/index.html',
    'latchkey://evil@prompt/index.html',
    'latchkey://prompt:80/index.html',
    'latchkey:/prompt/index.html',
    'latchkey:prompt/index.html',
    'https://prompt/index.html',
    'file:///prompt/index.html',
    'latchkey://toString/index.html',
    'latchkey://__proto__/index.html',
    '',
  ])('%j is nothing', (url) => {
    expect(pageFile(url)).toBeNull();
  });
});
