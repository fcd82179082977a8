import {
  CreateMultipartUploadCommand,
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw } from '../../tests/support/practice-request.ts';

let practice: PracticeFixture;
let s3: S3Client;

async function start(options: Parameters<typeof startPractice>[0] = {}): Promise<void> {
  practice = await startPractice(options);
  s3 = practiceClient(practice);
}
afterEach(() => practice.stop());

const day = 24 * 3_600_000;
const RULES: LifecycleRule[] = [
  {
    ID: 'logs <old>',
    Status: 'Enabled',
    Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'kind', Value: 'a&b' }], ObjectSizeGreaterThan: 10 } },
    Transitions: [{ Days: 30, StorageClass: 'GLACIER' }],
    Expiration: { Days: 365 },
  },
  { ID: 'versions', Status: 'Disabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 3 } },
  { ID: 'parts', Status: 'Enabled', Filter: { Prefix: 'a/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } },
];

const put = (rules: LifecycleRule[]) =>
  s3.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket: practice.bucket, LifecycleConfiguration: { Rules: rules } }),
  );
const read = async () =>
  (await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: practice.bucket }))).Rules;
const begin = (Key: string) => s3.send(new CreateMultipartUploadCommand({ Bucket: practice.bucket, Key }));
const unfinished = async (): Promise<readonly (string | undefined)[]> => {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: practice.bucket }));
  return Uploads.map(({ Key }) => Key);
};

describe('lifecycle rules', () => {
  it('are kept whole, also what this server does not act on, and survive a restart', async () => {
    await start({ rules: 'aws' });
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
    await put(RULES);
    expect(await read()).toEqual(RULES);
    practice = await practice.restart();
    s3 = practiceClient(practice);
    expect(await read()).toEqual(RULES);
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket: practice.bucket }));
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });

  it('begin on R2 with the one that aborts uploads after a week; deleted, it stays deleted', async () => {
    await start();
    expect(await read()).toMatchObject([{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }]);
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket: practice.bucket }));
    practice = await practice.restart();
    s3 = practiceClient(practice);
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchLifecycleConfiguration' });
  });

  it('get a name where they came without one', async () => {
    await start();
    await put([{ Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }]);
    expect((await read())?.[0]?.ID).toMatch(/^\w{10,}$/);
  });
});

const rule = (inner: string): string => `<LifecycleConfiguration><Rule>${inner}</Rule></LifecycleConfiguration>`;
const [enabled, all, expires] = [
  '<Status>Enabled</Status>',
  '<Filter></Filter>',
  '<Expiration><Days>1</Days></Expiration>',
];
const aborts = '<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>';

describe('a lifecycle configuration', () => {
  it.each([
    ['no rules', '<LifecycleConfiguration/>', 'MalformedXML'],
    ['another root', `<Lifecycle><Rule>${enabled}${all}${expires}</Rule></Lifecycle>`, 'MalformedXML'],
    ['an unknown element', rule(`${enabled}${all}${expires}<Nonsense/>`), 'MalformedXML'],
    ['no status', rule(`${all}${expires}`), 'MalformedXML'],
    ['another status', rule(`<Status>On</Status>${all}${expires}`), 'MalformedXML'],
    ['no filter', rule(`${enabled}${expires}`), 'MalformedXML'],
    ['filter and prefix', rule(`${enabled}${all}<Prefix/>${expires}`), 'MalformedXML'],
    ['an unknown filter', rule(`${enabled}<Filter><Name>a</Name></Filter>${expires}`), 'MalformedXML'],
    ['no action', rule(`${enabled}${all}`), 'InvalidRequest'],
    ['parts by tag', rule(`${enabled}<Filter><Tag><Key>a</Key></Tag></Filter>${aborts}`), 'InvalidRequest'],
    ['no days', rule(`${enabled}${all}${aborts.replace('1', '0')}`), 'InvalidArgument'],
    ['days that are no number', rule(`${enabled}${all}${expires.replace('1', 'x')}`), 'MalformedXML'],
    ['an empty expiration', rule(`${enabled}${all}<Expiration/>`), 'MalformedXML'],
    ['a long name', rule(`<ID>${'x'.repeat(256)}</ID>${enabled}${all}${expires}`), 'InvalidArgument'],
    [
      'one name twice',
      rule(`<ID>a</ID>${enabled}${all}${expires}</Rule><Rule><ID>a</ID>${enabled}${all}${expires}`),
      'InvalidArgument',
    ],
  ])('is refused with %s', async (_what, body, code) => {
    await start();
    expect(await sendRaw(practice, { method: 'PUT', query: { lifecycle: '' }, body })).toMatchObject({ status: 400, code });
  });

  it('needs a digest on AWS', async () => {
    await start({ rules: 'aws' });
    const body = rule(`${enabled}${all}${expires}`);
    const answer = await sendRaw(practice, { method: 'PUT', query: { lifecycle: '' }, body });
    expect(answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });
});

describe('unfinished uploads', () => {
  it('end when the first rule for their key says so, and not those of other keys', async () => {
    await start({ rules: 'aws' });
    await put([...RULES, { ID: 'later', Status: 'Enabled', Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 9 } }]);
    await begin('a/1');
    await begin('b/1');
    const later = async (days: number): Promise<readonly (string | undefined)[]> => {
      const clockOffsetMs = days * day;
      practice = await practice.restart({ clockOffsetMs });
      s3 = practiceClient(practice, { systemClockOffset: clockOffsetMs });
      return unfinished();
    };
    expect(await later(1.9)).toEqual(['a/1', 'b/1']);
    expect(await later(2.1)).toEqual(['b/1']);
    expect(await later(9.1)).toEqual([]);
  });

  it('are told their end by S3 with Create and ListParts, and not by R2', async () => {
    await start({ rules: 'aws' });
    await put(RULES);
    const { UploadId, AbortDate, AbortRuleId } = await begin('a/1');
    expect(AbortRuleId).toBe('parts');
    expect(AbortDate!.getTime()).toBeGreaterThan(Date.now() + 1.9 * day);
    expect(await s3.send(new ListPartsCommand({ Bucket: practice.bucket, Key: 'a/1', UploadId }))).toMatchObject({ AbortDate });
    expect((await begin('b/1')).AbortDate).toBeUndefined();
    await practice.stop();
    await start();
    expect((await begin('a/1')).AbortDate).toBeUndefined();
  });
});
