import type { Linter, Rule } from 'eslint';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** One home for each of the editor's global doors: everywhere else they are refused. */
const doors = [
  {
    selector:
      'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$|^(show|create)(QuickPick|InputBox)$|^show(Open|Save)Dialog$/]',
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
  {
    selector: 'ExportAllDeclaration, ExportNamedDeclaration[source]',
    message: 'No barrels: import from the file that has it.',
  },
  {
    selector:
      ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind!='const'], " +
      ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > ' +
      'NewExpression[callee.name!=/^(Map|Set|RegExp)$/]',
    message: 'State has an owner: nothing is made when a module is loaded, nothing varies at its top.',
  },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'What an engine sent is text, never HTML.',
  },
] as const;

/** Where foreign values come in, or ours go through something that knows no types. */
/** What comes from outside the types: an engine, a thread, a file. */
const adapters = [
  'src/engine/docker/**',
  'src/logs/worker.ts',
  'src/logs/logWorker.ts',
  'src/logs/spool/block.ts',
  'src/layers/worker.ts',
  'src/layers/layerWorker.ts',
  'src/build/worker.ts',
  'src/build/buildWorker.ts',
];

const assertion = {
  selector:
    "TSAsExpression:not([typeAnnotation.typeName.name='const'], " +
    ":matches(FunctionDeclaration, ArrowFunctionExpression)[returnType.typeAnnotation.type='TSTypePredicate'] *)",
  message: 'A guard proves a type; only adapters assert one.',
};

function restricted(except?: string): Linter.RuleEntry {
  return [
    'error',
    ...everywhere,
    ...(except === 'assertion' ? [] : [assertion]),
    ...doors.filter(({ home }) => home !== except).map(({ selector, message }) => ({ selector, message })),
  ];
}

/** Who reads the code next should see why a rule does not hold there. */
const disableNeedsReason: Rule.RuleModule = {
  create: (context) => ({
    Program() {
      for (const { value, loc } of context.sourceCode.getAllComments())
        if (/^\s*eslint-disable/.test(value) && !/ -- \S/.test(value) && loc)
          context.report({
            loc,
            message: 'Say why behind two dashes: eslint-disable-next-line rule -- why.',
          });
    },
  }),
};

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
    plugins: { house: { rules: { 'disable-needs-reason': disableNeedsReason } } },
    rules: {
      'house/disable-needs-reason': 'error',
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
  {
    files: ['test/**', 'scripts/**'],
    // What vitest calls once for a whole run must be the default export of its file.
    ignores: ['test/*/setup.ts'],
    rules: { 'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }] },
  },
  { files: ['src/**'], rules: { 'no-console': 'error', 'no-restricted-syntax': restricted() } },
  { files: adapters, rules: { 'no-restricted-syntax': restricted('assertion') } },
  ...doors.map(({ home }) => ({ files: [home], rules: { 'no-restricted-syntax': restricted(home) } })),
);
