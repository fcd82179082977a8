import { defineConfig } from 'vitest/config';

/** The SDK's notice about Node 20 says nothing of the code under test. */
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

export default defineConfig({
  test: {
    // Also on two cores: by itself Vitest leaves one of them to others.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          env,
          // The practice bucket's tests move megabytes; a busy machine may take its time.
          testTimeout: 20_000,
          include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'tests/support/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'renderer',
          setupFiles: ['tests/support/renderer-setup.ts'],
          pool: 'threads',
          include: ['renderer/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          env,
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
