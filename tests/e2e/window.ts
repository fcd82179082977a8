import type { Locator, Page } from '@playwright/test';
import type { Upload } from '../../shared/upload.ts';
import type { DestinationDraft, Preferences } from '../../shared/settings.ts';
import { delayAnswer } from '../support/faults.ts';
import type { S3Target } from '../support/s3-target.ts';

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

/** What the form's two buttons do, for tests that are not about the form. */
export async function saveServer(
  page: Page,
  target: S3Target,
  more: { readonly name?: string; readonly publicBaseUrl?: string } = {},
): Promise<void> {
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
