import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { findAwsProfiles } from './aws-profiles.ts';
import type { Names } from './finding.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder.path, '.aws'));
});
afterEach(() => folder.remove());

const write = (name: string, text: string): Promise<void> => writeFile(join(folder.path, '.aws', name), text);
const find = (environment: Names = {}) => findAwsProfiles({ environment, home: folder.path });

const keys = 'aws_access_key_id = AKIAEXAMPLE1234\naws_secret_access_key = planted/secret+key\n';

describe('a profile with a key of its own', () => {
  it('lacks the bucket only', async () => {
    await write('credentials', `[default]\n${keys}\n[team]\n${keys}aws_session_token = a-token\n`);
    await write('config', '[default]\nregion = sa-east-1\noutput = json\n\n[profile team]\nregion = eu-west-1\n');
    expect(await find()).toEqual([
      {
        origin: 'aws-profile',
        name: 'default',
        kind: 's3',
        values: expect.objectContaining({ region: 'sa-east-1', bucket: '', endpoint: '', name: '' }),
        credentials: { accessKeyId: 'AKIAEXAMPLE1234', secretAccessKey: 'planted/secret+key', sessionToken: null },
        missing: ['bucket'],
        isSwitchedOn: null,
        obstacle: null,
      },
      expect.objectContaining({ name: 'team', credentials: expect.objectContaining({ sessionToken: 'a-token' }) }),
    ]);
  });

  it('names the region, and half of a key, where they are not there', async () => {
    await write('credentials', `[a]\n${keys}\n[b]\naws_access_key_id = AKIAEXAMPLE1234\n[c]\n${keys}region = São Paulo\n`);
    expect((await find()).map(({ name, missing, credentials }) => [name, missing, credentials === null])).toEqual([
      ['a', ['bucket', 'region'], false],
      ['b', ['aws_secret_access_key', 'bucket', 'region'], true],
      ['c', ['bucket', 'region'], false],
    ]);
  });

  it('is for R2 or another server where it says so', async () => {
    const account = '0123456789abcdef0123456789abcdef';
    await write('credentials', `[r2]\n${keys}\n[minio]\n${keys}\n[both]\n${keys}`);
    await write(
      'config',
      `[profile r2]\nregion = auto\nendpoint_url = https://${account}.eu.r2.cloudflarestorage.com\n` +
        '[profile minio]\nregion = us-east-1\nservices = local\nendpoint_url = https://everything.example.com\n' +
        '[services local]\ns3 =\n  endpoint_url = http://localhost:9000\n' +
        '[profile both]\nregion = us-east-1\nendpoint_url = http://plain.example.com\n',
    );
    expect((await find()).map(({ name, kind, values, missing }) => ({ name, kind, values, missing }))).toMatchObject([
      { name: 'r2', kind: 'r2', values: { accountId: account, jurisdiction: 'eu', endpoint: '' }, missing: ['bucket'] },
      { name: 'minio', kind: 's3', values: { region: 'us-east-1', endpoint: 'http://localhost:9000' }, missing: ['bucket'] },
      { name: 'both', kind: 's3', values: { endpoint: '' }, missing: ['bucket', 'endpoint_url'] },
    ]);
  });
});

describe('a profile that gets its key elsewhere', () => {
  it.each([
    ['sso', 'sso_session = work\nsso_account_id = 1\n'],
    ['sso', 'sso_start_url = https://example.awsapps.com/start\n'],
    ['sso', 'login_session = arn:aws:iam::1:user/ana\n'],
    ['role', 'role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n'],
    ['role', 'role_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = /t\n'],
    ['role', `role_arn = arn:aws:iam::1:role/r\nsource_profile = x\n${keys}`],
    ['process', 'credential_process = /usr/bin/keys --secret planted\n'],
  ] as const)('is listed without one (%s)', async (obstacle, text) => {
    await write('config', `[profile x]\nregion = us-east-1\n${text}\n[sso-session work]\nsso_region = us-east-1\n`);
    const findings = await find();
    expect(findings).toMatchObject([{ name: 'x', obstacle, credentials: null, missing: ['bucket'] }]);
    expect(JSON.stringify(findings)).not.toMatch(/planted|AKIA/);
  });

  it('has the key that stands in it, where the AWS tools would take that', async () => {
    await write('config', `[profile x]\nregion = us-east-1\nsso_session = work\ncredential_process = p\n${keys}`);
    expect(await find()).toMatchObject([{ obstacle: null, credentials: { accessKeyId: 'AKIAEXAMPLE1234' } }]);
  });
});

describe('the files', () => {
  it('that are not there have no profiles, nor have those that are about other things', async () => {
    expect(await find()).toEqual([]);
    await write('config', '[default]\nregion = us-east-1\n[profile empty]\noutput = json\n[services s]\ns3 =\n  a = b\n');
    expect(await find()).toEqual([]);
  });

  it.each([
    ['is none', '\0\u0001\u0002'],
    ['has a section that the loader refuses', `[__proto__]\n${keys}`],
    ['is larger than any', `[big]\n${keys}${'#'.repeat(1024 * 1024)}`],
  ])('are skipped one by one where one %s', async (_what, text) => {
    await write('credentials', text);
    await write('config', `[profile good]\nregion = us-east-1\n${keys}`);
    expect((await find()).map(({ name }) => name)).toEqual(['good']);
  });

  it('may be folders, and nothing happens', async () => {
    await mkdir(join(folder.path, '.aws', 'credentials'));
    expect(await find()).toEqual([]);
  });

  it('are where the environment says', async () => {
    await write('credentials', `[wrong]\n${keys}`);
    await writeFile(join(folder.path, 'my-keys'), `[right]\n${keys}`);
    await writeFile(join(folder.path, 'my-config'), '[profile right]\nregion = us-west-2\n');
    const environment = { AWS_SHARED_CREDENTIALS_FILE: '~/my-keys', AWS_CONFIG_FILE: join(folder.path, 'my-config') };
    expect(await find(environment)).toMatchObject([{ name: 'right', values: { region: 'us-west-2' } }]);
  });

  it('are read anew each time', async () => {
    await write('credentials', `[before]\n${keys}`);
    await find();
    await write('credentials', `[after]\n${keys}`);
    expect((await find()).map(({ name }) => name)).toEqual(['after']);
  });

  it('that the AWS tools would not read so are not read so here', async () => {
    await write('credentials', `[profile x]\n${keys}`);
    expect(await find()).toEqual([]);
  });
});
