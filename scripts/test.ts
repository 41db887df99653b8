import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availability } from '../test/bed/bed.ts';
import { run } from './run.ts';

/*
 * Everything: the checks, unit, page and integration tests, and the end-to-end tests with the packaged extension in a real
 * workbench. Ends with one line that counts, and with exit code 0 only when nothing failed.
 */

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const isCi = process.env['CI'] === 'true';
const reports = await mkdtemp(join(tmpdir(), 'quayside-test-'));

async function step(title: string, program: string, args: readonly string[]): Promise<void> {
  console.log(`\n── ${title}`);
  const { exitCode } = await run(program, args);
  if (exitCode === 0) total.passed++;
  else total.failed++;
}

async function suite(project: string): Promise<void> {
  console.log(`\n── ${project} tests`);
  const report = join(reports, `${project}.json`);
  const { exitCode } = await run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counts = await readCounts(report);
  total.passed += counts.passed;
  total.skipped += counts.skipped;
  // A run that broke outside of any test has failed all the same.
  total.failed += counts.failed === 0 && exitCode !== 0 ? 1 : counts.failed;
}

async function readCounts(report: string): Promise<Counts> {
  const text = await readFile(report, 'utf8').catch(() => '{}');
  const result = JSON.parse(text) as Partial<Record<string, number>>;
  return {
    passed: result['numPassedTests'] ?? 0,
    failed: result['numFailedTests'] ?? 0,
    skipped: (result['numPendingTests'] ?? 0) + (result['numTodoTests'] ?? 0),
  };
}

/** Without the bed the tests that need real parts can't run: that is a failure in CI and said loudly elsewhere. */
function withoutBed(reason: string): void {
  const suites = ['pages', 'integration', 'e2e'];
  for (const name of suites) console.log(`\n── ${name} tests SKIPPED: ${reason}`);
  if (isCi) total.failed += suites.length;
  else total.skipped += suites.length;
}

await step('checks', 'node', ['scripts/check.ts', '--no-unit']);
await suite('unit');
const bed = availability();
if (bed.ok) {
  // Here and not in a test's set-up: the first time it takes minutes.
  await step('test bed', 'node', ['test/bed/cli.ts', 'install']);
  await suite('pages');
  await suite('integration');
  await step('package', 'npm', ['run', '--silent', 'package']);
  await suite('e2e');
} else {
  withoutBed(bed.reason);
}
await rm(reports, { recursive: true, force: true });
console.log(
  `\n${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
