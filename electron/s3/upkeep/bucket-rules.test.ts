import { createHash } from 'node:crypto';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { CorsRule } from '../../../shared/cors.ts';
import { openBucket } from '../s3-client.ts';
import { corsRules } from './cors-rules.ts';
import { daysUntilDropped, lifecycleRules } from './lifecycle-rules.ts';

const patient = new AbortController().signal;
const closers: Array<() => void> = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

interface Seen {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A bucket that answers every GET with one document, and notes what is put. */
async function bucketWith(document: string, headers: Record<string, string> = {}) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (text: Buffer) => (body += text.toString()));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', headers: request.headers, body });
      response.writeHead(200, { 'content-type': 'application/xml', ...headers }).end(request.method === 'GET' ? document : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bucket = openBucket(
    { endpoint, region: 'auto', bucket: 'videos', isPathStyle: true },
    { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret', sessionToken: null },
  );
  closers.push(() => {
    bucket.handler.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { bucket, put: () => seen.find(({ method }) => method === 'PUT') };
}

const rule: CorsRule = { id: null, origins: ['*'], methods: ['GET'], allowedHeaders: [], exposedHeaders: [], maxAgeSeconds: null };

describe('documents that replace rules', () => {
  it('come with Content-MD5, which all servers take, and with nothing that R2 refuses', async () => {
    const { bucket, put } = await bucketWith('');
    await corsRules(bucket).write([rule], patient);
    const { headers, body } = put()!;
    expect(headers['content-md5']).toBe(createHash('md5').update(body).digest('base64'));
    expect(Object.keys(headers).filter((name) => /checksum/.test(name))).toEqual([]);
    expect(headers['authorization']).toContain('content-md5');
  });

  it('say nothing of what a rule does not have', async () => {
    const { bucket, put } = await bucketWith('');
    await corsRules(bucket).write([rule], patient);
    expect(put()?.body).toContain('<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>');
  });

  it('keep what belongs to the configuration as a whole', async () => {
    const existing = '<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter/><Expiration><Days>9</Days></Expiration></Rule></LifecycleConfiguration>';
    const minimum = { 'x-amz-transition-default-minimum-object-size': 'varies_by_storage_class' };
    const { bucket, put } = await bucketWith(existing, minimum);
    await lifecycleRules(bucket).dropUnfinishedAfter(7, 'school/', patient);
    expect(put()?.headers).toMatchObject(minimum);
    expect(put()?.body).toContain('<Days>9</Days>');
    expect(put()?.body).toContain('<DaysAfterInitiation>7</DaysAfterInitiation>');
  });
});

const aborts = (days: number, filter: string, status = 'Enabled'): string =>
  `<Rule><Status>${status}</Status>${filter}<AbortIncompleteMultipartUpload><DaysAfterInitiation>${days}</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>`;
const prefixed = (prefix: string): string => `<Filter><Prefix>${prefix}</Prefix></Filter>`;

describe('when an unfinished upload is dropped', () => {
  it.each([
    ['no rule', '', null],
    ['one for everything', aborts(7, '<Filter></Filter>'), 7],
    ['one for everything, as it was written before there were filters', aborts(7, '<Prefix></Prefix>'), 7],
    ['one for where videos go', aborts(7, prefixed('school/videos/')), 7],
    ['the first of two', aborts(9, prefixed('')) + aborts(3, prefixed('school/')), 3],
    ['one for another place', aborts(7, prefixed('other/')), null],
    ['one that is switched off', aborts(7, prefixed(''), 'Disabled'), null],
    ['one that does something else', '<Rule><Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule>', null],
  ])('%s', async (_what, rules, days) => {
    const { bucket } = await bucketWith(`<LifecycleConfiguration>${rules}</LifecycleConfiguration>`);
    expect(await daysUntilDropped(bucket, 'school/videos/video_1.mp4', patient)).toBe(days);
  });
});
