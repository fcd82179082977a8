import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { temporaryFolder } from '../support/sample-video.ts';
import { expect, test } from './fixtures.ts';
import { fillGallery } from './gallery.ts';
import { savePreferences, saveServer } from './window.ts';

test.describe.configure({ timeout: 180_000 });

/** What axe objects to, in both themes; animations have ended, since half a fade has half its contrast. */
async function expectAccessible(page: Page, place: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await savePreferences(page, { theme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await page.waitForTimeout(400);
    // Legacy mode: axe would otherwise open a page of its own, which Electron does not do.
    const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`);
    expect(said, `${place}, ${theme}`).toEqual([]);
    expect(passes.length).toBeGreaterThan(10);
  }
}

test('first run and form', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByTestId('first-run')).toBeVisible();
  await expectAccessible(page, 'first run');
  await page.getByRole('button', { name: /Cloudflare R2/ }).click();
  await page.getByLabel('Account ID').fill('wrong');
  await page.getByRole('button', { name: 'More options' }).click();
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('Still to be filled in.').first()).toBeVisible();
  await expectAccessible(page, 'form with problems');
});

test('the list in many states, its menu and its questions', async ({ launch, target }) => {
  const folder = await temporaryFolder();
  try {
    const { page } = await launch();
    await saveServer(page, target);
    await fillGallery(page, target, folder.path, { pause: 'Pause', withRetrying: false });
    await expectAccessible(page, 'list');
    await page.getByRole('row').first().click();
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByRole('toolbar')).toBeVisible();
    await expectAccessible(page, 'everything selected');
    await page.getByRole('button', { name: /More actions for video_13/ }).click();
    await expectAccessible(page, 'menu');
    await page.getByRole('menuitem', { name: 'Cancel upload' }).click();
    await expectAccessible(page, 'question');
  } finally {
    await folder.remove();
  }
});

test('settings', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expectAccessible(page, 'empty list');
  await page.getByRole('button', { name: 'Settings' }).click();
  for (const name of ['Destinations', 'Sending and links', 'General']) {
    await page.getByRole('tab', { name }).click();
    await expectAccessible(page, name);
  }
});
