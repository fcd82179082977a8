import type { AppError, ErrorCode } from '../../shared/errors.ts';
import type { ExistingObject } from '../../shared/upload.ts';

interface UploadErrorFacts {
  /** The server's `Retry-After`, milliseconds. */
  readonly retryAfterMs?: number;
  readonly httpStatus?: number;
  /** The server's own code, such as `SlowDown`. */
  readonly serverCode?: string;
  /** The server's request id, for its support. */
  readonly requestId?: string;
  /** Set when the request may have taken effect although no good answer came: only a look at the server can tell. */
  readonly isUnclear?: boolean;
  /** With `object-exists`: what stands under the key. */
  readonly existing?: ExistingObject;
  readonly cause?: unknown;
}

/**
 * The only error that travels inside the engine. Adapters translate theirs at their own edge, so that no type of the
 * SDK or of Node comes in. The message never holds a URL, a key or a header.
 */
export class UploadError extends Error {
  readonly code: ErrorCode;
  readonly facts: UploadErrorFacts;

  constructor(code: ErrorCode, facts: UploadErrorFacts = {}) {
    const words = [
      code,
      facts.serverCode,
      facts.httpStatus === undefined ? undefined : `HTTP ${facts.httpStatus}`,
      facts.requestId === undefined ? undefined : `request ${facts.requestId}`,
    ];
    super(words.filter((word) => word !== undefined).join(' · '), { cause: facts.cause });
    this.name = 'UploadError';
    this.code = code;
    this.facts = facts;
  }
}

/** Anything thrown, as an UploadError; what is not one is a fault of ours and becomes `internal`. */
export function asUploadError(error: unknown): UploadError {
  return error instanceof UploadError ? error : new UploadError('internal', { cause: error });
}

/** The form that may be journaled and shown. */
export function toAppError(error: UploadError): AppError {
  const cause = error.facts.cause;
  const reason = cause instanceof Error ? `${cause.name}${systemCode(cause)}` : '';
  return { code: error.code, detail: reason === '' ? error.message : `${error.message} · ${reason}` };
}

/** The system's code (`ECONNRESET`, `ENOSPC`), which says more than the name and holds nothing private. */
function systemCode(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? ` ${code}` : '';
}
