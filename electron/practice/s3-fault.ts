import { element, xmlDocument } from './xml-write.ts';

/**
 * S3 error codes and their HTTP status, from the "Error responses" page of the S3 API reference and R2's
 * "Error codes". A code that is not here cannot be answered.
 */
const STATUS_OF = {
  AccessDenied: 403,
  AccessForbidden: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  EntityTooLarge: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  InvalidURI: 400,
  KeyTooLongError: 400,
  MalformedXML: 400,
  MetadataTooLarge: 400,
  MissingContentLength: 411,
  MissingSecurityHeader: 400,
  NoSuchBucket: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  XAmzContentSHA256Mismatch: 400,
} as const satisfies Readonly<Record<string, number>>;

export type FaultCode = keyof typeof STATUS_OF;

/** A class because it is thrown: `instanceof` tells an answer of the protocol from a fault of our own. */
export class S3Fault extends Error {
  readonly code: FaultCode;
  readonly status: number;
  /** Further elements of the error document, such as `<Region>` or `<CanonicalRequest>`. */
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: FaultCode, message: string, extra: FaultExtra = {}) {
    super(message);
    this.name = 'S3Fault';
    this.code = code;
    this.status = STATUS_OF[code];
    this.details = extra.details ?? {};
    this.headers = extra.headers ?? {};
  }
}

interface FaultExtra {
  readonly details?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The document S3 sends with every error that may have a body. */
export function faultDocument(fault: S3Fault, resource: string, requestId: string): string {
  const details = Object.entries(fault.details).map(([name, value]) => element(name, value));
  return xmlDocument(
    element('Error', [
      element('Code', fault.code),
      element('Message', fault.message),
      ...details,
      element('Resource', resource),
      element('RequestId', requestId),
    ]),
  );
}

export function invalidArgument(name: string, value: string, message: string): S3Fault {
  return new S3Fault('InvalidArgument', message, { details: { ArgumentName: name, ArgumentValue: value } });
}

/** R2 names the header it does not know in these words. */
export function headerNotImplemented(name: string, value: string): S3Fault {
  return new S3Fault('NotImplemented', `Header '${name}' with value '${value}' not implemented`, {
    details: { Header: name },
  });
}
