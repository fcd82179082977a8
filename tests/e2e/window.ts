import { join } from 'node:path';
import { type Locator, type Page, expect } from '@playwright/test';
import type { Upload } from '../../shared/upload.ts';
import type { DestinationDraft, Preferences } from '../../shared/settings.ts';
import { delayAnswer } from '../support/faults.ts';
import { makeVideo } from '../support/sample-video.ts';
import type { S3Target } from '../support/s3-target.ts';
import { dropFiles } from './app.ts';

/** Rows as the main process has them; the page under test shows the same. */
export async function uploads(page: Page): Promise<readonly Upload[]> {
  const answer = await page.evaluate(() => window.remessa.getUploads());
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.uploads;
}

export async function statusOf(page: Page): Promise<string | undefined> {
  return (await uploads(page))[0]?.status;
}

/** Bytes of the first upload that have arrived or are on their way. */
export async function sentBytes(page: Page): Promise<number> {
  const [first] = await uploads(page);
  return first !== undefined && 'uploadedBytes' in first ? first.uploadedBytes : 0;
}

/** Until more than so many bytes of the first upload are sent; looked at often, because a disk is quick. */
export const untilSent = (page: Page, bytes: number): Promise<void> =>
  expect.poll(() => sentBytes(page), { intervals: [20], timeout: 30_000 }).toBeGreaterThan(bytes);

/** What the form's two buttons do, for tests that are not about the form. */
export async function saveServer(
  page: Page,
  target: Pick<S3Target, 'open'>,
  more: { readonly name?: string; readonly publicBaseUrl?: string } = {},
): Promise<string> {
  const { address, credentials } = target.open();
  const draft: DestinationDraft = {
    kind: 's3',
    name: 'Test server',
    region: 'us-east-1',
    bucket: address.bucket,
    prefix: '',
    endpoint: address.endpoint,
    publicBaseUrl: null,
    ...more,
  };
  const answer = await page.evaluate(
    (input) => window.remessa.saveDestination({ id: null, importId: null, ...input, keep: 'keychain' }),
    { draft, credentials },
  );
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.id;
}

/** A folder as a destination, and the default: the one that the system's dialog is told to choose. */
export async function saveFolder(page: Page, name: string): Promise<string> {
  const answer = await page.evaluate(async (called) => {
    const chosen = await window.remessa.chooseFolder();
    const folder = chosen.ok ? (chosen.value?.folder ?? '') : '';
    const draft = { kind: 'disk', name: called, folder, volumeId: null, quotaGB: null, publicBaseUrl: null } as const;
    const form = { id: null, draft, credentials: null, importId: null };
    const saved = await window.remessa.saveDestination({ ...form, keep: 'session' });
    if (saved.ok) await window.remessa.useDestination(saved.value.id);
    return saved;
  }, name);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.id;
}

/** The row of a file. */
export const rowOf = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });

/** Settings as the gear does. */
export async function savePreferences(page: Page, changes: Partial<Preferences>): Promise<void> {
  const answer = await page.evaluate((input) => window.remessa.savePreferences(input), changes);
  if (!answer.ok) throw new Error(answer.error.code);
}

/**
 * The first parts arrive soon, the others take seconds: an upload stands in the middle until the test has done what it
 * is about, however busy the machine.
 */
export function slowParts(target: S3Target): void {
  target.proxy.setDecide(({ operation, partNumber = 0 }) =>
    operation === 'UploadPart' ? delayAnswer(partNumber <= 4 ? 200 : 3000) : null,
  );
}

export const expectStatus = (page: Page, name: string, status: string, timeout = 30_000): Promise<void> =>
  expect(rowOf(page, name)).toHaveAttribute('data-status', status, { timeout });

/** Makes videos of so many bytes, and drops them together. */
export async function dropVideos(
  page: Page,
  folder: string,
  sizes: Readonly<Record<string, number>>,
  onTarget?: string,
): Promise<readonly string[]> {
  const paths = await Promise.all(Object.entries(sizes).map(([name, size]) => makeVideo(join(folder, name), size)));
  await dropFiles(page, paths, onTarget);
  return paths;
}

/** Something of a row's menu. */
export async function doToRow(page: Page, name: string, item: string | RegExp): Promise<void> {
  await rowOf(page, name).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The settings, at one of their places. */
export async function openSettings(page: Page, place: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: place }).click();
  return page.getByRole('dialog', { name: 'Settings' });
}

/** What is done to a destination besides sending, at one of its places. */
export async function openCare(page: Page, destination: string, place: string): Promise<Locator> {
  const settings = await openSettings(page, 'Destinations');
  await settings.getByRole('button', { name: `Care for ${destination}…` }).click();
  await page.getByRole('tab', { name: place }).click();
  return page.getByRole('dialog', { name: `Care for “${destination}”` });
}
