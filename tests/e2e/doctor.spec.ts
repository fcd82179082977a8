import { PutBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';
import { BUCKET_LEVEL } from '../../electron/practice/practice-server.ts';
import { playbackRuleId } from '../../shared/cors.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { blackHole, respondError } from '../support/faults.ts';
import { practiceClient } from '../support/practice-client.ts';
import { startPractice } from '../support/practice-fixture.ts';
import { startPublicSite } from '../support/public-site.ts';
import { clipboardText } from './app.ts';
import { expect, test } from './fixtures.ts';
import { checkOf, corsOf, lifecycleOf, putCors, putElsewhere, runCheck } from './upkeep.ts';
import { openCare, saveServer } from './window.ts';

/** Somebody's rule that is none of ours, and lets no page play: it has to stay as it is. */
const uploader = {
  ID: 'uploader',
  AllowedOrigins: ['https://admin.example'],
  AllowedMethods: ['PUT'],
  AllowedHeaders: ['content-type'],
  MaxAgeSeconds: 60,
};

test('everything works: every line says so, and nothing of the check stays on the server', async ({ launch, target }) => {
  const site = await startPublicSite(target);
  try {
    await putCors(target, { AllowedOrigins: ['https://school.example'], AllowedMethods: ['GET', 'HEAD'], AllowedHeaders: ['*'] });
    await putElsewhere(target, 'videos/video_1.mp4', 'a video');
    const { app, page } = await launch();
    await saveServer(page, target, { publicBaseUrl: site.baseUrl });
    const care = await openCare(page, 'Test server', 'Check');
    await runCheck(care);
    await expect(care).toContainText('Everything works');
    await expect(care).toContainText('The test file was deleted.');
    // No TLS on this very machine; everything else was tried.
    await expect(care.locator('.check:not(.check-passed)')).toHaveCount(1);
    await expect(checkOf(care, 'tls')).toContainText('not checked');
    await expect(checkOf(care, 'public-url')).toContainText(`${site.baseUrl} shows the video to everybody.`);
    await expect(checkOf(care, 'cors')).toContainText('Pages of https://school.example may play the videos.');
    await expect(checkOf(care, 'lifecycle')).toContainText('is dropped after 7 days');
    const probes = target.requests().filter(({ path }) => path.includes('/.remessa-check-'));
    expect(probes.filter(({ operation, status }) => operation === 'PutObject' && status === 200)).toHaveLength(1);
    expect([await target.objectCount(), await target.unfinishedUploads()]).toEqual([1, 0]);
    await care.getByRole('button', { name: 'Copy report' }).click();
    await expect.poll(() => clipboardText(app)).toContain('cleaned up: yes');
    const report = await clipboardText(app);
    const { accessKeyId, secretAccessKey } = target.open().credentials;
    for (const secret of [accessKeyId, secretAccessKey, 'X-Amz-Signature']) expect(report.includes(secret)).toBe(false);
  } finally {
    await site.stop();
  }
});

test('a bucket that is gone: one red line with cause, remedy and the form, which mends it', async ({ launch }) => {
  const old = await startPractice();
  let server = old;
  try {
    const { page } = await launch();
    const credentials = { ...old.credentials, sessionToken: null };
    const address = { endpoint: old.endpoint, region: 'us-east-1', bucket: old.bucket, isPathStyle: true };
    await saveServer(page, { open: () => ({ address, credentials }) });
    server = await old.restart({ buckets: ['videos-2026'] });
    const care = await openCare(page, 'Test server', 'Check');
    await runCheck(care);
    await expect(care).toContainText('1 thing keeps uploads from working');
    await expect(care.locator('.check-failed')).toHaveCount(1);
    const bucket = checkOf(care, 'bucket');
    await expect(bucket).toContainText('The bucket was not found.');
    await expect(bucket).toContainText('Check the name of the bucket and the account.');
    await expect(checkOf(care, 'put')).toContainText('something else has to work first');
    await bucket.getByRole('button', { name: 'Edit destination' }).click();
    const form = page.getByRole('dialog', { name: 'Edit “Test server”' });
    await form.getByLabel('Bucket', { exact: true }).fill('videos-2026');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByTestId('toast')).toContainText('“Test server” is ready');
    const again = await openCare(page, 'Test server', 'Check');
    await runCheck(again);
    await expect(again.locator('.check-failed')).toHaveCount(0);
    await expect(checkOf(again, 'bucket')).toHaveClass(/check-passed/);
  } finally {
    await server.stop();
  }
});

test.describe('a token for objects only', () => {
  test.use({ server: { refuses: BUCKET_LEVEL } });

  test('sends all the same; the rules that it may not see are copied for the dashboard', async ({ launch, target }) => {
    const { app, page } = await launch();
    await saveServer(page, target);
    const care = await openCare(page, 'Test server', 'Check');
    await runCheck(care);
    await expect(care).toContainText('Works; 2 things to look at');
    const cors = checkOf(care, 'cors');
    await expect(cors).toContainText('This key may not see which websites may play the videos.');
    await expect(cors).toContainText('The key needs the permission “s3:GetBucketCORS”.');
    await expect(checkOf(care, 'lifecycle')).toContainText('The key needs the permission “s3:GetLifecycleConfiguration”.');
    expect(target.count('ListBuckets')).toBe(0);
    await cors.getByRole('button', { name: 'Let sites play' }).click();
    await expect(care.getByRole('tab', { name: 'Playing on sites' })).toHaveAttribute('aria-selected', 'true');
    await expect(care).toContainText('The key may not see the bucket’s rules');
    await care.getByLabel('Site that will play the videos').fill('https://school.example/');
    await expect(care.getByRole('region', { name: 'What changes' })).toContainText('https://school.example may play and seek');
    await expect(care.getByRole('button', { name: 'Apply' })).toHaveCount(0);
    await expect(care.getByRole('alert')).toContainText('if there are rules in the dashboard, add this one to them');
    await care.getByRole('button', { name: 'Copy JSON' }).click();
    await expect(page.getByTestId('toast')).toContainText('JSON copied');
    const [rule, ...others] = JSON.parse(await clipboardText(app)) as object[];
    expect(rule).toMatchObject({ ID: playbackRuleId, AllowedOrigins: ['https://school.example'], AllowedMethods: ['GET', 'HEAD'] });
    expect([others, target.count('PutBucketCors')]).toEqual([[], 0]);
  });
});

test.describe('a bucket that clears nothing up', () => {
  test.use({ server: { rules: 'aws' } });

  test('gets the rule at the press of a button, beside those that are there', async ({ launch, target }) => {
    const archive = { ID: 'archive', Status: 'Enabled', Filter: { Prefix: 'old/' }, Expiration: { Days: 365 } } as const;
    const input = { Bucket: target.bucket, LifecycleConfiguration: { Rules: [archive] } };
    await target.client.send(new PutBucketLifecycleConfigurationCommand(input));
    const { page } = await launch();
    await saveServer(page, target);
    const care = await openCare(page, 'Test server', 'Check');
    await runCheck(care);
    const lifecycle = checkOf(care, 'lifecycle');
    await expect(lifecycle).toContainText('Nothing clears up what nobody finishes sending.');
    await expect(lifecycle).toContainText('Add a rule that drops them after 7 days.');
    await lifecycle.getByRole('button', { name: 'Add the rule' }).click();
    await expect(lifecycle).toContainText('Rule added');
    const [kept, added] = await lifecycleOf(target);
    expect(kept).toMatchObject(archive);
    expect(added).toMatchObject({ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } });
    await runCheck(care);
    await expect(lifecycle).toContainText('is dropped after 7 days');
  });
});

test('letting sites in: the difference is shown, applied beside the rules of others, and copied where the key may not', async ({
  launch,
  target,
}) => {
  await putCors(target, uploader);
  const { app, page } = await launch();
  await saveServer(page, target);
  const care = await openCare(page, 'Test server', 'Playing on sites');
  await expect(care).toContainText('https://admin.examplemay use PUT: not enough to play');
  const sites = care.getByLabel('Site that will play the videos');
  const change = care.getByRole('region', { name: 'What changes' });
  await sites.fill('school.example');
  await expect(care).toContainText('“school.example” is no address. Begin with https://');
  await sites.fill('https://school.example/aula');
  await expect(care).toContainText('leave only the beginning');
  await expect(change).toHaveCount(0);
  await sites.fill('https://school.example, https://www.school.example');
  await expect(change).toContainText('A new rule, Remessa’s');
  await expect(change.getByRole('listitem')).toHaveCount(2);
  await expect(change).toContainText('The other rule stays as it is.');
  expect(await corsOf(target)).toEqual([uploader]);
  await care.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByTestId('toast')).toContainText('Rule applied');
  const [theirs, ours] = await corsOf(target);
  expect(theirs).toEqual(uploader);
  expect(ours).toMatchObject({ ID: playbackRuleId, AllowedOrigins: ['https://school.example', 'https://www.school.example'] });
  await sites.fill('https://school.example');
  await expect(care).toContainText('This site may play already. Nothing to change.');
  // Another key may look and not touch.
  target.proxy.setDecide(({ operation }) => (operation === 'PutBucketCors' ? respondError(403, 'AccessDenied') : null));
  await sites.fill('https://other.example');
  await expect(change).toContainText('Remessa’s rule, with these added');
  await care.getByRole('button', { name: 'Apply' }).click();
  await expect(care.getByRole('alert')).toContainText('The key may not change the rules.');
  await care.getByRole('button', { name: 'Copy JSON' }).click();
  await expect.poll(() => clipboardText(app)).toContain('https://other.example');
  // All of it: pasting replaces what is there.
  const [first, second] = JSON.parse(await clipboardText(app)) as object[];
  expect(first).toEqual(uploader);
  expect(second).toMatchObject({ AllowedOrigins: ['https://school.example', 'https://www.school.example', 'https://other.example'] });
  expect(await corsOf(target)).toEqual([theirs, ours]);
});

test('closed in the middle of a check, the app takes its test file along', async ({ launch, target }) => {
  const { page, close } = await launch();
  await saveServer(page, target);
  const care = await openCare(page, 'Test server', 'Check');
  target.proxy.setDecide(({ operation }) => (operation === 'GetObject' ? blackHole() : null));
  await care.getByRole('button', { name: 'Check now' }).click();
  await expect(checkOf(care, 'get')).toHaveClass(/check-running/);
  expect(await target.objectCount()).toBe(1);
  await close();
  expect([await target.objectCount(), await target.unfinishedUploads()]).toEqual([0, 0]);
});

test('what a crash has left is cleared up by a check later on, and a video beside it stays', async ({ launch }) => {
  const old = await startPractice();
  const client = practiceClient(old);
  const proxy = await startFaultProxy({ target: old.endpoint });
  let server = old;
  try {
    const address = { endpoint: proxy.endpoint, region: 'us-east-1', bucket: old.bucket, isPathStyle: true };
    const first = await launch();
    await saveServer(first.page, { open: () => ({ address, credentials: { ...old.credentials, sessionToken: null } }) });
    const care = await openCare(first.page, 'Test server', 'Check');
    proxy.setDecide(({ operation }) => (operation === 'GetObject' ? blackHole() : null));
    await care.getByRole('button', { name: 'Check now' }).click();
    await expect(checkOf(care, 'get')).toHaveClass(/check-running/);
    await first.kill();
    await putElsewhere({ client, bucket: old.bucket }, 'videos/video_1.mp4', 'a video');
    expect((await old.server.usage()).objects).toBe(2);
    proxy.setDecide(() => null);
    // A check of another computer could still be using it for an hour. By the server's clock two have passed.
    server = await old.restart({ clockOffsetMs: 2 * 3_600_000 });
    const { page } = await launch();
    const later = await openCare(page, 'Test server', 'Check');
    await runCheck(later);
    await expect(later.locator('.check-failed')).toHaveCount(0);
    await expect(checkOf(later, 'clock')).toContainText('Remessa makes up for it.');
    expect((await server.server.usage()).objects).toBe(1);
  } finally {
    client.destroy();
    await proxy.stop();
    await server.stop();
  }
});

test.describe('em português', () => {
  test.use({ server: { refuses: ['DeleteObject'] } });

  test('a chave não pode apagar: causa, o que fazer, e o botão que abre a troca da chave', async ({ launch, target }) => {
    const { page } = await launch({ language: 'pt-BR' });
    await saveServer(page, target, { name: 'Servidor' });
    await page.getByRole('button', { name: 'Ajustes' }).click();
    await page.getByRole('button', { name: 'Cuidar de Servidor…' }).click();
    const care = page.getByRole('dialog', { name: 'Cuidar de “Servidor”' });
    await care.getByRole('button', { name: 'Conferir agora' }).click();
    await expect(care.getByRole('button', { name: 'Copiar relatório' })).toBeVisible({ timeout: 30_000 });
    await expect(care).toContainText('Os envios funcionam, mas 1 coisa não');
    // It says so, and so it is.
    await expect(care).toContainText('pode ter ficado lá: o nome começa com “.remessa-check”');
    expect(await target.objectCount()).toBe(1);
    const failed = checkOf(care, 'delete');
    await expect(failed).toContainText('A chave não tem permissão');
    await expect(failed).toContainText('A chave precisa da permissão “s3:DeleteObject”.');
    await failed.getByRole('button', { name: 'Trocar a chave' }).click();
    await expect(page.getByRole('dialog', { name: 'Editar “Servidor”' }).getByLabel('Chave de acesso (ID)')).toBeVisible();
  });
});
