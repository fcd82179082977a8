import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsyncEntry } from '@napi-rs/keyring';
import type { Page } from '@playwright/test';
import { makeVideo } from '../support/sample-video.ts';
import type { S3Target } from '../support/s3-target.ts';
import { dropFiles } from './app.ts';
import { expect, test } from './fixtures.ts';
import { rowOf } from './window.ts';

const MiB = 1024 * 1024;
const accountId = '0123456789abcdef0123456789abcdef';

interface Typed {
  readonly bucket: string;
  readonly secret: string;
}

/** Fills the S3 form in as a person does: everything right, except where told otherwise. */
async function typeS3(page: Page, target: S3Target, wrong: Partial<Typed> = {}): Promise<void> {
  const { address, credentials } = target.open();
  await page.getByRole('button', { name: /Amazon S3 or compatible/ }).click();
  await page.getByLabel('Bucket', { exact: true }).fill(wrong.bucket ?? address.bucket);
  await page.getByLabel('Region').fill('us-east-1');
  await page.getByLabel('Access key ID').fill(credentials.accessKeyId);
  await secretField(page).fill(wrong.secret ?? credentials.secretAccessKey);
  await page.getByLabel(/^Endpoint/).fill(address.endpoint);
}

const secretField = (page: Page) => page.getByLabel('Secret access key', { exact: true });
const settingsOf = (page: Page): Promise<string> =>
  page.evaluate(async () => JSON.stringify(await window.remessa.getSettings()));

/** Files of the profile that hold the text, in the two encodings that Chromium and we write. */
async function filesWith(profile: string, text: string): Promise<readonly string[]> {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(encodeURIComponent(text))];
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if (forms.some((form) => content.includes(form))) found.push(path);
  }
  return found;
}

test('R2: the form checks while it is typed, and a pasted .env block fills it in', async ({ launch, target }) => {
  const { page } = await launch();
  const { address, credentials } = target.open();
  await page.getByRole('button', { name: /Cloudflare R2/ }).click();
  const account = page.getByLabel('Account ID');
  await account.fill('0123');
  await expect(page.getByText(/An account ID has 32/)).toBeHidden();
  await page.getByLabel('Bucket', { exact: true }).focus();
  await expect(page.getByText(/An account ID has 32/)).toBeVisible();
  await expect(account).toHaveAttribute('aria-invalid', 'true');
  await account.fill(accountId);
  await expect(page.getByText(/An account ID has 32/)).toBeHidden();
  // Nothing is asked of a server before the form is whole.
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('Still to be filled in.').first()).toBeVisible();
  expect(target.requests()).toEqual([]);

  const block = [
    '# .env',
    `R2_ACCOUNT_ID="${accountId.toUpperCase()}"`,
    `R2_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export R2_SECRET_ACCESS_KEY='${credentials.secretAccessKey}'`,
    `R2_BUCKET_NAME=${address.bucket}`,
    `R2_ENDPOINT_URL=${address.endpoint}`,
  ].join('\n');
  await page.getByRole('button', { name: /Paste everything at once/ }).click();
  await page.getByLabel('Paste everything at once', { exact: true }).fill(block);
  await expect(page.getByText(/Filled in from what you pasted/)).toBeVisible();
  await expect(page.getByLabel('Bucket', { exact: true })).toHaveValue(address.bucket);
  await expect(page.getByLabel('Access key ID')).toHaveValue(credentials.accessKeyId);
  await expect(secretField(page)).toHaveValue(credentials.secretAccessKey);
  await expect(secretField(page)).toHaveAttribute('type', 'password');
  // The block, with its secret, does not stay in sight.
  await expect(page.getByText('R2_SECRET_ACCESS_KEY')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  await expect(page.getByRole('button', { name: `Destination: ${address.bucket}, ready` })).toBeVisible();
});

test('a wrong secret: the test says so, and nothing is saved', async ({ launch, target, profile }) => {
  const { page } = await launch();
  const wrong = 'wrong/secret+of/forty+characters/0123456789';
  await typeS3(page, target, { secret: wrong });
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The connection did not pass the test')).toBeVisible();
  await expect(page.getByText(/The access key was rejected/)).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The connection did not pass the test')).toBeVisible();
  await expect(page.getByTestId('first-run')).toBeVisible();
  expect(await settingsOf(page)).toContain('"destinations":[]');
  expect(await filesWith(profile, wrong)).toEqual([]);
});

test('a missing bucket is called by its name', async ({ launch, target }) => {
  const { page } = await launch();
  await typeS3(page, target, { bucket: 'no-such-bucket' });
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText(/The bucket was not found/)).toBeVisible();
  // A corrected field takes the old answer away.
  await page.getByLabel('Bucket', { exact: true }).fill(target.bucket);
  await expect(page.getByText(/The bucket was not found/)).toBeHidden();
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('The connection is ready')).toBeVisible();
  expect(await target.unfinishedUploads()).toBe(0);
  expect(await target.objectCount()).toBe(0);
});

test('right keys: saved, in the keychain and nowhere else, and never told to the window', async ({
  launch,
  target,
  profile,
}) => {
  const running = await launch();
  const { page } = running;
  const { credentials } = target.open();
  await typeS3(page, target);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const settings = await settingsOf(page);
  expect(settings).not.toContain(credentials.secretAccessKey);
  expect(settings).not.toContain(credentials.accessKeyId);
  expect(settings).toContain(`"accessKeyIdHint":"${credentials.accessKeyId.slice(-4)}"`);
  const id = /"currentDestinationId":"([^"]+)"/.exec(settings)?.[1] ?? '';
  const kept = await new AsyncEntry('Remessa', id).getPassword();
  expect(JSON.parse(kept ?? '')).toEqual({ ...credentials, sessionToken: null });
  // With the app gone, everything that it ever buffered is on disk.
  await running.close();
  expect(await filesWith(profile, target.bucket)).not.toEqual([]);
  expect(await filesWith(profile, credentials.secretAccessKey)).toEqual([]);
  expect(await filesWith(profile, credentials.accessKeyId)).toEqual([]);
  const again = await launch();
  await expect(again.page.getByRole('button', { name: /^Destination: .*, ready$/ })).toBeVisible();
});

test('no keychain: offered for this session only, used, and written nowhere', async ({ launch, target, profile }) => {
  test.skip(process.platform !== 'linux', 'only Linux has systems without a keychain');
  const running = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' } });
  const { page } = running;
  const { credentials } = target.open();
  await typeS3(page, target);
  await expect(page.getByText('The system’s password store is not available')).toBeVisible();
  await page.getByRole('button', { name: 'Use for this session only' }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const video = await makeVideo(join(profile, 'video_1.mp4'), 6 * MiB);
  await dropFiles(page, [video]);
  await expect(page.getByText('Sent and verified', { exact: true })).toBeVisible();
  const id = /"currentDestinationId":"([^"]+)"/.exec(await settingsOf(page))?.[1] ?? '';
  expect(await new AsyncEntry('Remessa', id).getPassword()).toBeFalsy();
  await running.close();
  expect(await filesWith(profile, credentials.secretAccessKey)).toEqual([]);
  const again = await launch();
  await expect(again.page.getByRole('button', { name: /the key is missing$/ })).toBeVisible();
});

test('the practice bucket says how much it holds, and can be emptied', async ({ launch, profile }) => {
  const { page } = await launch();
  await page.getByRole('button', { name: /practice bucket/i }).click();
  await expect(page.getByTestId('drop-zone')).toBeVisible();
  const video = await makeVideo(join(profile, 'video_1.mp4'), 6 * MiB);
  await dropFiles(page, [video]);
  await expect(rowOf(page, 'video_1.mp4')).toHaveAttribute('data-status', 'completed');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog');
  await expect(settings.getByText('1 video · 6.3 MB on this computer')).toBeVisible();
  await settings.getByRole('button', { name: 'Empty it' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Empty it' }).click();
  await expect(settings.getByText('Empty', { exact: true })).toBeVisible();
  const usage = await page.evaluate(() => window.remessa.getPracticeUsage());
  expect(usage).toEqual({ ok: true, value: { objects: 0, bytes: 0, unfinishedUploads: 0 } });
});
