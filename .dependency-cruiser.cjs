/** The layer table of ARCHITECTURE.md as rules: what a layer may import, and nothing else. */
const nodeBuiltIn = { dependencyTypes: ['core'] };

/** From one layer to all of our own folders but the ones named. */
const onlyTo = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^(src|test|scripts)/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead, or missing from the bundles.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: [
          '\\.d\\.ts$',
          '^src/extension\\.ts$',
          '^src/(logs|layers|build)/worker\\.ts$',
          '^src/webview/[^/]+/main\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'src-not-from-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },

    onlyTo('base', '^src/base/', '^src/base/', 'base stands on nothing.'),
    onlyTo('model', '^src/model/', '^src/(base|model)/', 'model is pure.'),
    onlyTo('engine-port', '^src/engine/[^/]+\\.ts$', '^src/(base|model)/|^src/engine/[^/]+\\.ts$'),
    onlyTo('archive', '^src/archive/', '^src/(base|model|archive)/'),
    onlyTo('files', '^src/files/', '^src/(base|model|archive|files)/|^src/engine/[^/]+\\.ts$'),
    onlyTo('engine-docker', '^src/engine/docker/', '^src/(base|model|engine)/'),
    onlyTo(
      'logs',
      '^src/logs/(?!worker\\.ts$)',
      '^src/(base|model|logs)/|^src/engine/[^/]+\\.ts$',
      'Only the worker entry opens a connection of its own.',
    ),
    onlyTo('logs-worker', '^src/logs/worker\\.ts$', '^src/(base|model|logs|engine)/'),
    onlyTo('registry', '^src/registry/', '^src/(base|model|registry)/'),
    onlyTo(
      'layers',
      '^src/layers/(?!worker\\.ts$)',
      '^src/(base|model|archive|layers)/|^src/engine/[^/]+\\.ts$',
      'Only the worker entry opens a connection of its own.',
    ),
    onlyTo('layers-worker', '^src/layers/worker\\.ts$', '^src/(base|model|archive|layers|engine)/'),
    onlyTo(
      'build',
      '^src/build/(?!worker\\.ts$)',
      '^src/(base|model|archive|build)/|^src/engine/[^/]+\\.ts$',
      'Only the worker entry opens a connection of its own.',
    ),
    onlyTo('build-worker', '^src/build/worker\\.ts$', '^src/(base|model|archive|build|engine)/'),
    onlyTo('protocol', '^src/protocol/', '^src/(base|model|protocol)/'),
    onlyTo('commands', '^src/commands/', '^src/(base|model|commands)/|^src/engine/[^/]+\\.ts$'),
    onlyTo(
      'ui',
      '^src/ui/',
      '^src/(base|model|archive|files|logs|layers|registry|build|protocol|commands|ui)/|^src/engine/[^/]+\\.ts$',
    ),
    onlyTo('webview', '^src/webview/', '^src/(base|model|protocol|webview)/'),
    onlyTo(
      'extension',
      '^src/extension\\.ts$',
      '^src/(base|model|engine|archive|files|logs|layers|registry|build|commands|ui)/',
      'It connects parts; what pages and host say to each other is theirs.',
    ),
    {
      name: 'folders-of-the-table',
      comment: 'A new folder needs its line in the layer table, here and in ARCHITECTURE.md.',
      severity: 'error',
      from: {},
      to: {
        path: '^src/',
        pathNot:
          '^src/(base|model|engine|archive|files|logs|layers|registry|build|protocol|commands|ui|webview)/|^src/extension\\.ts$',
      },
    },
    {
      name: 'packages-only-at-the-edges',
      comment:
        'What runs in the editor is ours, but for dockerode in its adapter, and charts in the page of stats.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/docker/|^src/webview/stats/(main|chart)\\.ts$' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'],
        pathNot: '^vscode$|@types/vscode',
      },
    },

    {
      name: 'vscode-only-in-ui',
      comment: 'Also as a type: below ui, base/event.ts and AbortSignal stand in for it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|extension\\.ts$)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'dockerode-only-in-its-adapter',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/docker/' },
      to: { path: 'node_modules/(dockerode|@types/dockerode)|^dockerode$' },
    },
    {
      name: 'node-only-at-the-edges',
      severity: 'error',
      from: { path: '^src/(base|model|protocol|commands|webview)/|^src/engine/[^/]+\\.ts$' },
      to: nodeBuiltIn,
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/e2e/callerExtension)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json', '.css'],
      conditionNames: ['import', 'require', 'node'],
    },
  },
};
