import { S3Fault } from './s3-fault.ts';
import { queryValue, type S3Request } from './s3-request.ts';

/** The claim a request makes about who signed it, from the Authorization header or from the query (presigned). */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly payloadHash: string;
  /** Presigned requests only. */
  readonly expiresSeconds: number | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_EXPIRES_SECONDS = 604_800;

/** Undefined: nobody signed. */
export function readAuthorization(request: S3Request): SignatureClaim | undefined {
  const header = request.headers.get('authorization');
  const isPresigned = queryValue(request, 'X-Amz-Algorithm') !== undefined;
  if (header !== undefined && isPresigned) {
    throw new S3Fault('InvalidRequest', 'Only one auth mechanism allowed');
  }
  if (header !== undefined) return readHeader(request, header);
  if (isPresigned) return readPresigned(request);
  return undefined;
}

/** The three words in their order, comma between them; S3 takes them with and without the space. */
function readHeader(request: S3Request, header: string): SignatureClaim {
  if (!header.startsWith(`${ALGORITHM} `)) {
    throw new S3Fault(
      'InvalidRequest',
      `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
    );
  }
  const match = /^Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([^,\s]+)$/.exec(
    header.slice(ALGORITHM.length).trim(),
  );
  if (match === null) throw malformedHeader('The authorization header is malformed.');
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const payloadHash = request.headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new S3Fault('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return {
    ...readCredential(credential, malformedHeader),
    timestamp: readTimestamp(request),
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash,
    expiresSeconds: undefined,
  };
}

/** `Date` is the fallback of the specification for clients that cannot set x-amz-date. */
function readTimestamp(request: S3Request): string {
  const amzDate = request.headers.get('x-amz-date');
  if (amzDate !== undefined) return amzDate;
  const date = Date.parse(request.headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    throw new S3Fault('MissingSecurityHeader', 'Your request is missing a required header: x-amz-date');
  }
  return new Date(date).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** All of it must be there: a link without an expiry would be one for ever. */
function readPresigned(request: S3Request): SignatureClaim {
  const read = (name: string): string => {
    const value = queryValue(request, name);
    if (value !== undefined && value !== '') return value;
    throw malformedQuery(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, ' +
        'X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  };
  if (read('X-Amz-Algorithm') !== ALGORITHM) throw malformedQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  return {
    ...readCredential(read('X-Amz-Credential'), malformedQuery),
    timestamp: read('X-Amz-Date'),
    signedHeaders: read('X-Amz-SignedHeaders').split(';'),
    signature: read('X-Amz-Signature'),
    // The body of a presigned request is unknown when it is signed, unless the signer says otherwise.
    payloadHash:
      queryValue(request, 'X-Amz-Content-Sha256') ?? request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    expiresSeconds: readExpires(read('X-Amz-Expires')),
  };
}

/** One second to seven days, at S3 and R2 alike. */
function readExpires(text: string): number {
  const seconds = Number(text);
  if (!/^-?\d+$/.test(text)) throw malformedQuery('X-Amz-Expires should be a number');
  if (seconds < 1) throw malformedQuery('X-Amz-Expires must be greater than zero');
  if (seconds > MAX_EXPIRES_SECONDS) {
    throw malformedQuery(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ' +
        `${MAX_EXPIRES_SECONDS} seconds`,
    );
  }
  return seconds;
}

type Credential = Pick<SignatureClaim, 'accessKeyId' | 'date' | 'region'>;

/** `AKID/20130524/auto/s3/aws4_request`. */
function readCredential(text: string, fault: (message: string) => S3Fault): Credential {
  const [accessKeyId = '', date = '', region = '', service, terminator, ...rest] = text.split('/');
  if (rest.length > 0 || accessKeyId === '' || !/^\d{8}$/.test(date) || terminator !== 'aws4_request') {
    throw fault('The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  }
  if (service !== 's3') throw fault(`The service "${service ?? ''}" is wrong; expecting "s3".`);
  return { accessKeyId, date, region };
}

function malformedHeader(message: string): S3Fault {
  return new S3Fault('AuthorizationHeaderMalformed', message);
}

function malformedQuery(message: string): S3Fault {
  return new S3Fault('AuthorizationQueryParametersError', message);
}
