import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const signature = 'fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024';

/** What somebody might pass to the log by mistake. */
const planted: ReadonlyArray<readonly [string, string, string]> = [
  ['a presigned URL', `https://b.example/v.mp4?X-Amz-Expires=60&X-Amz-Signature=${signature}`, signature],
  ['its credential', `https://b.example/v.mp4?X-Amz-Credential=${secret}&x=1`, secret],
  ['a session token in a URL', `https://b.example/v.mp4?X-Amz-Security-Token=${secret}`, secret],
  ['a header', `X-Amz-Security-Token: ${secret}`, secret],
  ['an S3 authorization', `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=${signature}`, signature],
  ['a bearer token', `Authorization: Bearer ${secret}`, secret],
  ['credentials as JSON', JSON.stringify({ accessKeyId: 'AKIA', secretAccessKey: secret }), secret],
  ['credentials as JSON inside JSON', JSON.stringify({ detail: JSON.stringify({ secretAccessKey: secret }) }), secret],
  ['an environment variable', `AWS_SECRET_ACCESS_KEY=${secret}`, secret],
  ['R2 in an environment file', `R2_SECRET_ACCESS_KEY="${secret}"`, secret],
  ['a session token', `{"sessionToken":"${secret}"}`, secret],
  ['a password in an address', `https://user:${signature}@s3.example.com/bucket`, signature],
  ['a presigned URL inside another', encodeURIComponent(`https://b/v.mp4?X-Amz-Signature=${signature}`), signature],
];

describe('the log', () => {
  it.each(planted)('does not keep %s', (_what, line, hidden) => {
    expect(redact(line)).not.toContain(hidden);
    expect(redact(`event ${JSON.stringify({ detail: line })}`)).not.toContain(hidden);
  });

  it.each([
    'run-ended {"id":"00000000-0000-4000-8000-000000000001","outcome":"retry","code":"server-error"}',
    'status {"from":"queued","to":"uploading"}',
    'complete-unclear {"code":"unexpected-answer","detail":"unexpected-answer · InternalError · HTTP 500","attempt":2}',
  ])('keeps what is needed to help: %s', (line) => {
    expect(redact(line)).toBe(line);
  });
});
