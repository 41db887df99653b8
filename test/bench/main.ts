import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { availability } from '../bed/bed.ts';
import type { Figure } from './figure.ts';
import { figures } from './figures/all.ts';
import { Stage } from './stage.ts';
import { type Judged, judge, renderTable } from './table.ts';

/*
 * How quick and how light the packaged extension is, in a real workbench on a real engine, beside what the engine
 * alone takes for the same in the same run.
 */

const ROOT = join(import.meta.dirname, '..', '..');

const SIZES = '10,200,1000';
const QUICK_SIZES = '10,1000';

const USAGE = `npm run bench -- [options]

  --quick            few runs of most figures: to see whether something broke, not how quick it is
  --only NAME,…      some of the figures: ${figures.map(({ name }) => name).join(', ')}
  --sizes N,…        numbers of containers (${SIZES}; with --quick ${QUICK_SIZES})
  --minutes N        how long figures watch that go on for as long as one likes (stats)
  --vsix FILE        another package than quayside.vsix
  --json FILE        where the results go (test-results/bench.json)
`;

interface Options {
  readonly isQuick: boolean;
  readonly only: readonly string[];
  readonly sizes: readonly number[];
  readonly minutes: number | undefined;
  readonly vsix: string;
  readonly json: string;
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      sizes: { type: 'string' },
      minutes: { type: 'string' },
      vsix: { type: 'string', default: join(ROOT, 'quayside.vsix') },
      json: { type: 'string', default: join(ROOT, 'test-results', 'bench.json') },
    },
  });
  const only = values.only.split(',').filter(Boolean);
  const sizes = (values.sizes ?? (values.quick ? QUICK_SIZES : SIZES)).split(',').map(Number);
  const isKnown = only.every((name) => figures.some((figure) => figure.name === name));
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(minutes > 0)) return undefined;
  if (!isKnown || sizes.length === 0 || !sizes.every((size) => Number.isInteger(size) && size >= 10))
    return undefined;
  return {
    isQuick: values.quick,
    only,
    sizes: sizes.sort((a, b) => a - b),
    minutes,
    vsix: resolve(values.vsix),
    json: resolve(values.json),
  };
}

/** What is taken at which number of containers, from few to many: the containers of one size are reused by the next. */
function plan({
  isQuick,
  only,
  sizes,
}: Options): readonly { readonly size: number; readonly figure: Figure }[] {
  const chosen = figures.filter(({ name, isLeftOut }) => {
    if (only.length > 0) return only.includes(name);
    return isLeftOut === undefined || (isLeftOut === 'of quick runs' && !isQuick);
  });
  return chosen
    .flatMap((figure) => sizesOf(figure, sizes).map((size) => ({ size, figure })))
    .sort((a, b) => a.size - b.size);
}

function sizesOf({ at }: Figure, sizes: readonly number[]): readonly number[] {
  switch (at) {
    case 'each':
      return sizes;
    case 'smallest':
      return sizes.slice(0, 1);
    case 'largest':
      return sizes.slice(-1);
    default:
      return [at.size];
  }
}

async function takeAll(options: Options, stage: Stage): Promise<readonly Judged[]> {
  const results: Judged[] = [];
  for (const { size, figure } of plan(options)) {
    const begin = Date.now();
    process.stderr.write(`${figure.name} at ${size} … `);
    try {
      await stage.daemon.grow(size);
      const runs = (full: number, quick: number): number => (options.isQuick ? quick : full);
      results.push(...(await figure.run({ stage, size, runs, minutes: options.minutes })).map(judge));
      process.stderr.write(`${((Date.now() - begin) / 1000).toFixed(0)} s\n`);
    } catch (error) {
      const note = error instanceof Error ? error.message : String(error);
      process.stderr.write(`failed: ${note}\n`);
      results.push(judge({ figure: figure.name, size, unit: 'ms', samples: [], note }));
    } finally {
      await stage.closeSessions();
    }
  }
  return results;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const available = availability();
  if (!available.ok) {
    process.stderr.write(`No benchmark: ${available.reason}.\n`);
    return 1;
  }
  const machine = {
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAtStart: loadavg(),
  };
  const startedAt = new Date().toISOString();
  const stage = await Stage.start(options.vsix);
  // Playwright ends the process on Ctrl-C by itself; engine and workbenches would live on.
  process.once('exit', () => stage.abandon());
  try {
    const results = await takeAll(options, stage);
    process.stdout.write(`\n${renderTable(results)}\n`);
    mkdirSync(dirname(options.json), { recursive: true });
    const record = {
      startedAt,
      isQuick: options.isQuick,
      machine: { ...machine, loadAtEnd: loadavg() },
      results,
    };
    writeFileSync(options.json, `${JSON.stringify(record, undefined, 2)}\n`);
    const failed = results.filter(({ verdict }) => verdict === 'FAIL' || verdict === 'no data').length;
    process.stdout.write(`\n${failed === 0 ? 'All targets met' : `${failed} missed`}; ${options.json}\n`);
    return failed === 0 ? 0 : 1;
  } finally {
    await stage.stop();
  }
}

process.exitCode = await main();
