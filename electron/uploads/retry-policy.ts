import { type ErrorCode, assertNever } from '../../shared/errors.ts';
import type { UploadError } from './upload-error.ts';

/** First and longest wait of the backoff, milliseconds. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
/** Tries of one request before the run gives the upload back to the queue, which waits longer and shows it. */
const triesPerRequest = 6;
/** A refusal may be a passing fault of one node (or a clock that has just been corrected): asked again so often. */
const triesOfRefusal = 3;

/** What an error means for whoever got it. */
export type Verdict =
  /** Try the same request again after so long. */
  | { readonly kind: 'retry'; readonly afterMs: number }
  /** Passing, but tried often enough: the queue waits and runs the upload again. */
  | { readonly kind: 'give-back'; readonly afterMs: number }
  | { readonly kind: 'slow-down'; readonly afterMs: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'source-missing' }
  /** Every upload to this destination would fail alike. */
  | { readonly kind: 'block-destination' }
  /** The server does not know the upload (any more): look whether the object is there, else begin anew. */
  | { readonly kind: 'upload-gone' }
  | { readonly kind: 'final' };

type Nature = 'passing' | 'no-room' | 'slow-down' | 'offline' | 'source-missing' | 'refusal' | 'upload-gone' | 'final';

/** A code without a nature does not compile. */
const natures: Readonly<Record<ErrorCode, Nature>> = {
  'connection-lost': 'passing',
  timeout: 'passing',
  'server-error': 'passing',
  'unexpected-answer': 'passing',
  // A full disk is emptied by somebody: the upload stands still and says so, and goes on by itself.
  'journal-unwritable': 'passing',
  'disk-full': 'no-room',
  'quota-exceeded': 'no-room',
  'rate-limited': 'slow-down',
  offline: 'offline',
  'captive-portal': 'offline',
  // It is plugged in again, or mounted: the same as a network that comes back.
  'disk-missing': 'offline',
  'source-missing': 'source-missing',
  'credentials-rejected': 'refusal',
  'credentials-missing': 'refusal',
  'access-denied': 'refusal',
  'bucket-not-found': 'refusal',
  'wrong-region': 'refusal',
  'clock-skew': 'refusal',
  'tls-untrusted': 'refusal',
  'destination-missing': 'refusal',
  'keychain-unavailable': 'refusal',
  'proxy-refused': 'refusal',
  'disk-read-only': 'refusal',
  'settings-incomplete': 'refusal',
  'upload-expired': 'upload-gone',
  'source-changed': 'final',
  'source-unreadable': 'final',
  'source-empty': 'final',
  'source-growing': 'final',
  'not-a-video': 'final',
  'too-large': 'final',
  'invalid-key': 'final',
  'key-taken': 'final',
  'destination-busy': 'final',
  'object-exists': 'final',
  'object-mismatch': 'final',
  'invalid-request': 'final',
  'checksum-unconfirmed': 'final',
  'outside-schedule': 'final',
  'disk-file-limit': 'final',
  'outside-prefix': 'final',
  'other-place': 'final',
  'object-missing': 'final',
  'object-changed': 'final',
  'delete-unconfirmed': 'final',
  'upload-in-use': 'final',
  'not-supported': 'final',
  'map-unreadable': 'final',
  'trash-unavailable': 'final',
  internal: 'final',
};

/**
 * The one owner of retry. `attempt` counts the tries of this request so far, from 1. Offline spends no attempt; what
 * the server asks for with Retry-After is obeyed as a minimum.
 */
export function judge(error: UploadError, attempt: number, random: () => number): Verdict {
  const nature = natures[error.code];
  switch (nature) {
    case 'passing':
    case 'slow-down': {
      const afterMs = Math.max(backoffMs(attempt, random), error.facts.retryAfterMs ?? 0);
      if (attempt < triesPerRequest) return { kind: 'retry', afterMs };
      return { kind: nature === 'passing' ? 'give-back' : 'slow-down', afterMs };
    }
    case 'no-room':
      // Room is made by somebody, not by asking at once again; a smaller video may have it meanwhile.
      return { kind: 'give-back', afterMs: backoffMs(attempt, random) };
    case 'refusal':
      // The first refusal for a wrong clock teaches the client the server's time: the next try needs no wait.
      if (attempt >= triesOfRefusal || !mayPass(error.code)) return { kind: 'block-destination' };
      return { kind: 'retry', afterMs: error.code === 'clock-skew' ? 0 : backoffMs(attempt, random) };
    case 'offline':
    case 'source-missing':
    case 'upload-gone':
    case 'final':
      return { kind: nature };
    default:
      return assertNever(nature);
  }
}

/** Refusals that a single sick node can answer by mistake. */
function mayPass(code: ErrorCode): boolean {
  return code === 'access-denied' || code === 'clock-skew' || code === 'credentials-rejected';
}

/** Full jitter: anything up to a ceiling that doubles, so that many clients do not come back at once. */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)));
}
