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

const leaveOutUnused: esbuild.Plugin = {
  name: 'leave-out-unused',
  setup(build) {
    const filter = new RegExp(`^(${unusedByUs.join('|')})(/|$)`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Every bundle of the extension: the host with its workers, and the pages. */
export function bundles(isProduction: boolean): readonly esbuild.BuildOptions[] {
  const shared: esbuild.BuildOptions = {
    bundle: true,
    minify: isProduction,
    sourcemap: isProduction ? false : 'linked',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    outdir: 'dist',
    plugins: [leaveOutUnused],
  };
  return [
    {
      ...shared,
      entryPoints: {
        extension: 'src/extension.ts',
        logsWorker: 'src/logs/worker.ts',
        layersWorker: 'src/layers/worker.ts',
        buildWorker: 'src/build/worker.ts',
      },
      platform: 'node',
      target: 'node22',
      // CommonJS, because the editor loads it with `require`.
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      external: ['vscode'],
    },
    {
      ...shared,
      entryPoints: {
        'webview/logs': 'src/webview/logs/main.ts',
        'webview/layers': 'src/webview/layers/main.ts',
        'webview/run': 'src/webview/run/main.ts',
        'webview/build': 'src/webview/build/main.ts',
        'webview/stats': 'src/webview/stats/main.ts',
      },
      platform: 'browser',
      target: 'chrome128',
      format: 'iife',
    },
  ];
}
