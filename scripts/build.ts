import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { bundles } from './bundles.ts';

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

const all = bundles(values.production === true).map((options) => ({
  ...options,
  plugins: [...(options.plugins ?? []), reportProblems],
}));
if (values.watch === true) {
  for (const options of all) await (await esbuild.context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  await Promise.all(all.map((options) => esbuild.build(options)));
}
