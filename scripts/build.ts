import { rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const { values } = parseArgs({ options: { watch: { type: 'boolean' }, production: { type: 'boolean' } } });
const isProduction = values.production === true;

/** What dockerode requires at its top level and Quayside never reaches: see src/engine/docker/modem.ts. */
const unusedByUs = ['docker-modem', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'];

const leaveOutUnused: esbuild.Plugin = {
  name: 'leave-out-unused',
  setup(build) {
    const filter = new RegExp(`^(${unusedByUs.join('|')})(/|$)`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/** Prints what editors' problem matchers read. */
const reportProblems: esbuild.Plugin = {
  name: 'report-problems',
  setup(build) {
    build.onStart(() => {
      console.log('[build] started');
    });
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors)
        console.error(
          `✘ [ERROR] ${text}\n    ${location?.file ?? ''}:${String(location?.line ?? 0)}:${String(location?.column ?? 0)}:`,
        );
      console.log('[build] finished');
    });
  },
};

const shared: esbuild.BuildOptions = {
  bundle: true,
  minify: isProduction,
  sourcemap: isProduction ? false : 'linked',
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  outdir: 'dist',
  plugins: [leaveOutUnused, reportProblems],
};

/** Extension host and workers: CommonJS, because the editor loads it with `require`. */
const host: esbuild.BuildOptions = {
  ...shared,
  entryPoints: { extension: 'src/extension.ts', logsWorker: 'src/logs/worker.ts' },
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
};

/** Pages: one script and one style sheet a panel. */
const pages: esbuild.BuildOptions = {
  ...shared,
  entryPoints: { 'webview/logs': 'src/webview/logs/main.ts' },
  platform: 'browser',
  target: 'chrome128',
  format: 'iife',
};

if (values.watch === true) {
  for (const options of [host, pages]) await (await esbuild.context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  const results = await Promise.all([host, pages].map((options) => esbuild.build(options)));
  if (!isProduction) {
    const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile?.outputs)) as Record<
      string,
      { bytes: number }
    >;
    await writeFile('dist/sizes.json', JSON.stringify(outputs, null, 2));
  }
}
