import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import { UploadError, toAppError } from '../uploads/upload-error.ts';
import { toUploadError } from './s3-errors.ts';
import { WebPageError } from './s3-request-handler.ts';

const patient = new AbortController().signal;
const told = (thrown: unknown): UploadError => toUploadError(thrown, patient) as UploadError;

/** An answer of a server, as the SDK throws it. */
function answered(
  name: string,
  httpStatusCode: number,
  more: { headers?: Record<string, string>; skew?: boolean } = {},
): Error {
  return Object.assign(new Error(`text of ${name} with https://b.example/v.mp4?X-Amz-Signature=planted`), {
    name,
    $fault: 'client',
    $metadata: {
      httpStatusCode,
      requestId: 'request-1',
      attempts: 1,
      ...(more.skew === true ? { clockSkewCorrected: true } : {}),
    },
    $response: { statusCode: httpStatusCode, headers: more.headers ?? {} },
  });
}

/** Trouble of the network, as Node and the SDK's handler throw it. */
const network = (code: string, name = 'Error'): Error =>
  Object.assign(new Error(`${code} 203.0.113.7:443`), { name, code, $metadata: { attempts: 1 } });

it('that time is up is no fault of ours; every other reason is passed on', async () => {
  const up = AbortSignal.timeout(0);
  await new Promise((resolve) => up.addEventListener('abort', resolve));
  expect(toUploadError(new Error('aborted'), up)).toMatchObject({ code: 'timeout', facts: { isUnclear: true } });
  const reason = new Error('paused');
  expect(toUploadError(new Error('aborted'), AbortSignal.abort(reason))).toBe(reason);
});

const answers: ReadonlyArray<readonly [string, number, ErrorCode, isUnclear: boolean]> = [
  ['NoSuchUpload', 404, 'upload-expired', false],
  ['ConditionalRequestConflict', 409, 'upload-expired', false],
  ['NoSuchBucket', 404, 'bucket-not-found', false],
  ['InvalidAccessKeyId', 403, 'credentials-rejected', false],
  ['SignatureDoesNotMatch', 403, 'credentials-rejected', false],
  ['Unauthorized', 401, 'credentials-rejected', false],
  ['ExpiredToken', 400, 'credentials-rejected', false],
  ['InvalidToken', 400, 'credentials-rejected', false],
  ['AccessDenied', 403, 'access-denied', false],
  ['Unknown', 403, 'access-denied', false],
  ['Unknown', 401, 'credentials-rejected', false],
  ['PermanentRedirect', 301, 'wrong-region', true],
  ['Unknown', 301, 'wrong-region', true],
  ['AuthorizationHeaderMalformed', 400, 'wrong-region', false],
  ['RequestTimeTooSkewed', 403, 'clock-skew', false],
  ['SlowDown', 503, 'rate-limited', true],
  ['TooManyRequests', 429, 'rate-limited', false],
  ['Unknown', 429, 'rate-limited', false],
  ['RequestTimeout', 400, 'timeout', false],
  ['Unknown', 408, 'timeout', true],
  ['BadDigest', 400, 'unexpected-answer', false],
  ['XAmzContentSHA256Mismatch', 400, 'unexpected-answer', false],
  ['IncompleteBody', 400, 'unexpected-answer', false],
  ['ClientDisconnect', 400, 'connection-lost', false],
  ['InternalError', 500, 'server-error', true],
  ['InternalError', 200, 'server-error', true],
  ['ServiceUnavailable', 503, 'server-error', true],
  ['Unknown', 502, 'server-error', true],
  ['Unknown', 504, 'server-error', true],
  ['InvalidPart', 400, 'object-mismatch', false],
  ['InvalidPartOrder', 400, 'object-mismatch', false],
  ['EntityTooSmall', 400, 'object-mismatch', false],
  ['EntityTooLarge', 400, 'too-large', false],
  ['PreconditionFailed', 412, 'object-exists', false],
  ['Unknown', 412, 'object-exists', false],
  ['KeyTooLongError', 400, 'invalid-key', false],
  ['InvalidArgument', 400, 'invalid-request', false],
  ['SyntaxError', 200, 'unexpected-answer', true],
];

describe('an answer of the server', () => {
  it.each(answers)('%s with HTTP %i is %s (unclear: %s)', (name, httpStatus, code, isUnclear) => {
    expect(told(answered(name, httpStatus))).toMatchObject({
      code,
      facts: { httpStatus, serverCode: name, isUnclear, requestId: 'request-1' },
    });
  });

  it('403 without a body is the clock, where the client has just found out', () => {
    expect(told(answered('Unknown', 403, { skew: true })).code).toBe('clock-skew');
  });

  it.each([
    ['17', 17_000],
    ['0', 0],
    ['86400', 600_000],
    [new Date(Date.now() - 60_000).toUTCString(), 0],
    ['soon', undefined],
  ])('with Retry-After %s asks for %s ms', (header, retryAfterMs) => {
    const error = told(answered('SlowDown', 503, { headers: { 'retry-after': header } }));
    expect(error.facts.retryAfterMs).toBe(retryAfterMs);
  });

  it('with a date in Retry-After asks for the time until then', () => {
    const header = new Date(Date.now() + 30_000).toUTCString();
    const { retryAfterMs } = told(answered('SlowDown', 503, { headers: { 'retry-after': header } })).facts;
    expect(retryAfterMs).toBeGreaterThan(28_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30_000);
  });
});

describe('trouble of the network', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ECONNREFUSED'])('%s is offline', (code) => {
    expect(told(network(code))).toMatchObject({ code: 'offline', facts: { isUnclear: true } });
  });

  it('no connection within the limit is offline', () => {
    const error = Object.assign(new Error('did not establish a connection'), { name: 'TimeoutError', $metadata: {} });
    expect(told(error).code).toBe('offline');
  });

  // The SDK's handler renames these three to TimeoutError (node-http-handler, NODEJS_TIMEOUT_ERROR_CODES).
  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('%s in the middle of a request is a lost connection', (code) => {
    expect(told(network(code, 'TimeoutError'))).toMatchObject({ code: 'connection-lost', facts: { isUnclear: true } });
    expect(told(network(code)).code).toBe('connection-lost');
  });

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('%s is a certificate that is not trusted', (code) => {
    expect(told(network(code)).code).toBe('tls-untrusted');
  });

  it('a web page instead of an answer is a captive portal', () => {
    expect(told(new WebPageError())).toMatchObject({ code: 'captive-portal', facts: { isUnclear: true } });
  });

  it('an answer that cannot be read is unexpected', () => {
    const error = told(new SyntaxError('Unexpected end'));
    expect(error).toMatchObject({ code: 'unexpected-answer', facts: { isUnclear: true } });
  });
});

describe('an error of the engine', () => {
  it('is the reason of the signal when the request was interrupted', () => {
    const controller = new AbortController();
    const reason = new UploadError('timeout');
    controller.abort(reason);
    expect(toUploadError(network('ECONNRESET'), controller.signal)).toBe(reason);
  });

  it('passes as it is, and what is no error is a fault of ours', () => {
    const error = new UploadError('too-large');
    expect(told(error)).toBe(error);
    expect(told('text').code).toBe('internal');
  });

  it.each([answered('SlowDown', 503), network('ECONNRESET'), new Error('https://b/v?X-Amz-Signature=planted')])(
    'holds nothing of the text that the SDK wrote',
    (thrown) => {
      const error = told(thrown);
      const all = `${error.message} ${error.stack} ${JSON.stringify(toAppError(error))} ${String(error.facts.cause)}`;
      expect(all).not.toMatch(/planted|203\.0\.113|https:/);
    },
  );
});
