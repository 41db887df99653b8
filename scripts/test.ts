import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { availability } from '../test/bed/bed.ts';
import { root, run } from './run.ts';

/*
 * Everything: the checks, unit, page and integration tests, and the end-to-end tests with the packaged extension in a real
 * workbench. Ends with one line that counts, and with exit code 0 only when nothing failed.
 */

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What is read of vitest's JSON report. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
/** Told again at the end, where somebody looks first. */
const failures: string[] = [];
const isCi = process.env['CI'] === 'true';
const reports = await mkdtemp(join(tmpdir(), 'quayside-test-'));

async function step(title: string, program: string, args: readonly string[]): Promise<void> {
  console.log(`\n── ${title}`);
  const { exitCode } = await run(program, args);
  if (exitCode === 0) total.passed++;
  else fail(title);
}

function fail(title: string): void {
  total.failed++;
  failures.push(title);
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
  const result = await readReport(report);
  total.passed += result.numPassedTests ?? 0;
  total.skipped += (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
  const failed = failedTests(result);
  for (const title of failed) fail(`${project}: ${title}`);
  // A run that broke outside of any test has failed all the same.
  if (failed.length === 0 && exitCode !== 0) fail(`${project} tests`);
}

async function readReport(path: string): Promise<Report> {
  return JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Report;
}

/** The tests that failed, and the files that broke before any of theirs did. */
function failedTests({ testResults = [] }: Report): readonly string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [file] : [];
    return failed.map(({ fullName }) => `${file} › ${fullName}`);
  });
}

/** Without the bed the tests that need real parts can't run: that is a failure in CI and said loudly elsewhere. */
function withoutBed(reason: string): void {
  const suites = ['pages', 'integration', 'e2e'];
  for (const name of suites) console.log(`\n── ${name} tests SKIPPED: ${reason}`);
  if (isCi) for (const name of suites) fail(`${name} tests, skipped`);
  else total.skipped += suites.length;
}

await step('checks', 'node', ['scripts/check.ts', '--no-unit']);
await suite('unit');
const bed = availability();
if (bed.ok) {
  // Here and not in a test's set-up: the first time it takes minutes.
  await step('test bed', 'node', ['test/bed/cli.ts', 'install']);
  // A browser without engines, and engines without a browser: neither waits for the other.
  await Promise.all([suite('pages'), suite('integration')]);
  await step('package', 'npm', ['run', '--silent', 'package']);
  await suite('e2e');
} else {
  withoutBed(bed.reason);
}
await rm(reports, { recursive: true, force: true });
for (const title of failures) console.log(`\n✘ ${title}`);
console.log(
  `\n${String(total.passed)} passed, ${String(total.failed)} failed, ${String(total.skipped)} skipped`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
