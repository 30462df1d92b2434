import type { Installation } from './install.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    installation: Installation;
  }
}
