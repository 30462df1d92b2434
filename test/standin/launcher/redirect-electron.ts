import Module from 'node:module';
import { pathToFileURL } from 'node:url';

const NAMES: readonly string[] = ['electron', 'electron/main', 'electron/common'];

interface Resolved {
  readonly url: string;
  readonly format: 'commonjs';
  readonly shortCircuit: true;
}
type Next = (specifier: string, context: unknown) => unknown;
interface Hooks {
  resolve(specifier: string, context: unknown, next: Next): unknown;
}

// Node's internals as used here, absent from its types: registerHooks is newer than the oldest Node of this project.
const internals = Module as unknown as {
  registerHooks?: (hooks: Hooks) => void;
  _resolveFilename: (specifier: string, ...rest: unknown[]) => string;
};

/** Makes `import 'electron'` and `require('electron')` give `file`, in the app and in its hooks. */
export function redirectElectron(file: string): void {
  const url = pathToFileURL(file).href;
  if (internals.registerHooks !== undefined) {
    const found: Resolved = { url, format: 'commonjs', shortCircuit: true };
    internals.registerHooks({
      resolve: (specifier, context, next) => (NAMES.includes(specifier) ? found : next(specifier, context)),
    });
    return;
  }
  // Node 20 has two doors: require resolves here, import in a thread of its own.
  const original = internals._resolveFilename;
  internals._resolveFilename = function resolveFilename(specifier, ...rest) {
    return NAMES.includes(specifier) ? file : original.call(this, specifier, ...rest);
  };
  const source = `export const resolve = (specifier, context, next) =>
    ${JSON.stringify(NAMES)}.includes(specifier)
      ? { url: ${JSON.stringify(url)}, format: 'commonjs', shortCircuit: true }
      : next(specifier, context);`;
  Module.register(`data:text/javascript,${encodeURIComponent(source)}`);
}
