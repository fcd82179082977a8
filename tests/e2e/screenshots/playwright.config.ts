import { defineConfig } from '@playwright/test';

/** Not tests: pictures of the real app for docs/. Run by scripts/screenshots.mjs. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.pictures.ts',
  outputDir: '../../../test-results/screenshots',
  timeout: 240_000,
  expect: { timeout: 20_000 },
  workers: 1,
  retries: 0,
  reporter: [['list']],
});
