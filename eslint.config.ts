import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** One home for each of the editor's global doors: everywhere else they are refused. */
const doors = [
  {
    selector:
      'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$|^show(QuickPick|InputBox)$/]',
    message: 'Only src/ui/prompts.ts asks and tells the user.',
    home: 'src/ui/prompts.ts',
  },
  {
    selector: "CallExpression[callee.property.name='executeCommand'][arguments.0.value='setContext']",
    message: 'Only src/ui/contextKeys.ts sets context keys.',
    home: 'src/ui/contextKeys.ts',
  },
  {
    selector: "CallExpression[callee.property.name='getConfiguration']",
    message: 'Only src/ui/settings.ts reads settings.',
    home: 'src/ui/settings.ts',
  },
  {
    selector: "NewExpression[callee.property.name='TreeItem']",
    message: 'Only src/ui/tree/treeItem.ts makes tree items.',
    home: 'src/ui/tree/treeItem.ts',
  },
] as const;

const everywhere = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Name what is exported: a default export has as many names as importers.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
  {
    selector: "ExportNamedDeclaration > VariableDeclaration[kind='let']",
    message: 'Exported state has no owner.',
  },
  {
    selector:
      'Program > VariableDeclaration > VariableDeclarator > NewExpression[callee.name!=/^(Map|Set|RegExp)$/]',
    message: 'Nothing is made when a module is loaded: the composition root makes and owns it.',
  },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'What an engine sent is text, never HTML.',
  },
] as const;

function restricted(except?: string): Linter.RuleEntry {
  return [
    'error',
    ...everywhere,
    ...doors.filter(({ home }) => home !== except).map(({ selector, message }) => ({ selector, message })),
  ];
}

export default defineConfig(
  {
    ignores: [
      'dist/**',
      'node_modules/**',
      'test-results/**',
      'test/e2e/callerExtension/**',
      '**/*.mjs',
      '**/*.cjs',
      '**/*.d.ts',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'src/webview/tsconfig.json', 'test/tsconfig.browser.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Interfaces here are records of functions: nothing hangs on `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `K` ties a kind to its record inside the body, which the rule does not see.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // The editor takes any object of the right shape; its types say classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Index signatures are read by key on purpose: the compiler asks for it.
      '@typescript-eslint/dot-notation': 'off',
      eqeqeq: 'error',
    },
  },
  { files: ['src/**'], rules: { 'no-console': 'error', 'no-restricted-syntax': restricted() } },
  ...doors.map(({ home }) => ({ files: [home], rules: { 'no-restricted-syntax': restricted(home) } })),
);
