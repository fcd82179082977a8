// @ts-check
// Where test runs leave their machine-readable reports, and how they add up to the closing line.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The folder for reports: the caller's, when several commands are to be counted together (.ci/run), or one of our own.
 */
export function reportFolder() {
  const given = process.env['REMESSA_TEST_REPORTS'];
  if (given) return given;
  const made = mkdtempSync(path.join(tmpdir(), 'remessa-reports-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/**
 * The arguments that make vitest write a report beside what it prints.
 * @param {string} file
 */
export function vitestReporters(file) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

/**
 * Adds up all reports of a folder. A retried test that passed in the end has passed.
 * @param {string} folder
 */
export function countTests(folder) {
  const counts = { passed: 0, failed: 0 };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const report = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const [passed, failed] = report.stats // Playwright's
      ? [report.stats.expected + report.stats.flaky, report.stats.unexpected]
      : [report.numPassedTests, report.numFailedTests];
    counts.passed += passed;
    counts.failed += failed;
  }
  return counts;
}

/**
 * Prints the closing line, alone on its line, the last thing.
 * @param {string} folder
 * @param {number} failedStages  each counts as one failure where no single test has failed, such as a type error
 */
export function printClosingLine(folder, failedStages) {
  const { passed, failed } = countTests(folder);
  console.log(`\n${passed} passed, ${Math.max(failed, failedStages)} failed`);
}
