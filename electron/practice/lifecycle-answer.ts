import { abortOf, lifecycleDocument, parseLifecycleRules } from './lifecycle-rules.ts';
import { documentBody, requireDigest, type BucketCall } from './operation.ts';
import { receiveText } from './receive-body.ts';
import { S3Fault } from './s3-fault.ts';
import { emptyReply, type Reply } from './s3-reply.ts';
import type { StoredUpload } from './stored.ts';

/** On R2 lifecycle rules want an Admin token; `refuses` makes the practice credentials one that is none. */
export async function getBucketLifecycle({ bucket }: BucketCall): Promise<Reply> {
  if (bucket.lifecycle.length === 0) {
    throw new S3Fault('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
  }
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: lifecycleDocument(bucket.lifecycle) };
}

/** Replaces all rules, as PutBucketCors does. */
export async function putBucketLifecycle(call: BucketCall): Promise<Reply> {
  requireDigest(call);
  const rules = parseLifecycleRules(await receiveText(documentBody(call)));
  await call.bucket.exclusive(() => call.bucket.saveLifecycle(rules));
  return emptyReply(200);
}

export async function deleteBucketLifecycle({ bucket }: BucketCall): Promise<Reply> {
  await bucket.exclusive(() => bucket.saveLifecycle([]));
  return emptyReply(204);
}

/** S3 tells with Create and ListParts when a rule will end the upload. R2 documents no such headers. */
export function abortHeaders({ bucket, settings }: BucketCall, upload: StoredUpload): Readonly<Record<string, string>> {
  const abort = settings.rules.tellsAbortDate ? abortOf(bucket.lifecycle, upload) : undefined;
  if (abort === undefined) return {};
  return { 'x-amz-abort-date': new Date(abort.atMs).toUTCString(), 'x-amz-abort-rule-id': encodeURIComponent(abort.ruleId) };
}
