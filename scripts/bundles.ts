import { relative, resolve, sep } from 'node:path';
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

/** Modules that the host reads when they are wanted for the first time: files of their own. */
const lateParts: Readonly<Record<string, string>> = {
  overviewFacts: 'src/ui/panels/overview/facts.ts',
  composeService: 'src/model/composeService.ts',
};

const loadLate: esbuild.Plugin = {
  name: 'load-late',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const wanted = relative(process.cwd(), resolve(resolveDir, path)).replaceAll(sep, '/');
      const [name] = Object.entries(lateParts).find(([, module]) => module === wanted) ?? [];
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
  },
};

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
    plugins: [leaveOutUnused, shareDockerode, loadLate],
  };
  return [
    {
      ...shared,
      entryPoints: {
        extension: 'src/extension.ts',
        logsWorker: 'src/logs/worker.ts',
        layersWorker: 'src/layers/worker.ts',
        buildWorker: 'src/build/worker.ts',
        dockerode: 'dockerode',
        ...lateParts,
      },
      platform: 'node',
      target: 'node22',
      // CommonJS, because the editor loads it with `require`.
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      external: ['vscode'],
      // The editor's loader of extensions knows `require`.
      supported: { 'dynamic-import': false },
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
