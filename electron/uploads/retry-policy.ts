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

function natureOf(code: ErrorCode): Nature {
  switch (code) {
    case 'connection-lost':
    case 'timeout':
    case 'server-error':
    case 'unexpected-answer':
    // A full disk is emptied by somebody: the upload stands still and says so, and goes on by itself.
    case 'journal-unwritable':
      return 'passing';
    case 'disk-full':
    case 'quota-exceeded':
      return 'no-room';
    case 'rate-limited':
      return 'slow-down';
    case 'offline':
    case 'captive-portal':
    // It is plugged in again, or mounted: the same as a network that comes back.
    case 'disk-missing':
      return 'offline';
    case 'source-missing':
      return 'source-missing';
    case 'credentials-rejected':
    case 'credentials-missing':
    case 'access-denied':
    case 'bucket-not-found':
    case 'wrong-region':
    case 'clock-skew':
    case 'tls-untrusted':
    case 'destination-missing':
    case 'keychain-unavailable':
    case 'proxy-refused':
    case 'disk-read-only':
    case 'settings-incomplete':
      return 'refusal';
    case 'upload-expired':
      return 'upload-gone';
    case 'source-changed':
    case 'source-unreadable':
    case 'source-empty':
    case 'not-a-video':
    case 'too-large':
    case 'invalid-key':
    case 'key-taken':
    case 'destination-busy':
    case 'object-exists':
    case 'object-mismatch':
    case 'invalid-request':
    case 'internal':
    case 'checksum-unconfirmed':
    case 'outside-schedule':
    case 'source-growing':
    case 'disk-file-limit':
    case 'outside-prefix':
    case 'other-place':
    case 'object-missing':
    case 'delete-unconfirmed':
    case 'upload-in-use':
    case 'not-supported':
    case 'map-unreadable':
    case 'trash-unavailable':
      return 'final';
    default:
      return assertNever(code);
  }
}

/**
 * The one owner of retry. `attempt` counts the tries of this request so far, from 1. Offline spends no attempt; what
 * the server asks for with Retry-After is obeyed as a minimum.
 */
export function judge(error: UploadError, attempt: number, random: () => number): Verdict {
  const nature = natureOf(error.code);
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
