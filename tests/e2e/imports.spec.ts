import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { S3Target } from '../support/s3-target.ts';
import { homeOf } from './app.ts';
import { choose, saveAs } from './dialogs.ts';
import { expect, test } from './fixtures.ts';
import { dropVideos, expectStatus, openSettings, saveServer } from './window.ts';

const MiB = 1024 * 1024;
const accountId = '0123456789abcdef0123456789abcdef';

/** A `.env` file as the web service has it. */
function envFile({ open }: S3Target, leftOut: readonly string[] = []): string {
  const { address, credentials } = open();
  const names: Readonly<Record<string, string>> = {
    USE_R2_STORAGE: 'true',
    R2_ACCOUNT_ID: accountId,
    R2_ACCESS_KEY_ID: credentials.accessKeyId,
    R2_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    R2_BUCKET_NAME: address.bucket,
    R2_ENDPOINT_URL: address.endpoint,
  };
  const lines = Object.entries(names).filter(([name]) => !leftOut.includes(name));
  return `# storage\n${lines.map(([name, value]) => `${name}=${value}`).join('\n')}\n`;
}

const openImports = (page: Page) => page.getByRole('button', { name: /Use settings that are here already/ }).click();
const hasSecret = (page: Page, secret: string): Promise<boolean> =>
  page.evaluate((text) => {
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value);
    return [document.body.innerText, ...fields].some((shown) => shown.includes(text));
  }, secret);

test('from a .env file: the form is filled in, the key goes straight to the keychain, and a video arrives', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  const { credentials } = target.open();
  const path = join(profile, '.env');
  await writeFile(path, envFile(target));
  await choose(app, path);
  await page.getByRole('button', { name: 'Open a file…' }).click();
  await expect(page.getByText('Filled in with what came from the file .env.')).toBeVisible();
  await expect(page.getByLabel('Bucket', { exact: true })).toHaveValue(target.bucket);
  await expect(page.getByText(`key from the file .env •••• ${credentials.accessKeyId.slice(-4)}`)).toBeVisible();
  expect(await hasSecret(page, credentials.secretAccessKey)).toBe(false);
  expect(await hasSecret(page, credentials.accessKeyId)).toBe(false);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: `Destination: ${target.bucket}, ready` })).toBeVisible();
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
  await expectStatus(page, 'video_1.mp4', 'completed');
  expect(await target.objectCount()).toBe(1);
});

test('what a .env file lacks is named, and a file without settings says so', async ({ launch, target, profile }) => {
  const { app, page } = await launch();
  const path = join(profile, 'servico.env');
  await writeFile(path, `${envFile(target, ['R2_SECRET_ACCESS_KEY', 'R2_BUCKET_NAME'])}AWS_S3_BUCKET_NAME=old-videos\n`);
  await choose(app, path);
  await page.getByRole('button', { name: 'Open a file…' }).click();
  const found = page.getByRole('button', { name: /from the file servico\.env/ });
  await expect(found).toHaveCount(2);
  await expect(found.first()).toContainText('Missing: R2_SECRET_ACCESS_KEY and R2_BUCKET_NAME.');
  await expect(found.last()).toContainText('Missing: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and AWS_S3_REGION.');
  await found.first().click();
  // Half a key is none: both of its parts are typed, and what is missing is marked.
  await expect(page.getByLabel('Secret access key', { exact: true })).toHaveValue('');
  await expect(page.getByText('Still to be filled in.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await writeFile(path, 'DEBUG=true\n');
  await page.getByRole('button', { name: 'Open a file…' }).click();
  await expect(page.getByTestId('toast')).toContainText('No settings were found in that file');
});

test('em português: o que falta num .env é dito pelo nome', async ({ launch, target, profile }) => {
  const { app, page } = await launch({ language: 'pt-BR' });
  const path = join(profile, '.env');
  await writeFile(path, `${envFile(target, ['R2_BUCKET_NAME'])}AWS_S3_BUCKET_NAME=antigo\n`);
  await choose(app, path);
  await page.getByRole('button', { name: 'Abrir um arquivo…' }).click();
  await expect(page.getByRole('button', { name: /Falta R2_BUCKET_NAME\./ })).toBeVisible();
});

test('from the environment of the process, and from the profiles of ~/.aws', async ({ launch, target, profile }) => {
  const { address, credentials } = target.open();
  const aws = join(homeOf(profile), '.aws');
  await mkdir(aws, { recursive: true });
  const key = (id: string, secret: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
  const profiles = [
    `[escola]\n${key(credentials.accessKeyId, credentials.secretAccessKey)}`,
    '[sso]\nsso_session = company\n',
  ];
  await writeFile(join(aws, 'credentials'), profiles.join('\n'));
  await writeFile(join(aws, 'config'), `[profile escola]\nregion = us-east-1\nendpoint_url = ${address.endpoint}\n`);
  const { page } = await launch({
    env: {
      R2_ACCOUNT_ID: accountId,
      R2_ACCESS_KEY_ID: 'R2KEYOFTHEWEBSERVICE',
      R2_SECRET_ACCESS_KEY: 'planted-secret-of-the-web-service',
      R2_BUCKET_NAME: 'ensinalab-videos',
      AWS_SHARED_CREDENTIALS_FILE: join(aws, 'credentials'),
      AWS_CONFIG_FILE: join(aws, 'config'),
    },
  });
  await openImports(page);
  const web = page.getByRole('button', { name: /ensinalab-videos/ });
  await expect(web).toContainText('from the environment · key •••• VICE');
  await expect(page.getByRole('button', { name: /profile sso/ })).toContainText('This profile signs in through SSO');
  const school = page.getByRole('button', { name: /from the profile escola in ~\/\.aws/ });
  await expect(school).toContainText('Missing: bucket.');
  await school.click();
  await page.getByLabel('Bucket', { exact: true }).fill(target.bucket);
  await expect(page.getByLabel(/^Endpoint/)).toHaveValue(address.endpoint);
  expect(await hasSecret(page, credentials.secretAccessKey)).toBe(false);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Destination: .*, ready$/ })).toBeVisible();
  await dropVideos(page, profile, { 'video_1.mp4': 6 * MiB });
  await expectStatus(page, 'video_1.mp4', 'completed');
  expect(await target.objectCount()).toBe(1);
});

test('exported settings hold no secret, are for nobody else to read, and fill in the form on another computer', async ({
  launch,
  target,
  profile,
}) => {
  const { app, page } = await launch();
  const { credentials } = target.open();
  await saveServer(page, target);
  const path = join(profile, 'escola.json');
  await saveAs(app, path);
  const settings = await openSettings(page, 'General');
  await settings.getByRole('button', { name: 'Export…' }).click();
  await expect(page.getByTestId('toast')).toContainText('Settings saved as escola.json');
  const text = await readFile(path, 'utf8');
  expect(text).toContain(target.bucket);
  const { accessKeyId, secretAccessKey } = credentials;
  for (const secret of [accessKeyId, secretAccessKey, accessKeyId.slice(-4)]) expect(text).not.toContain(secret);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o077).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Destination: / }).click();
  await page.getByRole('menuitem', { name: 'New destination…' }).click();
  await choose(app, path);
  await page.getByRole('button', { name: 'Open a file…' }).click();
  const form = page.getByRole('dialog');
  await expect(form.getByText('Filled in with what came from exported settings (Test server).')).toBeVisible();
  await expect(form.getByLabel('Bucket', { exact: true })).toHaveValue(target.bucket);
  await expect(form.getByLabel('Access key ID')).toHaveValue('');
});
