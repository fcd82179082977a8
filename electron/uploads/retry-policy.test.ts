import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes } from '../../shared/errors.ts';
import { outcomeOf } from './outcome.ts';
import { backoffMs, judge } from './retry-policy.ts';
import { UploadError } from './upload-error.ts';

const half = (): number => 0.5;

/** For each code: verdict of the first try, and the last try that is still repeated. */
const table: { readonly [C in ErrorCode]: readonly [first: string, retriesUpTo: number, then: string] } = {
  'connection-lost': ['retry', 5, 'give-back'],
  timeout: ['retry', 5, 'give-back'],
  'server-error': ['retry', 5, 'give-back'],
  'unexpected-answer': ['retry', 5, 'give-back'],
  'journal-unwritable': ['retry', 5, 'give-back'],
  'rate-limited': ['retry', 5, 'slow-down'],
  offline: ['offline', 0, 'offline'],
  'captive-portal': ['offline', 0, 'offline'],
  'source-missing': ['source-missing', 0, 'source-missing'],
  'credentials-rejected': ['retry', 2, 'block-destination'],
  'access-denied': ['retry', 2, 'block-destination'],
  'clock-skew': ['retry', 2, 'block-destination'],
  'credentials-missing': ['block-destination', 0, 'block-destination'],
  'bucket-not-found': ['block-destination', 0, 'block-destination'],
  'wrong-region': ['block-destination', 0, 'block-destination'],
  'tls-untrusted': ['block-destination', 0, 'block-destination'],
  'destination-missing': ['block-destination', 0, 'block-destination'],
  'proxy-refused': ['block-destination', 0, 'block-destination'],
  'keychain-unavailable': ['block-destination', 0, 'block-destination'],
  'upload-expired': ['upload-gone', 0, 'upload-gone'],
  'source-changed': ['final', 0, 'final'],
  'source-unreadable': ['final', 0, 'final'],
  'source-empty': ['final', 0, 'final'],
  'not-a-video': ['final', 0, 'final'],
  'too-large': ['final', 0, 'final'],
  'invalid-key': ['final', 0, 'final'],
  'object-exists': ['final', 0, 'final'],
  'key-taken': ['final', 0, 'final'],
  'destination-busy': ['final', 0, 'final'],
  'object-mismatch': ['final', 0, 'final'],
  'invalid-request': ['final', 0, 'final'],
  'checksum-unconfirmed': ['final', 0, 'final'],
  'outside-schedule': ['final', 0, 'final'],
  'source-growing': ['final', 0, 'final'],
  'disk-missing': ['offline', 0, 'offline'],
  'disk-full': ['give-back', 0, 'give-back'],
  'quota-exceeded': ['give-back', 0, 'give-back'],
  'disk-read-only': ['block-destination', 0, 'block-destination'],
  'settings-incomplete': ['block-destination', 0, 'block-destination'],
  'disk-file-limit': ['final', 0, 'final'],
  'outside-prefix': ['final', 0, 'final'],
  'other-place': ['final', 0, 'final'],
  'object-missing': ['final', 0, 'final'],
  'object-changed': ['final', 0, 'final'],
  'delete-unconfirmed': ['final', 0, 'final'],
  'upload-in-use': ['final', 0, 'final'],
  'not-supported': ['final', 0, 'final'],
  'map-unreadable': ['final', 0, 'final'],
  'trash-unavailable': ['final', 0, 'final'],
  internal: ['final', 0, 'final'],
};

describe('judge', () => {
  it.each(errorCodes.map((code) => ({ code, first: table[code][0] })))('$code: first $first', ({ code, first }) => {
    expect(judge(new UploadError(code), 1, half).kind).toBe(first);
  });

  it.each(errorCodes.filter((code) => table[code][1] > 0))('%s is repeated as often as it may be', (code) => {
    expect(judge(new UploadError(code), table[code][1], half).kind).toBe('retry');
  });

  it.each(errorCodes)('%s is not repeated once more than it may be', (code) => {
    const [, retries, then] = table[code];
    expect(judge(new UploadError(code), retries + 1, half).kind).toBe(then);
    expect(judge(new UploadError(code), Infinity, half).kind).toBe(then);
  });

  it('obeys Retry-After as a minimum', () => {
    const limited = new UploadError('rate-limited', { retryAfterMs: 45_000 });
    expect(judge(limited, 1, half)).toEqual({ kind: 'retry', afterMs: 45_000 });
    expect(judge(limited, 6, half)).toEqual({ kind: 'slow-down', afterMs: 45_000 });
    const busy = new UploadError('server-error', { retryAfterMs: 10 });
    expect(judge(busy, 5, half)).toEqual({ kind: 'retry', afterMs: 8_000 });
  });

  it('tries at once with a clock that has just been corrected', () => {
    expect(judge(new UploadError('clock-skew'), 1, half)).toEqual({ kind: 'retry', afterMs: 0 });
  });
});

describe('backoff', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [6, 32_000],
    [7, 60_000],
    [8, 60_000],
    [1_000, 60_000],
    [5_000, 60_000],
  ])('try %i waits anything from nothing up to %i ms', (attempt, ceiling) => {
    expect(backoffMs(attempt, () => 0)).toBe(0);
    expect(backoffMs(attempt, half)).toBe(ceiling / 2);
    expect(backoffMs(attempt, () => 0.999_999_999)).toBe(ceiling);
  });
});

describe('how a run ends', () => {
  it.each([
    ['server-error', 'retry'],
    ['rate-limited', 'rate-limited'],
    ['captive-portal', 'offline'],
    ['access-denied', 'blocked'],
    ['source-missing', 'source-missing'],
    ['source-changed', 'failed'],
    ['upload-expired', 'failed'],
  ] as const)('%s ends it as %s', (code, kind) => {
    expect(outcomeOf(new UploadError(code), false)).toMatchObject({ kind, error: { code } });
  });

  it('is interrupted whatever the error, once it was told to stop', () => {
    expect(outcomeOf(new UploadError('access-denied'), true)).toEqual({ kind: 'interrupted' });
  });

  it('makes a fault of ours `internal`', () => {
    expect(outcomeOf(new TypeError('x'), false)).toMatchObject({ kind: 'failed', error: { code: 'internal' } });
  });
});
