import { parseArgs } from 'node:util';
import { run } from './run.ts';

/*
 * Every check that needs no engine: format, lint, types, layers and circles, unit tests. A failing step prints what it
 * found and the command that mends it.
 */

interface Step {
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly mend: string;
}

const steps: readonly Step[] = [
  { title: 'lint', program: 'eslint', args: ['.'], mend: 'npx eslint . --fix' },
  { title: 'format', program: 'biome', args: ['format', '.'], mend: 'npm run format' },
  { title: 'types', program: 'tsc', args: ['-p', '.'], mend: 'npx tsc -p . --watch' },
  {
    title: 'types of the pages',
    program: 'tsc',
    args: ['-p', 'src/webview'],
    mend: 'npx tsc -p src/webview --watch',
  },
  {
    title: 'types of the browser tests',
    program: 'tsc',
    args: ['-p', 'test/tsconfig.browser.json'],
    mend: 'npx tsc -p test/tsconfig.browser.json --watch',
  },
  {
    title: 'layers and circles',
    program: 'depcruise',
    args: ['src', 'test', 'scripts', '--config', '.dependency-cruiser.cjs'],
    mend: 'see the layer table in ARCHITECTURE.md',
  },
];

const unit: Step = {
  title: 'unit tests',
  program: 'vitest',
  args: ['run', '--project', 'unit', '--reporter=dot'],
  mend: 'npx vitest --project unit',
};

async function perform({ title, program, args, mend }: Step): Promise<boolean> {
  const started = performance.now();
  const { exitCode, output } = await run(program, args, { quiet: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? '✔' : '✘'} ${title} (${seconds} s)`);
  if (exitCode !== 0) console.log(`${output.trim()}\n  → ${mend}\n`);
  return exitCode === 0;
}

/** The longest first on a lane of its own, the others one after the other: two cores are what a small machine has. */
async function performAll(all: readonly Step[]): Promise<boolean> {
  const [longest, ...others] = all;
  const inTurn = async (): Promise<boolean> => {
    let isGood = true;
    for (const step of others) isGood = (await perform(step)) && isGood;
    return isGood;
  };
  const results = await Promise.all([longest === undefined ? true : perform(longest), inTurn()]);
  return results.every(Boolean);
}

const { values } = parseArgs({ options: { 'no-unit': { type: 'boolean' } } });
const isGood = await performAll(values['no-unit'] === true ? steps : [...steps, unit]);
process.exitCode = isGood ? 0 : 1;
