// @ts-check
// `npm test`: sets up and runs everything. Stops at the first stage that fails; `npm test -- --all` goes on, and
// `npm test -- unit e2e` runs only those stages.
import path from 'node:path';
import { commandEnd, interruption, spawnForwarded } from './forwarded-command.mjs';
import { setUp } from './setup.mjs';
import { ensurePackages } from './system-packages.mjs';
import { printClosingLine, reportFolder, vitestReporters } from './test-reports.mjs';

const reports = reportFolder();
const vitest = (/** @type {string} */ name, /** @type {string[]} */ ...projects) => [
  'vitest',
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  ...vitestReporters(path.join(reports, `${name}.json`)),
];
const script = (/** @type {string} */ name) => ['node', path.join(import.meta.dirname, name)];
const desktop = [...script('desktop.mjs'), '--'];

/** @type {Record<string, readonly string[]>} */
const stages = {
  types: ['tsc', '--build'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  build: ['vite', 'build', '--logLevel', 'warn'],
  unit: vitest('unit', 'unit', 'renderer'),
  integration: [...desktop, ...vitest('integration', 'integration')],
  radosgw: [...script('test-rgw.mjs'), '--if-installed'],
  package: [...script('package.mjs'), '--dir', '--no-build'],
  e2e: [...desktop, 'playwright', 'test', '--reporter=list,json'],
};
const env = {
  ...process.env,
  REMESSA_TEST_REPORTS: reports,
  REMESSA_E2E_PACKAGE: '1',
  PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(reports, 'e2e.json'),
};

const options = process.argv.slice(2);
const goOn = options.includes('--all');
const asked = options.filter((option) => option !== '--all');
for (const name of asked) if (!(name in stages)) throw new Error(`No such stage: ${name} (${Object.keys(stages).join(', ')})`);
const skipped = process.env['REMESSA_SKIP_RGW'] ? ['radosgw'] : [];
const chosen = Object.keys(stages).filter((name) => (asked.length === 0 || asked.includes(name)) && !skipped.includes(name));

await setUp({ packages: ['virtual', 'test'], strict: true });
await ensureVolumes();
const signal = interruption();
/** @type {string[]} */
const summary = [];
let failedStages = 0;
const begin = performance.now();
for (const name of chosen) {
  if (signal.aborted || (failedStages > 0 && !goOn)) {
    summary.push(`  –  ${name} (not run)`);
    continue;
  }
  console.log(`\n━━ ${name} ${'━'.repeat(70 - name.length)}`);
  const stageBegin = performance.now();
  const code = await commandEnd(spawnForwarded(stages[name] ?? [], env), signal);
  if (code !== 0) failedStages++;
  summary.push(`  ${code === 0 ? '✓' : '✗'}  ${name} (${seconds(stageBegin)})`);
}
console.log(`\n━━ summary ${'━'.repeat(63)}\n${summary.join('\n')}\n     ${seconds(begin)} in all`);
printClosingLine(reports, failedStages);
process.exitCode = failedStages > 0 || signal.aborted ? 1 : 0;

/** Only root mounts them, and the tests go without those that a distribution does not have. */
async function ensureVolumes() {
  if (process.getuid?.() !== 0) return;
  await ensurePackages(['volumes'], console.error).catch((error) => console.error(`• ${error.message}`));
}

/** @param {number} since */
function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
