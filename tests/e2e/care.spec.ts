import { join } from 'node:path';
import { makeVideo } from '../support/sample-video.ts';
import { dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf } from './window.ts';

const MiB = 1024 * 1024;

test('a destination is checked, and a video of it deleted', async ({ launch, profile }) => {
  const { page } = await launch();
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  await dropFiles(page, [await makeVideo(join(profile, 'video_1.mp4'), 6 * MiB)]);
  await expect(rowOf(page, 'video_1.mp4')).toHaveAttribute('data-status', 'completed', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Care for Practice bucket…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Check now' }).click();
  await expect(dialog.getByRole('button', { name: 'Copy report' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId('check-put')).toHaveClass(/check-passed/);
  await expect(page.getByTestId('check-delete')).toHaveClass(/check-passed/);
  await expect(dialog.getByText(/The test file was deleted\.$/).first()).toBeVisible();
  await dialog.getByRole('tab', { name: 'Unfinished' }).click();
  await expect(dialog.getByText('Nothing unfinished')).toBeVisible();
  await dialog.getByRole('tab', { name: 'Delete a video' }).click();
  await dialog.getByLabel('Name at the destination').fill('videos/video_1.mp4');
  await dialog.getByRole('button', { name: 'Look' }).click();
  const question = page.getByRole('dialog', { name: 'Delete video' });
  await expect(question.getByText('6.3 MB')).toBeVisible();
  await question.getByRole('button', { name: 'Delete video' }).click();
  await expect(question.getByText('Deleted', { exact: true })).toBeVisible();
});
