// Checks a finished bundle: node build/verify-package.mjs path/to/Latchkey.app. Signed as the environment says.
import { packagingRefusal } from './packaging-needs.mjs';

const refusal = packagingRefusal({ platform: process.platform, node: process.versions.node });
const [app] = process.argv.slice(2);
if (refusal !== null || app === undefined) {
  console.error(refusal ?? 'usage: node build/verify-package.mjs path/to/Latchkey.app');
  process.exit(64);
}
const { signingFrom } = await import('./signing.ts');
const { bundleProblems } = await import('./verify-bundle.ts');
const problems = await bundleProblems(app, signingFrom(process.env));
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0 ? 'nothing is wrong with it' : `${problems.length} things are wrong with it`,
);
process.exit(problems.length === 0 ? 0 : 1);
