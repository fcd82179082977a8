/**
 * Everything that can go wrong and that a person may read about. Closed on purpose: a new code without a sentence in
 * every language does not compile (renderer/text/error-text.ts).
 */
export const errorCodes = [
  'source-missing',
  'source-changed',
  'source-unreadable',
  'source-empty',
  'source-growing',
  'not-a-video',
  'too-large',
  'invalid-key',
  'key-taken',
  'object-exists',
  'object-mismatch',
  'upload-expired',
  'destination-missing',
  'destination-busy',
  'credentials-missing',
  'credentials-rejected',
  'access-denied',
  'bucket-not-found',
  'wrong-region',
  'clock-skew',
  'tls-untrusted',
  'captive-portal',
  'outside-schedule',
  'proxy-refused',
  'offline',
  'connection-lost',
  'timeout',
  'rate-limited',
  'server-error',
  'unexpected-answer',
  'checksum-unconfirmed',
  'invalid-request',
  'keychain-unavailable',
  'journal-unwritable',
  'disk-missing',
  'disk-full',
  'disk-read-only',
  'disk-file-limit',
  'quota-exceeded',
  'outside-prefix',
  'other-place',
  'object-missing',
  'object-changed',
  'delete-unconfirmed',
  'upload-in-use',
  'not-supported',
  'map-unreadable',
  'settings-incomplete',
  'trash-unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses to the window. `detail` is for "copy details": technical, and free of secrets and signed URLs. */
export interface AppError {
  readonly code: ErrorCode;
  readonly detail?: string;
}

/** The envelope of every answer over IPC: Electron delivers only the message of a thrown error, so none is thrown. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };

/** Ends a `switch` over a union: a member that was forgotten does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
