import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import plist from 'plist';

import { ADDON } from './bundle-contents.ts';
import type { Signing } from './signing.ts';

/** What is wrong with a bundle's signature. Asks macOS's own tools: macOS only. */
export function signatureProblems(app: string, { identity, notarize }: Signing): string[] {
  const helpers = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'];
  const programs = [
    app,
    ...helpers.map((kind) => join(app, `Contents/Frameworks/Latchkey Helper${kind}.app`)),
  ];
  const problems = [
    ...failed('codesign', ['--verify', '--deep', '--strict', '--verbose=2', app]),
    ...programs.flatMap((program) => entitlementProblems(program)),
    ...processorProblems(app),
  ];
  if (identity === 'ad-hoc') return problems;
  const unhardened = programs.filter(
    (program) =>
      !/flags=0x[0-9a-f]+\([^)]*runtime/.test(run('codesign', ['-d', '--verbose=2', program]).text),
  );
  return [
    ...problems,
    ...unhardened.map((program) => `${program}: signed without the hardened runtime`),
    ...(notarize ? failed('xcrun', ['stapler', 'validate', app]) : []),
  ];
}

/** Nothing but what V8 needs: no debugger may attach, no library of another team be loaded, no variable change the linker. */
function entitlementProblems(program: string): string[] {
  const { text } = run('codesign', ['-d', '--entitlements', '-', '--xml', program]);
  const xml = text.slice(text.indexOf('<?xml'));
  const found = JSON.stringify(plist.parse(xml));
  return found === JSON.stringify({ 'com.apple.security.cs.allow-jit': true })
    ? []
    : [`${program}: entitled to ${found}`];
}

/** An addon for another processor would leave the app without a Keychain. */
function processorProblems(app: string): string[] {
  const [own, addon] = ['MacOS/Latchkey', `Resources/app.asar.unpacked/${ADDON}`].map((path) =>
    run('lipo', ['-archs', join(app, 'Contents', path)]).text.trim(),
  );
  return own === addon ? [] : [`the app is for ${own ?? '?'}, its addon for ${addon ?? '?'}`];
}

const failed = (tool: string, args: string[]): string[] => {
  const { ok, text } = run(tool, args);
  return ok ? [] : [`${tool}: ${text.trim()}`];
};

function run(tool: string, args: string[]): { ok: boolean; text: string } {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8' });
  if (error !== undefined) return { ok: false, text: error.message };
  // codesign says what it found on either, by version.
  return { ok: status === 0, text: `${stderr}${stdout}` };
}
