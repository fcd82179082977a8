import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { rawPath, sendPlain, sendRaw, signRaw, type RawRequest } from '../../tests/support/practice-request.ts';

let practice: PracticeFixture;
const key = 'a/clip one.mp4';

beforeAll(async () => {
  practice = await startPractice({ region: 'eu-practice-1' });
  await practiceClient(practice).send(
    new PutObjectCommand({ Bucket: practice.bucket, Key: key, Body: 'twelve bytes' }),
  );
});
afterAll(async () => {
  await practice.stop();
});

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const listing = { query: { 'list-type': '2' } } as const;

describe('header signatures', () => {
  it.each([
    ['auto', { region: 'auto' }],
    ['us-east-1', { region: 'us-east-1' }],
    ['the region of the server', { region: 'eu-practice-1' }],
    ['fourteen minutes behind', { signedAt: minutesAgo(14) }],
    ['fourteen minutes ahead', { signedAt: minutesAgo(-14) }],
    ['a payload that is not signed', { payloadHash: 'UNSIGNED-PAYLOAD' }],
  ] satisfies readonly [string, RawRequest][])('takes %s', async (_what, raw) => {
    expect((await sendRaw(practice, { ...listing, ...raw })).status).toBe(200);
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 403, 'SignatureDoesNotMatch'],
    ['an unknown key id', { accessKeyId: 'AKIAUNKNOWN' }, 403, 'InvalidAccessKeyId'],
    ['sixteen minutes behind', { signedAt: minutesAgo(16) }, 403, 'RequestTimeTooSkewed'],
    ['sixteen minutes ahead', { signedAt: minutesAgo(-16) }, 403, 'RequestTimeTooSkewed'],
    ['another region', { region: 'sa-east-1' }, 400, 'AuthorizationHeaderMalformed'],
    ['another service', { service: 'ec2' }, 400, 'AuthorizationHeaderMalformed'],
    ['no signature', { isUnsigned: true }, 403, 'AccessDenied'],
    ['an x-amz header beside the signature', { unsignedHeaders: { 'x-amz-meta-a': 'b' } }, 403, 'AccessDenied'],
    ['a Host beside the signature', { leftOut: ['host'] }, 403, 'AccessDenied'],
    ['a payload hash that is none', { payloadHash: 'abc' }, 400, 'InvalidArgument'],
  ] satisfies readonly [string, RawRequest, number, string][])('refuses %s', async (_what, raw, status, code) => {
    expect(await sendRaw(practice, { ...listing, ...raw })).toMatchObject({ status, code });
  });

  it.each([
    ['the path', { path: '/videos-test/a/clip%20two.mp4' }],
    ['the query', { path: '/videos-test/a/clip%20one.mp4?x=1' }],
    ['the method', { method: 'DELETE' }],
    ['a signed header', { headers: { range: 'bytes=0-1' } }],
  ])('notices when %s was changed on the way', async (_what, change) => {
    const raw = { path: `/${practice.bucket}/${key}`, headers: { range: 'bytes=0-9' } };
    const headers = { ...signRaw(practice, raw), ...('headers' in change ? change.headers : {}) };
    const answer = await sendPlain(
      practice.server.port,
      { method: 'GET', path: rawPath(practice, raw), ...change, headers },
    );
    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(answer.text).toContain('<StringToSign>AWS4-HMAC-SHA256');
  });

  it('signs the Host that was sent, so a proxy must keep it', async () => {
    const headers = { ...signRaw(practice, listing), host: 'localhost:1' };
    const answer = await sendPlain(practice.server.port, { method: 'GET', path: rawPath(practice, listing), headers });
    expect(answer.code).toBe('SignatureDoesNotMatch');
    const other = await sendRaw(practice, { ...listing, headers: { host: 'localhost:1' } });
    expect(other.status).toBe(200);
  });

  it('keeps objects of a bucket that is not public to those who sign', async () => {
    const path = `/${practice.bucket}/${key}`;
    expect(await sendRaw(practice, { path, isUnsigned: true })).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect((await sendRaw(practice, { path, isUnsigned: true, method: 'HEAD' })).status).toBe(403);
  });

  it('reads a plus in the query as a space, and signs it as one', async () => {
    const raw = { query: { 'list-type': '2', prefix: 'a/clip one' } };
    const path = rawPath(practice, raw).replace('%20', '+');
    const answer = await sendPlain(practice.server.port, { method: 'GET', path, headers: signRaw(practice, raw) });
    expect(answer.text).toContain('<KeyCount>1</KeyCount>');
  });

  it.each([
    ['x-amz-content-sha256', 'InvalidRequest'],
    ['x-amz-date', 'MissingSecurityHeader'],
  ])('wants %s', async (name, code) => {
    const { [name]: _left, ...headers } = signRaw(practice, listing);
    const answer = await sendPlain(practice.server.port, { method: 'GET', path: rawPath(practice, listing), headers });
    expect(answer).toMatchObject({ status: 400, code });
  });

  it.each([
    ['AWS AKID:signature', 'InvalidRequest'],
    ['AWS4-HMAC-SHA256 nonsense', 'AuthorizationHeaderMalformed'],
    ['AWS4-HMAC-SHA256 Credential=A/20250101/auto/s3/aws4_request,SignedHeaders=host', 'AuthorizationHeaderMalformed'],
  ])('refuses the mechanism "%s"', async (authorization, code) => {
    const headers = { ...signRaw(practice, listing), authorization };
    const answer = await sendPlain(practice.server.port, { method: 'GET', path: rawPath(practice, listing), headers });
    expect(answer).toMatchObject({ status: 400, code });
  });

  it('answers with its own clock, from which a client learns its skew', async () => {
    const ahead = await startPractice({ clockOffsetMs: 3_600_000 });
    const refused = await sendRaw(ahead, listing);
    expect(refused.code).toBe('RequestTimeTooSkewed');
    expect(Date.parse(refused.headers['date'] ?? '') - Date.now()).toBeGreaterThan(3_590_000);
    const client = practiceClient(ahead, { maxAttempts: 2 });
    await client.send(new PutObjectCommand({ Bucket: ahead.bucket, Key: 'k', Body: 'x' }));
    await ahead.stop();
  });
});

const presign = async (expiresIn: number, signingDate = new Date()): Promise<URL> =>
  new URL(
    await getSignedUrl(
      practiceClient(practice),
      new GetObjectCommand(
        { Bucket: practice.bucket, Key: key, ResponseContentDisposition: 'attachment; filename="é.mp4"' },
      ),
      { expiresIn, signingDate },
    ),
  );

describe('presigned requests', () => {
  it('serves a GET, with the file name that was signed', async () => {
    const answer = await fetch(await presign(60));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('twelve bytes');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="é.mp4"');
  });

  it('serves a week, and a client whose clock is a quarter of an hour ahead', async () => {
    expect((await fetch(await presign(604_800))).status).toBe(200);
    expect((await fetch(await presign(1, new Date(Date.now() + 800_000)))).status).toBe(200);
  });

  it('refuses after the last second', async () => {
    expect((await fetch(await presign(100, new Date(Date.now() - 98_000)))).status).toBe(200);
    const answer = await fetch(await presign(100, new Date(Date.now() - 102_000)));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
  });

  it('refuses what is not valid yet', async () => {
    const answer = await fetch(await presign(7200, new Date(Date.now() + 3_600_000)));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('not yet valid');
  });

  it.each(['0', '604801', '-1', 'x', ''])('refuses an expiry of "%s"', async (expires) => {
    const url = await presign(60);
    url.searchParams.set('X-Amz-Expires', expires);
    const answer = await fetch(url);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>AuthorizationQueryParametersError</Code>');
  });

  it.each(
    ['X-Amz-Expires', 'response-content-disposition', 'X-Amz-Signature'],
  )('notices a changed %s', async (name) => {
    const url = await presign(60);
    url.searchParams.set(name, '61');
    const answer = await fetch(url);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('refuses two signatures at once', async () => {
    const answer = await fetch(await presign(60), { headers: { authorization: 'AWS4-HMAC-SHA256 x' } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Only one auth mechanism allowed');
  });

  it('reads headers moved into the query: the CRC32 of an empty body refuses every other', async () => {
    const client = practiceClient(practice, { requestChecksumCalculation: 'WHEN_SUPPORTED' });
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket: practice.bucket, Key: 'trap' }));
    expect(url).toContain('x-amz-checksum-crc32=AAAAAA');
    const answer = await fetch(url, { method: 'PUT', body: 'not empty' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>BadDigest</Code>');
    const plain = await getSignedUrl(
      practiceClient(practice),
      new PutObjectCommand({ Bucket: practice.bucket, Key: 'trap' }),
    );
    expect((await fetch(plain, { method: 'PUT', body: 'not empty' })).status).toBe(200);
  });

  it('takes a presigned UploadPart and answers the ETag', async () => {
    const created = await sendRaw(practice, { method: 'POST', path: `/${practice.bucket}/p`, query: { uploads: '' } });
    const UploadId = /<UploadId>(.*?)<\/UploadId>/.exec(created.text)?.[1];
    const command = new UploadPartCommand({ Bucket: practice.bucket, Key: 'p', UploadId, PartNumber: 1 });
    const url = await getSignedUrl(practiceClient(practice), command);
    const answer = await fetch(url, { method: 'PUT', body: 'part' });
    expect(answer.headers.get('etag')).toBe(`"${createHash('md5').update('part').digest('hex')}"`);
  });
});
