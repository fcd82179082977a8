import type { BucketDisk } from './bucket-disk.ts';
import type { BucketCall, ServerSettings } from './operation.ts';
import { S3Fault } from './s3-fault.ts';
import { emptyReply, xmlReply, type Reply } from './s3-reply.ts';
import { element, escapeText, resultElement } from './xml-write.ts';

/** R2's object-scoped tokens, which people are told to make, cannot do this; an AWS key usually can. */
export function listBuckets(buckets: readonly BucketDisk[], settings: ServerSettings): Reply {
  if (!settings.rules.listsBuckets) throw new S3Fault('AccessDenied', 'Access Denied');
  const created = new Date(0).toISOString();
  return xmlReply(
    resultElement('ListAllMyBucketsResult', [
      element('Owner', [element('ID', 'practice')]),
      element(
        'Buckets',
        buckets.map(({ name }) => element('Bucket', [element('Name', name), element('CreationDate', created)])),
      ),
    ]),
  );
}

export async function headBucket(call: BucketCall): Promise<Reply> {
  return emptyReply(200, { 'x-amz-bucket-region': call.settings.region });
}

/** us-east-1 is written as nothing at all: S3's oldest habit. */
export async function getBucketLocation(call: BucketCall): Promise<Reply> {
  const { region } = call.settings;
  return xmlReply(resultElement('LocationConstraint', region === 'us-east-1' ? [] : [escapeText(region)]));
}
