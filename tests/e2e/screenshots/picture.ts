import { join } from 'node:path';
import { type Page, expect } from '@playwright/test';
import type { Preferences } from '../../../shared/settings.ts';
import { savePreferences } from '../window.ts';

export const pictures = 'docs/screenshots';

type Looks = Pick<Preferences, 'language' | 'theme'>;
export const en: Looks = { language: 'en', theme: 'light' };
export const enDark: Looks = { language: 'en', theme: 'dark' };
export const pt: Looks = { language: 'pt-BR', theme: 'light' };
export const ptDark: Looks = { language: 'pt-BR', theme: 'dark' };

export async function picture(page: Page, name: string, looks?: Looks): Promise<void> {
  if (looks !== undefined) {
    await savePreferences(page, looks);
    await expect(page.locator('html')).toHaveAttribute('data-theme', looks.theme);
    await expect(page.locator('html')).toHaveAttribute('lang', looks.language);
  }
  // Nothing is pointed at.
  await page.mouse.move(470, 4);
  await page.waitForTimeout(350);
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
