import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { unfinishedUploads } from '../../electron/s3/listings.ts';
import { withContentMd5 } from '../../electron/s3/upkeep/bucket-rules.ts';
import type { Upkeep } from '../../electron/upkeep/ports.ts';
import { listUnfinished, removeUnfinished } from '../../electron/upkeep/unfinished-uploads.ts';
import type { ObjectStorage } from '../../electron/uploads/ports.ts';
import { mergeCors, playbackRule, playbackRuleId } from '../../shared/cors.ts';
import { respond, respondError } from '../support/faults.ts';
import { setUpkeepStage, type UpkeepStage } from '../support/upkeep-stage.ts';

const patient = new AbortController().signal;
let stage: UpkeepStage;
let upkeep: Upkeep;
let storage: ObjectStorage;
beforeAll(async () => {
  stage = await setUpkeepStage({ rules: 'aws' });
  upkeep = await stage.upkeep();
  storage = await stage.storage();
});
afterEach(() => stage.target.proxy.setDecide(() => null));
afterAll(() => stage.end());

const object = (key: string, size = 1) => ({ key, size, contentType: 'video/mp4', uploadToken: 'token-of-a-test', originalName: 'v.mp4' });

describe('the rules for pages of other origins', () => {
  const theirs = { AllowedOrigins: ['https://studio.example'], AllowedMethods: ['PUT'], AllowedHeaders: ['*'], MaxAgeSeconds: 10 };

  it('are none in a new bucket', async () => {
    expect(await upkeep.cors?.read(patient)).toEqual([]);
  });

  it('are merged, not replaced: those of others come back as they were', async () => {
    const { client, bucket: Bucket } = stage.target;
    const CORSRules = [{ ID: 'studio', ...theirs }, { AllowedOrigins: ['https://*.a.example'], AllowedMethods: ['HEAD'] }];
    await client.send(withContentMd5(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } })));
    const before = await client.send(new GetBucketCorsCommand({ Bucket }));
    const rules = (await upkeep.cors?.read(patient)) ?? [];
    const merged = mergeCors(rules, ['https://school.example']);
    await upkeep.cors?.write(merged, patient);
    const after = await client.send(new GetBucketCorsCommand({ Bucket }));
    expect(after.CORSRules).toHaveLength(3);
    expect(after.CORSRules).toEqual(expect.arrayContaining(before.CORSRules ?? []));
    expect(await upkeep.cors?.read(patient)).toContainEqual(playbackRule(['https://school.example']));
    await upkeep.cors?.write(mergeCors(merged, ['https://b.example']), patient);
    const again = (await upkeep.cors?.read(patient)) ?? [];
    expect(again).toHaveLength(3);
    expect(again.find(({ id }) => id === playbackRuleId)?.origins.toSorted()).toEqual(['https://b.example', 'https://school.example']);
  });

  it.each([
    [respondError(403, 'AccessDenied'), 'access-denied'],
    [respondError(501, 'NotImplemented'), 'not-supported'],
    [respondError(405, 'MethodNotAllowed'), 'not-supported'],
    [respondError(404, 'NoSuchBucket'), 'bucket-not-found'],
  ])('that cannot be had are no empty list', async (fault, code) => {
    stage.target.proxy.setDecide(({ operation }) => (/Cors|Lifecycle/.test(operation) ? fault : null));
    await expect(upkeep.cors?.read(patient)).rejects.toMatchObject({ code });
    await expect(upkeep.cors?.write([playbackRule(['*'])], patient)).rejects.toMatchObject({ code });
    await expect(upkeep.lifecycle?.dropUnfinishedAfter(7, '', patient)).rejects.toMatchObject({ code });
  });
});

describe('the rule for unfinished uploads', () => {
  it('stands beside those of others, and replaces only itself', async () => {
    const { client, bucket: Bucket } = stage.target;
    const rules = async (): Promise<readonly LifecycleRule[]> =>
      (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules ?? [];
    const others: LifecycleRule[] = [
      { ID: 'archive', Status: 'Enabled', Filter: { Prefix: 'old/' }, Expiration: { Days: 365 } },
      { ID: 'tmp', Status: 'Disabled', Filter: { Prefix: 'tmp/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    ];
    await upkeep.lifecycle?.dropUnfinishedAfter(3, 'videos/', patient);
    const command = new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [...others, ...(await rules())] } });
    await client.send(withContentMd5(command));
    const before = await rules();
    await upkeep.lifecycle?.dropUnfinishedAfter(7, 'school/', patient);
    const ours: LifecycleRule = {
      ID: 'remessa-unfinished-uploads',
      Status: 'Enabled',
      Filter: { Prefix: 'school/' },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    };
    const after = await rules();
    expect(after).toHaveLength(3);
    for (const rule of before.filter(({ ID }) => ID !== ours.ID)) expect(after).toContainEqual(rule);
    expect(after.find(({ ID }) => ID === ours.ID)).toMatchObject(ours);
  });
});

describe('uploads that nobody finished', () => {
  const keys = Array.from({ length: 12 }, (_, n) => `orphans/aula ${n} ção+%2F &.mp4`);

  it('are found over all pages, also several of one key, and only below the prefix', async () => {
    const begun = new Map<string, string[]>();
    for (const key of [...keys, ...keys.slice(0, 3), 'orphans2/a.mp4']) {
      const { uploadId } = await storage.createMultipartUpload(object(key), patient);
      begun.set(key, [...(begun.get(key) ?? []), uploadId]);
    }
    const found = await upkeep.unfinished('orphans/', patient);
    const input = { Bucket: stage.target.bucket, Prefix: 'orphans/', MaxUploads: 4 };
    const paged = await unfinishedUploads(stage.target.client, input, patient);
    expect(paged.map(({ uploadId }) => uploadId).toSorted()).toEqual(found.map(({ uploadId }) => uploadId).toSorted());
    expect(paged).toEqual(expect.arrayContaining([...found]));
    expect(found).toHaveLength(15);
    for (const key of keys) {
      const ids = found.filter((upload) => upload.key === key).map(({ uploadId }) => uploadId);
      expect(ids.toSorted()).toEqual(begun.get(key)?.toSorted());
    }
    expect(found.every(({ initiatedAt }) => Math.abs((initiatedAt ?? 0) - Date.now()) < 60_000)).toBe(true);
    expect(await storage.listUnfinished(keys[0] ?? '', patient)).toHaveLength(2);
  });

  it('are removed on request, never ours, and never twice', async () => {
    const prefix = 'removal/';
    for (const n of [1, 2, 3]) await storage.createMultipartUpload(object(`${prefix}${n}.mp4`), patient);
    const ours = await storage.createMultipartUpload(object(`${prefix}ours.mp4`), patient);
    const bytes = Buffer.from('five!');
    const body = { size: 5, sha256: null, crc64nvme: null, pieces: async function* pieces() { yield bytes; } };
    await storage.uploadPart({ key: `${prefix}ours.mp4`, uploadId: ours.uploadId, partNumber: 1, offset: 0, body, signal: patient });
    const place = { upkeep, storage, prefix, isOurs: ({ uploadId }: { uploadId: string }) => uploadId === ours.uploadId };
    const listing = await listUnfinished(place, patient);
    expect(listing.uploads.map(({ key, bytes: size, parts, owner }) => [key, size, parts, owner])).toEqual([
      ...[1, 2, 3].map((n) => [`${prefix}${n}.mp4`, 0, 0, 'unknown']),
      [`${prefix}ours.mp4`, 5, 1, 'ours'],
    ]);
    const ids = listing.uploads.map(({ id }) => id);
    expect(await removeUnfinished(place, listing, ids, patient)).toEqual({ removed: 3, kept: 1 });
    expect(await upkeep.unfinished(prefix, patient)).toMatchObject([{ uploadId: ours.uploadId }]);
  });

  it('are not looked for in a circle when the server does not go on', async () => {
    const page = '<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>b</NextUploadIdMarker></ListMultipartUploadsResult>';
    const list = '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>';
    stage.target.proxy.setDecide(({ operation }) => respond(200, { 'content-type': 'application/xml' }, operation === 'ListMultipartUploads' ? page : list));
    await expect(upkeep.unfinished('', patient)).rejects.toMatchObject({ code: 'unexpected-answer' });
    await expect(drained(upkeep.list('', patient))).rejects.toMatchObject({ code: 'unexpected-answer' });
  });
});

async function drained<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
