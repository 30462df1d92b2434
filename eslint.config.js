import simpleImportSort from 'eslint-plugin-simple-import-sort';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Import borders: what each folder may not reach. A border without a rule here does not exist. */
const nodeBuiltins = { regex: '^node:', message: 'No I/O here: facts and effects come in as values.' };
const electron = { group: ['electron'], message: 'Electron belongs to main/main.ts, main/app and preload.' };
const upward = (...folders) => ({
  group: folders.map((folder) => `**/${folder}/**`),
  message: 'Data flows gateway -> request -> policy -> prompt -> run -> report -> audit, never back.',
});
const outside = upward('test', 'renderer', 'preload');
const forbid = (selector, message) => ({ selector, message });
const border = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', '.cache/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'simple-import-sort': simpleImportSort },
    rules: {
      'simple-import-sort/imports': 'error',
      'simple-import-sort/exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  border(['main/**/*.ts'], [electron, outside]),
  border(['main/main.ts', 'main/app/**/*.ts'], [outside]),
  border(
    [
      'main/shell/**/*.ts',
      'main/policy/**/*.ts',
      'main/binding/**/*.ts',
      'main/request/**/*.ts',
      'main/text/**/*.ts',
    ],
    [
      electron,
      { ...nodeBuiltins, regex: '^node:(?!crypto$|path$|path/posix$|vm$)' },
      outside,
      upward('gateway', 'pairing', 'prompt', 'run', 'audit', 'secrets', 'state', 'node', 'commands'),
    ],
  ),
  border(
    ['main/gateway/**/*.ts'],
    [electron, outside, upward('policy', 'prompt', 'run', 'audit', 'state', 'node', 'commands')],
  ),
  border(
    ['renderer/**/*.ts'],
    [
      electron,
      { ...nodeBuiltins, message: 'A window is a page: it knows the contract and nothing of the system.' },
      { regex: '/main/(?!ipc/)', message: 'A window knows the contract and nothing else of main.' },
    ],
  ),
  border(
    ['main/approvals/**/*.ts'],
    [
      electron,
      nodeBuiltins,
      outside,
      upward('gateway', 'prompt', 'run', 'audit', 'state', 'node', 'commands'),
    ],
  ),
  border(
    ['main/edits/**/*.ts'],
    [
      electron,
      outside,
      upward('gateway', 'pairing', 'prompt', 'run', 'audit', 'secrets', 'node', 'commands'),
    ],
  ),
  border(
    ['main/grants/**/*.ts', 'main/prompt/**/*.ts'],
    [electron, outside, upward('gateway', 'pairing', 'run', 'node', 'commands', 'app', 'secrets')],
  ),
  border(
    ['main/run/**/*.ts'],
    [electron, outside, upward('gateway', 'policy', 'prompt', 'node', 'commands')],
  ),
  {
    files: ['main/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        // SECURITY(electron-6, 8, 9, 10): what loosens a page is not written anywhere, so nothing can set it wrongly.
        forbid(
          'Property[key.name=/^(webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures)$/]',
          'This would loosen a page.',
        ),
        forbid('ImportSpecifier[imported.name="shell"]', 'Nothing outside is opened.'),
      ],
    },
  },
  {
    files: ['main/app/**/*.ts', 'main/ipc/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'electron',
              importNames: ['ipcMain'],
              message: 'Only main/main.ts hands it on, to main/ipc/ipc-server.ts.',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
);
