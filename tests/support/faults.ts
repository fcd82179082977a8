/** Everything a network, a proxy or a storage service can do to one request, as values a test can name. */

export type Fault =
  /** The connection is reset after so many bytes of the request's body went through. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /**
   * The body stands still after so many bytes. Whoever does not read does not see the other side leave either: "for
   * ever" ends with `offline(true)` or `stop()`, as a dead link would with its own end.
   */
  | { readonly kind: 'stall'; readonly ms: number; readonly afterBytes: number }
  /** An answer of the proxy's own; nothing is forwarded. */
  | { readonly kind: 'respond'; readonly answer: OwnAnswer }
  /** The server does it all, and the client never hears of it. */
  | { readonly kind: 'lose-answer' }
  /** 200, and an error inside, as CompleteMultipartUpload may answer; possibly after the work was done. */
  | { readonly kind: 'ok-with-error'; readonly code: string; readonly isForwarded: boolean; readonly tail: string }
  | { readonly kind: 'etag'; readonly etag: string }
  /** One byte of the body arrives wrong. */
  | { readonly kind: 'flip-byte'; readonly offset: number }
  | { readonly kind: 'delay-answer'; readonly ms: number }
  /** The connection closes after so many bytes of the answer's body. */
  | { readonly kind: 'cut-answer'; readonly bytes: number }
  /** 200 and white space at once, the answer later, as S3 keeps a long Complete alive. */
  | { readonly kind: 'spaces'; readonly everyMs: number; readonly count: number }
  /** Neither reads nor answers; ends as a stall does. */
  | { readonly kind: 'black-hole' }
  /** The answer's Date says another time. */
  | { readonly kind: 'shift-date'; readonly ms: number };

export interface OwnAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Before the body was read, as servers answer that have seen enough. */
  readonly isEarly?: boolean;
}

export const resetAfterBytes = (afterBytes: number): Fault => ({ kind: 'reset', afterBytes });

export const stall = (ms: number | 'forever', afterBytes = 0): Fault => ({
  kind: 'stall',
  ms: ms === 'forever' ? Number.POSITIVE_INFINITY : ms,
  afterBytes,
});

export const respond = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
  more: Pick<OwnAnswer, 'isEarly'> = {},
): Fault => ({ kind: 'respond', answer: { status, headers, body, ...more } });

/** An error document with its code, such as `respondError(503, 'SlowDown', { 'retry-after': '1' })`. */
export const respondError = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Fault =>
  respond(status, { 'content-type': 'application/xml', ...headers }, errorDocument(code));

/** What hotel networks say to everything. */
export const captivePortal = (): Fault =>
  respond(200, { 'content-type': 'text/html' }, '<!doctype html><title>Welcome</title><p>Please accept our terms.</p>');

export const loseAnswer = (): Fault => ({ kind: 'lose-answer' });

/** `isForwarded`: an error "though done". `tail: '\n'` makes SDK 3.1169 take the error for a success. */
export const okWithErrorBody = (
  code: string,
  more: { readonly isForwarded?: boolean; readonly tail?: string } = {},
): Fault => ({
  kind: 'ok-with-error',
  code,
  isForwarded: more.isForwarded ?? false,
  tail: more.tail ?? '',
});

export const answerWithEtag = (etag: string): Fault => ({ kind: 'etag', etag });
export const flipByte = (offset: number): Fault => ({ kind: 'flip-byte', offset });
export const delayAnswer = (ms: number): Fault => ({ kind: 'delay-answer', ms });
export const cutAnswer = (bytes: number): Fault => ({ kind: 'cut-answer', bytes });
export const spacesBeforeAnswer = (everyMs: number, count: number): Fault => ({ kind: 'spaces', everyMs, count });
export const blackHole = (): Fault => ({ kind: 'black-hole' });
export const shiftDate = (ms: number): Fault => ({ kind: 'shift-date', ms });

export function errorDocument(code: string): string {
  const inner = `<Code>${code}</Code><Message>Made by the fault proxy</Message><RequestId>FAULT</RequestId>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`;
}
