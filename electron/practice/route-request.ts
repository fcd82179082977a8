import { getBucketLocation, headBucket } from './bucket-operations.ts';
import { completeMultipartUpload } from './complete-upload.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from './cors-answer.ts';
import { createMultipartUpload } from './create-upload.ts';
import { deleteBucketLifecycle, getBucketLifecycle, putBucketLifecycle } from './lifecycle-answer.ts';
import { listObjectsV2 } from './list-objects.ts';
import { listMultipartUploads, listParts } from './list-uploads.ts';
import { deleteObject, getBucketVersioning } from './object-versions.ts';
import type { BucketOperation, ObjectOperation } from './operation.ts';
import { putObject } from './put-object.ts';
import { readObject } from './read-object.ts';
import { headerNotImplemented, invalidArgument, S3Fault } from './s3-fault.ts';
import { queryValue, type S3Request } from './s3-request.ts';
import { abortMultipartUpload, uploadPart } from './upload-part.ts';

/** The operations there are, by the names of the S3 API reference. Everything else is 501. */

export const BUCKET_OPERATIONS = {
  HeadBucket: headBucket,
  GetBucketLocation: getBucketLocation,
  GetBucketCors: getBucketCors,
  PutBucketCors: putBucketCors,
  DeleteBucketCors: deleteBucketCors,
  GetBucketLifecycleConfiguration: getBucketLifecycle,
  PutBucketLifecycleConfiguration: putBucketLifecycle,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  GetBucketVersioning: getBucketVersioning,
  ListObjectsV2: listObjectsV2,
  ListMultipartUploads: listMultipartUploads,
} as const satisfies Readonly<Record<string, BucketOperation>>;

export const OBJECT_OPERATIONS = {
  PutObject: putObject,
  GetObject: readObject,
  HeadObject: readObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  ListParts: listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
} as const satisfies Readonly<Record<string, ObjectOperation>>;

export type BucketOperationName = keyof typeof BUCKET_OPERATIONS;
export type ObjectOperationName = keyof typeof OBJECT_OPERATIONS;
export type OperationName = 'ListBuckets' | 'Preflight' | BucketOperationName | ObjectOperationName;

/** What a token that is for objects only may not do (R2 "Object Read & Write"; here also the listings, to be strict). */
export const BUCKET_LEVEL: readonly OperationName[] = [
  'ListBuckets',
  ...(Object.keys(BUCKET_OPERATIONS) as BucketOperationName[]),
];

/** Query parameters that select an operation. Any of S3's other ones means an operation that is not here. */
const UNKNOWN_SUBRESOURCES = new Set([
  'accelerate', 'acl', 'analytics', 'attributes', 'delete', 'encryption', 'intelligent-tiering', 'inventory',
  'legal-hold', 'logging', 'metadataTable', 'metrics', 'notification', 'object-lock',
  'ownershipControls', 'policy', 'policyStatus', 'publicAccessBlock', 'renameObject', 'replication',
  'requestPayment', 'restore', 'retention', 'select', 'session', 'tagging', 'torrent', 'versionId', 'versions',
  'website',
]);

/** Ignoring one of these would promise what is not kept: a lock, a key, an owner, a copy. */
const UNKNOWN_HEADERS = [
  'acl', 'bypass-governance', 'copy-source', 'expected-bucket-owner', 'grant-', 'mfa', 'object-lock-',
  'server-side-encryption', 'tagging', 'website-redirect', 'write-offset',
].map((name) => `x-amz-${name}`);

/**
 * Method, place and query select the operation; headers never do. A copy is a PutObject with a header, which is why
 * `checkUnknownHeaders` exists.
 */
export function routeRequest(request: S3Request): OperationName {
  const subresource = request.query.find((pair) => UNKNOWN_SUBRESOURCES.has(pair.name));
  if (subresource !== undefined) throw notImplemented();
  if (request.method === 'OPTIONS') return 'Preflight';
  if (request.bucket === undefined) {
    if (request.method === 'GET') return 'ListBuckets';
    throw notImplemented();
  }
  return request.key === undefined ? routeBucket(request) : routeObject(request);
}

/** After the signature: an unsigned probe learns nothing about what is implemented. */
export function checkUnknownHeaders(request: S3Request): void {
  for (const [name, value] of request.headers) {
    if (UNKNOWN_HEADERS.some((each) => name.startsWith(each))) throw headerNotImplemented(name, value);
    if (name === 'x-amz-storage-class' && value !== 'STANDARD') throw headerNotImplemented(name, value);
  }
}

function has(request: S3Request, name: string): boolean {
  return queryValue(request, name) !== undefined;
}

function routeBucket(request: S3Request): OperationName {
  const isCors = has(request, 'cors');
  const isLifecycle = has(request, 'lifecycle');
  switch (request.method) {
    case 'HEAD':
      return 'HeadBucket';
    case 'PUT':
      if (isCors) return 'PutBucketCors';
      if (isLifecycle) return 'PutBucketLifecycleConfiguration';
      break;
    case 'DELETE':
      if (isCors) return 'DeleteBucketCors';
      if (isLifecycle) return 'DeleteBucketLifecycle';
      break;
    case 'GET':
      if (isCors) return 'GetBucketCors';
      if (isLifecycle) return 'GetBucketLifecycleConfiguration';
      if (has(request, 'versioning')) return 'GetBucketVersioning';
      if (has(request, 'location')) return 'GetBucketLocation';
      if (has(request, 'uploads')) return 'ListMultipartUploads';
      if (queryValue(request, 'list-type') === '2') return 'ListObjectsV2';
      break;
    default:
  }
  throw notImplemented();
}

function routeObject(request: S3Request): OperationName {
  const hasUploadId = has(request, 'uploadId');
  const hasPartNumber = has(request, 'partNumber');
  // GET and HEAD of one part exist on S3; nothing here needs them.
  if (hasPartNumber && request.method !== 'PUT') throw notImplemented();
  switch (request.method) {
    case 'HEAD':
      return 'HeadObject';
    case 'GET':
      return hasUploadId ? 'ListParts' : 'GetObject';
    case 'DELETE':
      return hasUploadId ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'PUT':
      // A forgotten parameter must not fall through to PutObject and overwrite the object with one part.
      if (hasUploadId !== hasPartNumber) {
        throw invalidArgument(hasUploadId ? 'partNumber' : 'uploadId', '', 'UploadPart needs partNumber and uploadId');
      }
      return hasUploadId ? 'UploadPart' : 'PutObject';
    case 'POST':
      if (has(request, 'uploads')) return 'CreateMultipartUpload';
      if (hasUploadId) return 'CompleteMultipartUpload';
      break;
    default:
  }
  throw notImplemented();
}

function notImplemented(): S3Fault {
  return new S3Fault('NotImplemented', 'A header or query you provided implies functionality that is not implemented.');
}
