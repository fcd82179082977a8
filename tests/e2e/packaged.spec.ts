import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeVideo, sha256 } from '../support/sample-video.ts';
import { clipboardText, dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';

/** Where `scripts/package.mjs --dir` puts it; `npm test` has done so before. */
const executables: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'release/linux-unpacked/remessa',
  win32: 'release/win-unpacked/Remessa.exe',
  darwin: 'release/mac/Remessa.app/Contents/MacOS/Remessa',
};

test('the packaged app does the main job', async ({ launch, profile }) => {
  const executable = join(process.cwd(), executables[process.platform] ?? '');
  const reason = `${executable} is not there: REMESSA_E2E_PACKAGE=1 node scripts/package.mjs --dir makes it`;
  if (!existsSync(executable)) console.log(`skipped: ${reason}`);
  test.skip(!existsSync(executable), reason);
  const { app, page } = await launch({ executable });
  expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(true);
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const path = await makeVideo(join(profile, 'video_5_simple.mp4'), 60 * 1024 * 1024);
  await dropFiles(page, [path]);
  await expect(page.getByText('Sent and verified', { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  await expect(page.getByTestId('toast')).toBeVisible();
  const answer = await fetch(await clipboardText(app));
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(await sha256(path));
  // The keychain's native module is found outside of the archive.
  const settings = await page.evaluate(() => window.remessa.getSettings());
  expect(settings).toMatchObject({ ok: true, value: { keychainAvailable: true } });
});
