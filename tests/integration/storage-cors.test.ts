import { GetBucketCorsCommand, PutBucketCorsCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { withContentMd5 } from '../../electron/s3/upkeep/bucket-rules.ts';
import { practiceClient } from '../support/practice-client.ts';
import { type PracticeFixture, startPractice } from '../support/practice-fixture.ts';
import { r2Settings, storageCommands } from '../support/storage-command.ts';

const commands = storageCommands();
let practice: PracticeFixture;
let client: S3Client;
beforeEach(async () => {
  practice = await startPractice();
  client = practiceClient(practice);
});
afterEach(async () => {
  client.destroy();
  await practice.stop();
});
afterAll(() => commands.killAll());

const run = (...args: readonly string[]) => commands.run('cors', args, { env: r2Settings(practice) });
const rulesThere = async () => (await client.send(new GetBucketCorsCommand({ Bucket: practice.bucket }))).CORSRules ?? [];
const theirs = { ID: 'studio', AllowedOrigins: ['https://studio.example'], AllowedMethods: ['PUT'], MaxAgeSeconds: 10 };
async function putTheirs(): Promise<void> {
  const CORSConfiguration = { CORSRules: [theirs] };
  await client.send(withContentMd5(new PutBucketCorsCommand({ Bucket: practice.bucket, CORSConfiguration })));
  practice.clearRequests();
}

it('shows who may play, what is missing and what would change it, and changes nothing', async () => {
  await putTheirs();
  const { code, stdout, stderr } = await run('--origin', 'https://school.example/', '--origin', 'https://b.example');
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain('– https://studio.example: may use PUT: not enough to play');
  expect(stdout).toContain('A new rule, Remessa’s\n  + https://school.example: may play and seek');
  expect(stdout).toContain('The other rule stays as it is.');
  expect(stdout).toContain('"MaxAgeSeconds": 3600');
  expect(stdout).not.toContain(practice.credentials.secretAccessKey);
  expect(await rulesThere()).toEqual([theirs]);
  expect(practice.operations()).not.toContain('PutBucketCors');
});

it('adds to the rules that are there, and has nothing to do the second time', async () => {
  await putTheirs();
  const applied = await run('--origin', 'https://school.example', '--apply', '--json');
  expect([applied.code, applied.stderr]).toEqual([0, '']);
  expect(JSON.parse(applied.stdout)).toMatchObject({
    destination: { kind: 'r2', bucket: practice.bucket },
    isReadable: true,
    origins: ['https://school.example'],
    missing: [],
    applied: 'applied',
    proposed: [theirs, { ID: 'remessa-playback', AllowedOrigins: ['https://school.example'], AllowedMethods: ['GET', 'HEAD'], MaxAgeSeconds: 3600 }],
  });
  expect((await rulesThere()).map(({ ID }) => ID)).toEqual(['studio', 'remessa-playback']);
  practice.clearRequests();
  const again = await run('--origin', 'https://school.example', '--apply', '--lang', 'pt-BR');
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('Esse site já pode tocar. Nada a mudar.');
  expect(practice.operations()).not.toContain('PutBucketCors');
});

it('asks for names where no website may play', async () => {
  const { code, stdout } = await run();
  expect(code).toBe(1);
  expect(stdout).toContain('No site.');
  expect(stdout).toContain('--origin https://www.school.example');
});

it('prints the whole JSON where the key may look and not write', async () => {
  await putTheirs();
  practice = await practice.restart({ refuses: ['PutBucketCors'] });
  const { code, stdout } = await run('--origin', 'https://school.example', '--apply');
  expect(code).toBe(1);
  expect(stdout).toContain('The key may not change the rules.');
  expect(stdout).toContain('"https://studio.example"');
  expect(stdout).toContain('"remessa-playback"');
});

it('never writes what it could not read: rules that are there would be gone', async () => {
  await putTheirs();
  practice = await practice.restart({ refuses: ['GetBucketCors'] });
  const { code, stdout } = await run('--origin', 'https://school.example', '--apply', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ isReadable: false, rules: null, applied: 'refused', missing: ['https://school.example'] });
  expect(practice.operations()).not.toContain('PutBucketCors');
  practice = await practice.restart({ refuses: [] });
  expect(await rulesThere()).toEqual([theirs]);
});

it('says what is wrong with the key', async () => {
  const env = { ...r2Settings(practice), R2_SECRET_ACCESS_KEY: 'not-the-secret-at-all' };
  const { code, stdout, stderr } = await commands.run('cors', ['--json'], { env });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'credentials-rejected', said: 'The access key was rejected.' } });
  expect(stderr).toContain('The access key was rejected.');
  expect(stdout + stderr).not.toContain('not-the-secret-at-all');
});
