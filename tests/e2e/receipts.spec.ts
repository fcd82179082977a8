import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { receiptSchema } from '../../shared/receipt.ts';
import { makeVideo } from '../support/sample-video.ts';
import { clipboardText, dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf, saveServer } from './window.ts';

const MiB = 1024 * 1024;

test('a receipt: one click away, says what was proved, and is checked again without a download', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  await saveServer(page, target);
  await dropFiles(page, [await makeVideo(join(profile, 'video_5.mp4'), 61 * MiB)]);
  const row = rowOf(page, 'video_5.mp4');
  await expect(row).toHaveAttribute('data-status', 'completed', { timeout: 30_000 });
  await expect(row).toContainText('Sent and verified');
  await row.getByRole('button', { name: 'Receipt' }).click();
  const dialog = page.getByRole('dialog', { name: 'Receipt' });
  await expect(dialog).toContainText('The server confirmed each of the');
  await expect(dialog).toContainText('The checksum of the whole video is the file’s (CRC-64/NVME)');
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog).toContainText('Checked just now: everything is still the same');
  expect(target.count('GetObject')).toBe(0);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByTestId('toast')).toContainText('Receipt copied');
  const copied = receiptSchema.parse(JSON.parse(await clipboardText(app)));
  expect(copied).toMatchObject({ verification: 'checksum', file: { name: 'video_5.mp4', size: 61 * MiB } });
  const [name = ''] = await readdir(join(profile, 'receipts'));
  expect(receiptSchema.parse(JSON.parse(await readFile(join(profile, 'receipts', name), 'utf8')))).toEqual(copied);
});

test('a receipt whose video is gone from the bucket says so', async ({ launch, target, profile }) => {
  const { page } = await launch();
  await saveServer(page, target);
  await dropFiles(page, [await makeVideo(join(profile, 'video_6.mp4'), 6 * MiB)]);
  const row = rowOf(page, 'video_6.mp4');
  await expect(row).toHaveAttribute('data-status', 'completed', { timeout: 30_000 });
  await target.deleteObject('videos/video_6.mp4');
  await row.getByRole('button', { name: 'Receipt' }).click();
  const dialog = page.getByRole('dialog', { name: 'Receipt' });
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog).toContainText('What is there is no longer what was sent');
  await expect(dialog).toContainText('is no longer there');
});
