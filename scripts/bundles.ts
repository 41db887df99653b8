import type * as esbuild from 'esbuild';

/**
 * What dockerode requires at its top level and Quayside never reaches: it has a modem of its own (src/engine/docker/modem.ts)
 * and packs the contexts of builds by itself (src/build/contextArchive.ts).
 */
const unusedByUs = [
  'docker-modem',
  '@grpc/grpc-js',
  '@grpc/proto-loader',
  'protobufjs',
  'tar-fs',
  '@balena/dockerignore',
];

/** Parts of dockerode for objects that Quayside does not have (yet), and for a BuildKit session that buildx holds. */
const unusedOfDockerode = ['buildkit', 'config', 'node', 'plugin', 'secret', 'service', 'session', 'task'];

const leaveOutUnused: esbuild.Plugin = {
  name: 'leave-out-unused',
  setup(build) {
    const filter = new RegExp(`^(${unusedByUs.join('|')})(/|$)`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onResolve({ filter: new RegExp(`^\\./(${unusedOfDockerode.join('|')})$`) }, ({ path, importer }) =>
      /[\\/]dockerode[\\/]lib[\\/]/.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** One file for the host and its workers, which they load with their first connection. */
const shareDockerode: esbuild.Plugin = {
  name: 'share-dockerode',
  setup(build) {
    build.onResolve({ filter: /^dockerode$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './dockerode.cjs', external: true } : undefined,
    );
  },
};

/** CommonJS, because the editor loads it with `require`, which is all that its loader of extensions knows. */
export const commonJs = { format: 'cjs', supported: { 'dynamic-import': false } } as const;

/** Every bundle of the extension: the host with its workers, and the pages. */
export function bundles(isProduction: boolean): readonly esbuild.BuildOptions[] {
  const shared: esbuild.BuildOptions = {
    bundle: true,
    minify: isProduction,
    sourcemap: isProduction ? false : 'linked',
    legalComments: 'none',
    // Quotation marks as they are, not as six letters each.
    charset: 'utf8',
    logLevel: 'silent',
    metafile: true,
    outdir: 'dist',
    plugins: [leaveOutUnused, shareDockerode],
  };
  const node: esbuild.BuildOptions = {
    ...shared,
    platform: 'node',
    target: 'node22',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
  };
  return [
    // What the host imports when it is wanted for the first time is a file of its own, beside one of what they share.
    // Only modules can be split so; `build.ts` makes of them what the editor loads.
    {
      ...node,
      entryPoints: { extension: 'src/extension.ts' },
      format: 'esm',
      splitting: true,
    },
    {
      ...node,
      entryPoints: {
        logsWorker: 'src/logs/worker.ts',
        layersWorker: 'src/layers/worker.ts',
        buildWorker: 'src/build/worker.ts',
        dockerode: 'dockerode',
      },
      ...commonJs,
    },
    {
      ...shared,
      entryPoints: {
        'webview/logs': 'src/webview/logs/main.ts',
        'webview/layers': 'src/webview/layers/main.ts',
        'webview/run': 'src/webview/run/main.ts',
        'webview/build': 'src/webview/build/main.ts',
        'webview/overview': 'src/webview/overview/main.ts',
        'webview/stats': 'src/webview/stats/main.ts',
      },
      platform: 'browser',
      target: 'chrome128',
      format: 'iife',
    },
  ];
}
