// Builds, packs, signs and checks the macOS app. What fails a check is deleted, so that nobody hands it on.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { packagingRefusal } from './packaging-needs.mjs';

const refusal = packagingRefusal({ platform: process.platform, node: process.versions.node });
if (refusal !== null) {
  console.error(refusal);
  process.exit(1);
}

await import('./compile.mjs');
const { build, Platform } = await import('electron-builder');
const { builderConfig, OUTPUT } = await import('./electron-builder.ts');
const { signingFrom } = await import('./signing.ts');
const { bundleProblems } = await import('./verify-bundle.ts');

const signing = signingFrom(process.env);
if (signing.identity === 'ad-hoc') {
  console.log('Neither CSC_LINK nor CSC_NAME is set: signed ad hoc, for this Mac only.');
} else if (!signing.notarize) {
  console.log('No APPLE_... variables are set: signed but not notarized, other Macs will warn.');
}

const artifacts = await build({
  targets: Platform.MAC.createTarget(),
  projectDir: dirname(import.meta.dirname),
  config: builderConfig(signing),
  publish: 'never',
});

const problems = [];
for (const folder of ['mac-arm64', 'mac']) {
  const app = join(OUTPUT, folder, 'Latchkey.app');
  problems.push(...(await bundleProblems(app, signing)).map((problem) => `${folder}: ${problem}`));
}
if (problems.length > 0) {
  rmSync(OUTPUT, { recursive: true, force: true });
  console.error(`Not packaged:\n${problems.join('\n')}`);
  process.exit(1);
}
console.log(`Checked and ready:\n${artifacts.join('\n')}`);
