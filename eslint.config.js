import regexp from 'eslint-plugin-regexp';
import simpleImportSort from 'eslint-plugin-simple-import-sort';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { MAY_REACH, outOfReach } from './build/borders.mjs';

/** Import borders: `main` by its table, the windows by the contract. */
const noIo = {
  regex: '^node:(?!crypto$|path$|path/posix$|vm$)',
  message: 'No I/O here: the disk is asked through what is handed in.',
};
const PURE = ['shell', 'policy', 'binding', 'request', 'text', 'approvals'];
const electron = { group: ['electron'], message: 'Electron belongs to main/main.ts, main/app and preload.' };
const outside = {
  regex: '/(?:test|renderer|preload)/',
  message: 'main stands without its windows and its tests.',
};
const forbid = (selector, message) => ({ selector, message });
const border = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

const borderOf = (folder) =>
  border(
    [`main/${folder}/**/*.ts`],
    [
      outside,
      {
        regex: `/(?:${outOfReach(folder).join('|')})/`,
        message: `Not in the line of main/${folder} in build/borders.mjs.`,
      },
      ...(folder === 'app' ? [] : [electron]),
      ...(PURE.includes(folder) ? [noIo] : []),
    ],
  );

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
  {
    // What a request says is held against them where the last word is: their time grows with its length alone.
    files: ['{main,preload,renderer}/**/*.ts'],
    plugins: { regexp },
    rules: { 'regexp/no-super-linear-backtracking': 'error', 'regexp/no-super-linear-move': 'error' },
  },
  border(['main/*.ts'], [outside]),
  border(['main/headless.ts', 'main/explain.ts'], [electron, outside]),
  Object.keys(MAY_REACH).map(borderOf),
  border(
    ['renderer/**/*.ts'],
    [
      electron,
      { regex: '^node:', message: 'A window is a page: it knows the contract and nothing of the system.' },
      {
        regex: '/main/(?!ipc/|text/display-text|state/touch-id-level)',
        message: 'A window knows the contract and nothing else of main.',
      },
    ],
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
        forbid('SpreadElement > ObjectExpression', 'Write the properties themselves.'),
      ],
    },
  },
  {
    files: ['test/policy/*.test.ts', 'test/binding/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'vitest',
          allowImportNames: ['afterEach', 'beforeEach', 'describe', 'expect', 'it'],
          message:
            'Mutants are judged by these tests without vitest: test/soak/mutants/vitest-stand-in.ts has only these.',
        },
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
