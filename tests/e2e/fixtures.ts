import { test as base } from '@playwright/test';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { type LaunchOptions, type RunningApp, launchApp, newProfile } from './app.ts';

interface Fixtures {
  /** The data folder of a person who has never started Remessa. */
  readonly profile: string;
  /** How that server is to behave, chosen with `test.use`. */
  readonly server: Partial<PracticeServerOptions>;
  /** An S3 server of this test's own, behind the proxy that misbehaves on demand. */
  readonly target: S3Target;
  /** Starts the app on that profile; whatever was started ends with the test. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<RunningApp>;
}

export const test = base.extend<Fixtures>({
  profile: async ({}, give) => {
    const profile = await newProfile();
    await give(profile.path);
    await profile.remove();
  },
  server: [{}, { option: true }],
  target: async ({ server }, give) => {
    const target = await openTarget(server);
    await give(target);
    await target.stop();
  },
  launch: async ({ profile }, give) => {
    const started: RunningApp[] = [];
    await give(async (options = {}) => {
      const running = await launchApp({ profile, ...options });
      started.push(running);
      return running;
    });
    for (const running of started) await running.kill();
  },
});

export { expect } from '@playwright/test';
