import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  PutObjectCommand,
  type CORSRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { sendRaw, type RawAnswer } from '../../tests/support/practice-request.ts';

let practice: PracticeFixture;
let s3: S3Client;

const RULES: CORSRule[] = [
  {
    ID: 'studio',
    AllowedOrigins: ['https://*.studio.example'],
    AllowedMethods: ['GET', 'PUT'],
    AllowedHeaders: ['Content-*', 'x-amz-date'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 600,
  },
  { AllowedOrigins: ['*'], AllowedMethods: ['HEAD'] },
];

beforeAll(async () => {
  practice = await startPractice({ publicRead: true });
  s3 = practiceClient(practice);
  await s3.send(new PutObjectCommand({ Bucket: practice.bucket, Key: 'k', Body: 'x' }));
});
beforeEach(async () => {
  await s3.send(new PutBucketCorsCommand({ Bucket: practice.bucket, CORSConfiguration: { CORSRules: RULES } }));
});
afterAll(async () => {
  await practice.stop();
});

const preflight = (origin: string, method: string, headers?: string): Promise<RawAnswer> =>
  sendRaw(practice, {
    method: 'OPTIONS', path: `/${practice.bucket}/k`, isUnsigned: true,
    headers: {
      origin, 'access-control-request-method': method,
      ...(headers === undefined ? {} : { 'access-control-request-headers': headers }),
    },
  });

const corsRule = (inner: string): string => `<CORSConfiguration><CORSRule>${inner}</CORSRule></CORSConfiguration>`;

describe('CORS rules', () => {
  it('are kept, read, survive a restart, and are deleted', async () => {
    const Bucket = practice.bucket;
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toMatchObject(RULES);
    practice = await practice.restart();
    await practice.server.empty();
    s3 = practiceClient(practice);
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toMatchObject(RULES);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
    await expect(
      s3.send(new GetBucketCorsCommand({ Bucket })),
    ).rejects.toMatchObject({ name: 'NoSuchCORSConfiguration' });
    expect((await preflight('https://a.studio.example', 'GET')).text).toContain('CORS is not enabled for this bucket');
  });

  it.each([
    ['no rules', '<CORSConfiguration/>', 'MalformedXML'],
    ['no origin', corsRule('<AllowedMethod>GET</AllowedMethod>'), 'MalformedXML'],
    [
      'a wrong method',
      corsRule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod>'),
      'InvalidRequest',
    ],
    [
      'two wildcards',
      corsRule('<AllowedOrigin>*.*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>'),
      'InvalidRequest',
    ],
  ])('are refused with %s', async (_what, body, code) => {
    expect(await sendRaw(practice, { method: 'PUT', query: { cors: '' }, body })).toMatchObject({ status: 400, code });
  });

  it('need a digest on AWS', async () => {
    const aws = await startPractice({ rules: 'aws' });
    const body = corsRule('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>');
    expect(
      await sendRaw(aws, { method: 'PUT', query: { cors: '' }, body }),
    ).toMatchObject({ status: 400, code: 'InvalidRequest' });
    await aws.stop();
  });
});

describe('a preflight', () => {
  it('is allowed by the first rule that covers it', async () => {
    const answer = await preflight('https://a.studio.example', 'PUT', 'content-type, X-Amz-Date');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://a.studio.example',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'content-type, x-amz-date',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '600',
    });
    expect(answer.headers['vary']).toContain('Origin');
    expect((await preflight('https://any.example', 'HEAD')).headers['access-control-allow-origin']).toBe('*');
  });

  it.each([
    ['another origin', 'https://evil.example', 'PUT', undefined],
    ['the end of another name', 'https://x.studio.example.evil', 'PUT', undefined],
    ['another method', 'https://a.studio.example', 'DELETE', undefined],
    ['another header', 'https://a.studio.example', 'PUT', 'x-amz-acl'],
  ])('is refused for %s', async (_what, origin, method, headers) => {
    expect(await preflight(origin, method, headers)).toMatchObject({ status: 403, code: 'AccessForbidden' });
  });
});

const get = (origin: string, key: string): Promise<RawAnswer> =>
  sendRaw(practice, { path: `/${practice.bucket}/${key}`, isUnsigned: true, headers: { origin } });

describe('other requests with an Origin', () => {
  it('carry the headers where a rule fits, errors too', async () => {
    const found = await get('https://a.studio.example', 'k');
    expect(found.headers['access-control-allow-origin']).toBe('https://a.studio.example');
    const missing = await get('https://a.studio.example', 'missing');
    expect(missing.status).toBe(404);
    expect(missing.headers['access-control-allow-origin']).toBe('https://a.studio.example');
  });

  it('carry none where no rule fits', async () => {
    const answer = await get('https://evil.example', 'k');
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});
