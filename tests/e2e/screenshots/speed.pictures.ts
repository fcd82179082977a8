import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/sample-video.ts';
import { dropFiles } from '../app.ts';
import { expect, test } from '../fixtures.ts';
import { makeLecture } from '../gallery.ts';
import { rowOf, savePreferences, saveServer } from '../window.ts';
import { en, enDark, picture, pictures, pt, ptDark } from './picture.ts';

const MB = 1_000_000;

test.beforeAll(() => mkdir(pictures, { recursive: true }));
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
test.beforeEach(async () => {
  folder = await temporaryFolder();
});
test.afterEach(() => folder.remove());

test('a receipt', async ({ launch, target }) => {
  const { page } = await launch();
  await saveServer(page, target);
  await dropFiles(page, [await makeLecture(join(folder.path, 'video_5_simple.mp4'), 90 * MB)]);
  const row = rowOf(page, 'video_5_simple');
  await expect(row).toHaveAttribute('data-status', 'completed', { timeout: 30_000 });
  await savePreferences(page, en);
  await row.getByRole('button', { name: 'Receipt' }).click();
  const dialog = page.getByRole('dialog', { name: 'Receipt' });
  await dialog.getByRole('button', { name: 'Check again' }).click();
  await expect(dialog).toContainText('Checked just now');
  await picture(page, 'receipt-en', en);
  await picture(page, 'receipt-pt-dark', ptDark);
});

test('limits, schedule and what they do', async ({ launch, target }) => {
  const { page } = await launch();
  await saveServer(page, target);
  const weekdays = [1, 2, 3, 4, 5];
  const schedule = [
    { days: weekdays, from: 8 * 60, to: 18 * 60, mbit: 5 },
    { days: [0, 6], from: 22 * 60, to: 7 * 60, mbit: 0 },
  ];
  await savePreferences(page, { ...en, limitMbit: 80 });
  await dropFiles(page, [await makeLecture(join(folder.path, 'video_6_simple.mp4'), 400 * MB)]);
  await page.waitForTimeout(14_000);
  await picture(page, 'limited-pt', pt);
  await savePreferences(page, { ...en, schedule, givesWay: true });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Speed and schedule' }).click();
  await picture(page, 'settings-limits-pt', pt);
  await picture(page, 'settings-limits-en-dark', enDark);
  await page.keyboard.press('Escape');
  const always = { days: [0, 1, 2, 3, 4, 5, 6], from: 0, to: 1440, mbit: 0 };
  await savePreferences(page, { ...en, schedule: [always] });
  await expect(rowOf(page, 'video_6_simple')).toHaveAttribute('data-status', 'waiting');
  await picture(page, 'schedule-en', en);
});
