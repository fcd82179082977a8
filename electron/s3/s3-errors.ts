import type { ErrorCode } from '../../shared/errors.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { WebPageError } from './s3-request-handler.ts';

/** S3's and R2's own codes (AWS "Error responses"; Cloudflare R2 "Error codes") in the engine's words. */
const byServerCode: Readonly<Record<string, ErrorCode>> = {
  NoSuchUpload: 'upload-expired',
  // AWS: a racing write wins, and the upload is gone; HEAD and a fresh start decide.
  ConditionalRequestConflict: 'upload-expired',
  NoSuchBucket: 'bucket-not-found',
  InvalidBucketName: 'bucket-not-found',
  InvalidAccessKeyId: 'credentials-rejected',
  SignatureDoesNotMatch: 'credentials-rejected',
  Unauthorized: 'credentials-rejected',
  InvalidToken: 'credentials-rejected',
  ExpiredToken: 'credentials-rejected',
  TokenRefreshRequired: 'credentials-rejected',
  InvalidSecurity: 'credentials-rejected',
  AccessDenied: 'access-denied',
  AllAccessDisabled: 'access-denied',
  AccountProblem: 'access-denied',
  NotEntitled: 'access-denied',
  ObjectLockedByBucketPolicy: 'access-denied',
  PermanentRedirect: 'wrong-region',
  AuthorizationHeaderMalformed: 'wrong-region',
  IllegalLocationConstraintException: 'wrong-region',
  RequestTimeTooSkewed: 'clock-skew',
  RequestExpired: 'clock-skew',
  ExpiredRequest: 'clock-skew',
  SlowDown: 'rate-limited',
  TooManyRequests: 'rate-limited',
  Throttling: 'rate-limited',
  RequestTimeout: 'timeout',
  BadDigest: 'unexpected-answer',
  XAmzContentSHA256Mismatch: 'unexpected-answer',
  IncompleteBody: 'unexpected-answer',
  ClientDisconnect: 'connection-lost',
  OperationAborted: 'server-error',
  InternalError: 'server-error',
  ServiceUnavailable: 'server-error',
  InvalidPart: 'object-mismatch',
  InvalidPartOrder: 'object-mismatch',
  EntityTooSmall: 'object-mismatch',
  EntityTooLarge: 'too-large',
  PreconditionFailed: 'object-exists',
  KeyTooLongError: 'invalid-key',
};

/** Nothing at the other end: no name, no route, nobody listening. */
const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ECONNREFUSED',
  'EADDRNOTAVAIL',
]);
const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/;

interface SdkError extends Error {
  readonly code?: unknown;
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly clockSkewCorrected?: boolean;
  };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Whatever a request threw, as an UploadError. An interrupted request rejects with the signal's own reason, unless that
 * is only that time is up. No message of the SDK is taken over: some hold URLs.
 */
export function toUploadError(thrown: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return isTimeout(signal.reason) ? new UploadError('timeout', { isUnclear: true }) : signal.reason;
  if (thrown instanceof UploadError) return thrown;
  if (!(thrown instanceof Error)) return new UploadError('internal', { cause: thrown });
  const error: SdkError = thrown;
  if (error instanceof WebPageError) return new UploadError('captive-portal', { isUnclear: true, cause: plain(error) });
  const httpStatus = error.$metadata?.httpStatusCode;
  if (httpStatus === undefined) return networkError(error);
  const retryAfterMs = retryAfter(error.$response?.headers?.['retry-after']);
  const requestId = error.$metadata?.requestId;
  // A HEAD has no body to say why; but the SDK has just found out that this computer's clock is wrong.
  const isClockWrong = httpStatus === 403 && error.$metadata?.clockSkewCorrected === true;
  return new UploadError(errorCodeOf(httpStatus, error.name, isClockWrong), {
    httpStatus,
    serverCode: error.name,
    isUnclear: httpStatus < 400 || httpStatus >= 500 || httpStatus === 408,
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}

/** AbortSignal.timeout's reason. */
const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError';

/** What an answer means. `serverCode`: the server's own word for it, where there is one. */
export function errorCodeOf(httpStatus: number, serverCode = '', isClockWrong = false): ErrorCode {
  const named = byServerCode[serverCode];
  if (named !== undefined) return named;
  if (isClockWrong) return 'clock-skew';
  if (httpStatus === 401) return 'credentials-rejected';
  if (httpStatus === 403) return 'access-denied';
  if (httpStatus === 301 || httpStatus === 307) return 'wrong-region';
  if (httpStatus === 407) return 'proxy-refused';
  if (httpStatus === 408) return 'timeout';
  if (httpStatus === 412) return 'object-exists';
  if (httpStatus === 429) return 'rate-limited';
  if (httpStatus >= 500) return 'server-error';
  return httpStatus >= 400 ? 'invalid-request' : 'unexpected-answer';
}

function networkError(error: SdkError): UploadError {
  const code = typeof error.code === 'string' ? error.code : '';
  const cause = plain(error);
  if (unreachable.has(code)) return new UploadError('offline', { isUnclear: true, cause });
  // The handler's limit for DNS, TCP and TLS. (It also gives this name to resets, which keep their code.)
  if (error.name === 'TimeoutError' && code === '') return new UploadError('offline', { isUnclear: true, cause });
  if (certificate.test(code)) return new UploadError('tls-untrusted', { cause });
  if (code !== '' || error.name === 'TimeoutError') return new UploadError('connection-lost', { isUnclear: true, cause });
  // An answer that could not be read (cut off, or not XML) has no code at all.
  return new UploadError('unexpected-answer', { isUnclear: true, cause });
}

/** The error without its message and its attachments: name and system code are all that may be shown or logged. */
function plain(error: SdkError): Error {
  const code = typeof error.code === 'string' ? error.code : undefined;
  return Object.assign(new Error(error.name), { name: error.name }, code === undefined ? {} : { code });
}

/** RFC 9110, 10.2.3: seconds, or a date. Milliseconds, at most ten minutes; null when absent or unreadable. */
function retryAfter(header: string | undefined): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 600_000) : null;
}
