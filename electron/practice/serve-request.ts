import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BucketDisk } from './bucket-disk.ts';
import { readBodyClaims } from './body-claims.ts';
import { listBuckets } from './bucket-operations.ts';
import { answerPreflight, corsHeaders } from './cors-answer.ts';
import { drainBody } from './drain-body.ts';
import { withHoistedHeaders } from './hoisted-headers.ts';
import type { BucketCall, ServerSettings } from './operation.ts';
import {
  BUCKET_OPERATIONS,
  checkUnknownHeaders,
  OBJECT_OPERATIONS,
  routeRequest,
  type BucketOperationName,
  type ObjectOperationName,
  type OperationName,
} from './route-request.ts';
import { faultDocument, S3Fault } from './s3-fault.ts';
import { bodyLength, sendReply, type Reply } from './s3-reply.ts';
import { isLoopbackAddress, isLoopbackHost, queryValue, readRequest, type S3Request } from './s3-request.ts';
import { verifySignature, type Identity, type SignatureJudge } from './verify-signature.ts';

/** One line of the server's log; tests count requests with it. */
export interface PracticeRequest {
  /** `Unknown` for what the server has no name for. */
  readonly operation: OperationName | 'Unknown';
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly uploadId: string | undefined;
  readonly partNumber: number | undefined;
  /** Of the request's body, as far as it was read. */
  readonly bytes: number;
  /** Of the answer's body. */
  readonly bytesSent: number;
  /** 0: the client was gone before it could be told. */
  readonly status: number;
  readonly errorCode: string | undefined;
}

/** All that lives as long as the server. */
export interface PracticeHouse {
  readonly buckets: ReadonlyMap<string, BucketDisk>;
  readonly settings: ServerSettings;
  readonly judge: SignatureJudge;
  readonly onRequest: (entry: PracticeRequest) => void;
}

/** A request on its way; filled as it is understood, so that the log knows even what went wrong early. */
interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  request: S3Request | undefined;
  operation: PracticeRequest['operation'];
  bytes: number;
  errorCode: string | undefined;
}

export async function serveRequest(
  house: PracticeHouse,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const exchange: Exchange = {
    message, response, requestId, request: undefined, operation: 'Unknown', bytes: 0, errorCode: undefined,
  };
  const delivered = whenDelivered(response);
  const reply = await answer(house, exchange).catch((error: unknown) => faultReply(exchange, error));
  const headers = { ...commonHeaders(house, exchange), ...reply.headers };
  if (exchange.errorCode !== undefined) drainBody(message, response);
  const isHead = message.method === 'HEAD';
  const sending = sendReply(response, { ...reply, headers }, isHead).catch(() => {
    // The client left in the middle of the answer. Nobody is there to tell.
    response.destroy();
  });
  // Logged before the client can have read the answer and asked the next thing, so the log is in order.
  const isDelivered = await delivered;
  report(house, exchange, {
    bytesSent: isDelivered && !isHead ? bodyLength(reply) : 0,
    status: isDelivered ? response.statusCode : 0,
  });
  await sending;
}

/** True when the last byte went to the socket, false when the connection closed before. */
async function whenDelivered(response: ServerResponse): Promise<boolean> {
  return await new Promise((resolve) => {
    response.once('finish', () => resolve(true));
    response.once('close', () => resolve(false));
  });
}

/**
 * Cheap and dangerous first: who may talk to us at all, then what is asked, then whether the signature holds, and only
 * then anything that tells what is in the bucket.
 */
async function answer(house: PracticeHouse, exchange: Exchange): Promise<Reply> {
  const { message } = exchange;
  if (!isLoopbackAddress(message.socket.remoteAddress) || !isLoopbackHost(message.headers.host ?? '')) {
    throw new S3Fault('AccessDenied', 'This server answers its own machine only, by a loopback name.');
  }
  const received = readRequest(message);
  exchange.request = received;
  exchange.operation = routeRequest(received);
  if (exchange.operation === 'Preflight') return answerPreflight(received, bucketOf(house, received));
  const identity = verifySignature(received, house.judge);
  checkAccess(identity, exchange.operation, house.settings);
  const isPresigned = identity.kind === 'signed' && identity.isPresigned;
  const request = isPresigned ? withHoistedHeaders(received) : received;
  checkUnknownHeaders(request);
  if (exchange.operation === 'ListBuckets') return listBuckets([...house.buckets.values()], house.settings);
  const bucket = bucketOf(house, request);
  if (bucket === undefined) {
    throw new S3Fault('NoSuchBucket', 'The specified bucket does not exist', {
      details: { BucketName: request.bucket ?? '' },
    });
  }
  const claims = readBodyClaims(request, identity, house.settings);
  const onBytes = (count: number): void => {
    exchange.bytes += count;
  };
  return await perform(exchange.operation, { request, identity, claims, settings: house.settings, bucket, onBytes });
}

/** Signed ones may what the key may; unsigned ones may read objects of a public bucket, and nothing else. */
function checkAccess(identity: Identity, operation: OperationName, settings: ServerSettings): void {
  const isRead = operation === 'GetObject' || operation === 'HeadObject';
  if (identity.kind === 'signed' ? !settings.refuses.has(operation) : isRead && settings.publicRead) return;
  throw new S3Fault('AccessDenied', 'Access Denied');
}

async function perform(
  operation: BucketOperationName | ObjectOperationName,
  call: BucketCall,
): Promise<Reply> {
  if (isBucketOperation(operation)) return await BUCKET_OPERATIONS[operation](call);
  const key = call.request.key ?? '';
  const limit = call.settings.rules.maxKeyBytes;
  if (Buffer.byteLength(key) > limit) {
    throw new S3Fault('KeyTooLongError', 'Your key is too long', {
      details: { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: String(limit) },
    });
  }
  return await OBJECT_OPERATIONS[operation]({ ...call, key });
}

function isBucketOperation(name: BucketOperationName | ObjectOperationName): name is BucketOperationName {
  return Object.hasOwn(BUCKET_OPERATIONS, name);
}

function bucketOf(house: PracticeHouse, request: S3Request): BucketDisk | undefined {
  return house.buckets.get(request.bucket ?? '');
}

/** The cause of an InternalError goes to the client: it is the person's own machine, and their best clue. */
function faultReply(exchange: Exchange, error: unknown): Reply {
  // Anything else than a fault of the protocol is ours: a full disk, a bug. S3 says 500 then, and clients retry.
  const fault =
    error instanceof S3Fault
      ? error
      : new S3Fault('InternalError', 'We encountered an internal error. Please try again.', {
          details: { Cause: error instanceof Error ? error.message : String(error) },
        });
  exchange.errorCode = fault.code;
  const resource = exchange.request?.path ?? '';
  return {
    status: fault.status,
    headers: { 'content-type': 'application/xml', ...fault.headers },
    body: faultDocument(fault, resource, exchange.requestId),
  };
}

/** Date is the server's clock, from which clients learn their skew; the request id is what support would ask for. */
function commonHeaders(house: PracticeHouse, exchange: Exchange): Readonly<Record<string, string>> {
  const { request } = exchange;
  const isPreflight = exchange.operation === 'Preflight';
  return {
    'x-amz-request-id': exchange.requestId,
    date: new Date(house.settings.now()).toUTCString(),
    ...(request === undefined || isPreflight ? {} : corsHeaders(request, bucketOf(house, request))),
  };
}

function report(house: PracticeHouse, exchange: Exchange, end: Pick<PracticeRequest, 'bytesSent' | 'status'>): void {
  const { request, operation, bytes, errorCode } = exchange;
  const partNumber = request && queryValue(request, 'partNumber');
  house.onRequest({
    operation,
    bucket: request?.bucket,
    key: request?.key,
    uploadId: request && queryValue(request, 'uploadId'),
    partNumber: partNumber === undefined ? undefined : Number(partNumber),
    bytes,
    ...end,
    errorCode,
  });
}
