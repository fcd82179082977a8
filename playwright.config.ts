import { defineConfig } from '@playwright/test';

/** Real Electron in a real (if virtual) desktop; `scripts/desktop.mjs` provides it and names the runtime. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One clipboard and one screen: windows that run at once would read each other's links.
  workers: 1,
  // A shared machine may stand still for seconds; what passed only at the second try is listed as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: [['list']],
});
