import { mkdir, rm, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { bundles, commonJs } from './bundles.ts';

const { values } = parseArgs({ options: { watch: { type: 'boolean' }, production: { type: 'boolean' } } });

/** Prints what editors' problem matchers read. */
const reportProblems: esbuild.Plugin = {
  name: 'report-problems',
  setup(build) {
    build.onStart(() => {
      console.log('[build] started');
    });
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location !== null)
          console.error(`    ${location.file}:${String(location.line)}:${String(location.column)}:`);
      }
      console.log('[build] finished');
    });
  },
};

/** Writes modules that were split as what `require` can load. */
const writeAsCommonJs: esbuild.Plugin = {
  name: 'write-as-commonjs',
  setup(build) {
    const { minify = false, charset = 'utf8', platform = 'node', target = [] } = build.initialOptions;
    build.onEnd(async ({ outputFiles = [] }) => {
      await mkdir('dist', { recursive: true });
      const maps = isProduction ? {} : ({ sourcemap: 'inline' } as const);
      for (const { path, text } of outputFiles) {
        const { code } = await esbuild.transform(text, {
          ...commonJs,
          ...maps,
          minify,
          charset,
          platform,
          target,
          legalComments: 'none',
        });
        await writeFile(path, code);
      }
    });
  },
};

const isProduction = values.production === true;
const all = bundles(isProduction).map((options): esbuild.BuildOptions => {
  const plugins = [...(options.plugins ?? []), reportProblems];
  if (options.splitting !== true) return { ...options, plugins };
  // The map goes through both steps inside of the code.
  const sourcemap = isProduction ? false : 'inline';
  return { ...options, sourcemap, write: false, plugins: [...plugins, writeAsCommonJs] };
});
if (values.watch === true) {
  for (const options of all) await (await esbuild.context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await Promise.all(all.map((options) => esbuild.build(options)));
}
