import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PromptView } from '../../../main/ipc/prompt-view.ts';
import { display, displayLine, displayWhole } from '../../../main/text/display.ts';
import { NOW_MS, promptStates } from '../../gallery/prompt-states.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</code></div><script>alert(1)</script>',
  '&lt;b&gt;&amp;&#x202e;',
  'javascript:alert(1)" onfocus="alert(1)" autofocus="',
  '{agent} {gateway} ${x} {{y}}',
  'a\u202eb\u2066c\u200bd\ufefff',
  'a\u0000b\u001bc\rd\ne',
  'pyth\u043en3 \u0391dmin',
  'x          y',
  '\u2713 Allowed by Latchkey \u26a0\ufe0f \ud83d\udd12',
  '\u05d0\u05d1\u05d2 /etc/passwd',
  '</bdi><dialog open>Deny',
  'constructor __proto__ toString',
];

const everywhere = (text: string): PromptView => ({
  ...promptStates.simple.prompt,
  who: {
    agent: displayWhole(text),
    session: displayWhole(text),
    origin: displayWhole(text),
    host: displayWhole(text),
    claim: null,
    gateway: { name: displayWhole(text), address: displayWhole(text) },
  },
  parts: [
    {
      kind: 'command',
      operator: null,
      tokens: (['program', 'argument', 'wrapper', 'operand', 'unknown'] as const).map((role) => ({
        role,
        text: display(text),
      })),
      executable: displayWhole(text),
    },
    { kind: 'comment', text: displayWhole(text) },
    { kind: 'text', operator: ';', lines: [display(text), display(text)] },
  ],
  cwd: displayWhole(text),
  operands: [
    {
      path: displayWhole(text),
      name: displayWhole(text),
      sizeBytes: 1,
      modifiedAtMs: NOW_MS,
      sha256: 'a'.repeat(64),
      since: { kind: 'never' },
      content: { kind: 'lines', lines: [displayLine(text), displayLine(`  ${text}`)] },
    },
  ],
  environment: [{ name: displayWhole(text), value: display(text) }],
  warnings: [
    { code: text, severity: 'high', text: displayWhole(text) },
    { code: 'sends-files', severity: 'note', text: displayWhole(text) },
  ],
  reason: { code: text, text: displayWhole(text) },
  remember: [displayWhole(text)],
});

/** Elements that only markup could have brought, and characters that could reorder or hide what is read. */
const INTRUDERS = `(() => {
  const allowed = new Set(['MAIN','DIV','SPAN','P','B','BDI','CODE','H1','H2','HEADER','FOOTER','SECTION','BUTTON','FIELDSET','LEGEND','LABEL','INPUT','KBD','DL','DT','DD','OL','LI','svg','g','path','circle','rect','text']);
  const all = [...document.body.querySelectorAll('*')];
  return {
    tags: all.map(({ tagName }) => tagName).filter((tag) => !allowed.has(tag)),
    handlers: all.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style' || name === 'srcdoc')
      .map((name) => element.tagName + ' ' + name)).filter((what) => what !== 'svg style'),
    hidden: [...document.body.innerText].filter((character) => /[\\u202a-\\u202e\\u2066-\\u2069\\u200b-\\u200f\\ufeff\\0\\x1b]/.test(character)),
  };
})()`;

describe('whatever a requester writes', () => {
  it.each(HOSTILE)('%j is text, everywhere, and only on plates', async (text) => {
    const shown = await stage.show('prompt', { ...promptStates.simple, prompt: everywhere(text) });
    try {
      expect(await shown.page.evaluate(INTRUDERS)).toEqual({ tags: [], handlers: [], hidden: [] });
      const words = text.replace(/\s+/g, ' ').trim();
      const offPlate = await shown.page.evaluate(
        `(() => {
          const clone = document.querySelector('.prompt').cloneNode(true);
          for (const quoted of clone.querySelectorAll('.q, .plate.cmd code, .code code')) quoted.remove();
          return clone.textContent;
        })()`,
      );
      if (/^[\x20-\x7e]+$/.test(words)) expect(offPlate).not.toContain(words);
      expect(shown.complaints).toEqual([]);
    } finally {
      await shown.close();
    }
  });

  it('is shown whole, every character of it, at 64 kB', async () => {
    const text = Array.from({ length: 64 * 1024 }, (_unused, index) =>
      'ab<&\u202e1 /'.charAt(index % 8),
    ).join('');
    const runs = display(text);
    const expected = runs.map((run) => (run.kind === 'escape' ? 'U+202E' : run.text)).join('');
    const prompt: PromptView = {
      ...promptStates.simple.prompt,
      parts: [
        { kind: 'command', operator: null, tokens: [{ role: 'program', text: runs }], executable: null },
      ],
    };
    const shown = await stage.show('prompt', { ...promptStates.simple, prompt });
    try {
      expect(await shown.page.locator('.cmd code .a').textContent()).toBe(expected);
      expect(await shown.page.evaluate(`document.querySelector('.middle').scrollWidth <= innerWidth`)).toBe(
        true,
      );
    } finally {
      await shown.close();
    }
  });
});

it('shows every line of a long file, with its number', async () => {
  const lines = Array.from({ length: 5000 }, (_unused, index) => `line ${index + 1}`);
  const [file] = promptStates.script.prompt.operands;
  if (file === undefined) throw new Error('the state has no file');
  const content = { kind: 'lines' as const, lines: lines.map((line) => displayLine(line)) };
  const since = { kind: 'never' as const };
  const prompt: PromptView = { ...promptStates.script.prompt, operands: [{ ...file, since, content }] };
  const shown = await stage.show('prompt', { ...promptStates.script, prompt });
  try {
    const rows = shown.page.locator('.code li');
    await expect.poll(() => rows.count()).toBe(5000);
    expect(await rows.allTextContents()).toEqual(lines);
  } finally {
    await shown.close();
  }
});

describe('the policy of the page', () => {
  it.each([
    ['markup', `document.body.innerHTML = '<b>x</b>'`],
    [
      'an inline script',
      `document.body.append(Object.assign(document.createElement('script'), { text: 'globalThis.ran = 1' }))`,
    ],
    ['a request', `fetch('https://example.com/').catch(() => undefined)`],
    [
      'a frame',
      `document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }))`,
    ],
    ['a style attribute', `document.body.setAttribute('style', 'display:none')`],
  ])('stops %s, and says so', async (_what, code) => {
    const shown = await stage.show('prompt', promptStates.simple);
    try {
      await shown.page.evaluate(`try { ${code} } catch (error) { console.error(String(error)) }`);
      await expect.poll(() => shown.complaints.length).toBeGreaterThan(0);
      expect(await shown.page.evaluate('globalThis.ran')).toBeUndefined();
    } finally {
      await shown.close();
    }
  });
});
