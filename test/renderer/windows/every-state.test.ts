import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pictures, pose } from '../../gallery/shoot.ts';
import { type Look, Stage } from './stage.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

/** What axe finds, as `rule: element`. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  // The clock stands still for the picture; axe waits for frames.
  await page.clock.resume();
  return page.evaluate<string[]>(
    `axe.run({
      resultTypes: ['violations'],
      // Whoever speaks to the Mac says what stands on the button.
      rules: { 'label-content-name-mismatch': { enabled: true } },
    }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary)))`,
  );
}

/** Everything that is wider than the window, or than the box that scrolls it. */
const tooWide = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll('body *')]
    .filter((element) => !element.closest('.vh') && element.getClientRects().length > 0)
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5
      || (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline'
          && !['visible', 'clip'].includes(getComputedStyle(element).overflowX)))
    .map((element) => element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 60))`);

const states = pictures.map((picture) => [`${picture.role} ${picture.name}`, picture] as const);
const inLanguage = (picture: (typeof pictures)[number], language: 'en' | 'ko') =>
  ({ ...picture, view: { ...picture.view, language } }) as (typeof pictures)[number];

describe.each(states)('%s', (_name, picture) => {
  it.each<['en' | 'ko', Look]>([
    ['en', { scheme: 'light' }],
    ['en', { scheme: 'dark' }],
    ['ko', { scheme: 'light', contrast: 'more' }],
  ])('in %s, %o: axe finds nothing and the console stays empty', async (language, look) => {
    const shown = await pose(stage, inLanguage(picture, language), look);
    try {
      expect(await findings(shown.page)).toEqual([]);
      expect(shown.complaints).toEqual([]);
    } finally {
      await shown.close();
    }
  });

  it.each<['en' | 'ko', Look]>([
    ['en', { width: 560 }],
    ['en', { width: 680, scale: 1.5 }],
    ['ko', { width: 560, scale: 1.5 }],
  ])('in %s, %o: nothing is wider than the window', async (language, look) => {
    const width = picture.role === 'prompt' ? look : { ...look, width: Math.max(600, look.width ?? 0) };
    const shown = await pose(stage, inLanguage(picture, language), width);
    try {
      expect(await tooWide(shown.page)).toEqual([]);
    } finally {
      await shown.close();
    }
  });
});
