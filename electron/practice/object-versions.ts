import { randomName } from './bucket-folder.ts';
import type { BucketCall, ObjectCall } from './operation.ts';
import { S3Fault } from './s3-fault.ts';
import { emptyReply, xmlReply, type Reply } from './s3-reply.ts';
import type { StoredObject } from './stored.ts';
import { element, resultElement } from './xml-write.ts';

type Headers = Readonly<Record<string, string>>;

/** A bucket that never kept versions answers an empty document; R2 does not know the question. */
export async function getBucketVersioning({ settings }: BucketCall): Promise<Reply> {
  if (!settings.rules.hasVersions) throw new S3Fault('NotImplemented', 'GetBucketVersioning is not implemented');
  const status = settings.keepsVersions ? [element('Status', 'Enabled')] : [];
  return xmlReply(resultElement('VersioningConfiguration', status));
}

/** What a write answers of the version that it has made. Nobody can ask for one: `versionId` is not implemented. */
export function versionHeaders({ settings }: BucketCall, object: StoredObject): Headers {
  return settings.keepsVersions ? { 'x-amz-version-id': object.dataId } : {};
}

/**
 * Deleting what is not there is a success too: S3 cannot tell the difference, and neither may a client. Where versions
 * are kept, a marker hides the object, and its bytes stay.
 */
export async function deleteObject({ bucket, key, settings }: ObjectCall): Promise<Reply> {
  await bucket.exclusive(() => bucket.removeObject(key));
  return emptyReply(204, settings.keepsVersions ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': randomName() } : {});
}

/** Of a key without an object: who may not list the bucket is not told that nothing is there (S3). */
export function missingKey({ bucket, key, settings }: ObjectCall): S3Fault {
  if (settings.rules.hidesMissingKeys && settings.refuses.has('ListObjectsV2')) {
    return new S3Fault('AccessDenied', 'Access Denied');
  }
  return new S3Fault('NoSuchKey', 'The specified key does not exist.', {
    details: { Key: key },
    headers: bucket.isHidden(key) ? { 'x-amz-delete-marker': 'true' } : {},
  });
}
