import { test as base } from '@playwright/test';
import { type S3Target, openTarget } from '../support/s3-target.ts';
import { type LaunchOptions, type RunningApp, launchApp, newProfile } from './app.ts';

interface Fixtures {
  /** The data folder of a person who has never started Remessa. */
  readonly profile: string;
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
  target: async ({}, give) => {
    const target = await openTarget();
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
