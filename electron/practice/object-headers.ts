import { S3Fault } from './s3-fault.ts';
import type { S3Rules } from './s3-rules.ts';
import type { ObjectHeaders } from './stored.ts';

/** The headers a PutObject or CreateMultipartUpload leaves with the object. */

const KEPT = ['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires'] as const;
const METADATA_PREFIX = 'x-amz-meta-';

/**
 * S3 counts the bytes of metadata names and values without the `x-amz-meta-` before them. A missing content type
 * becomes the one S3 gives, which makes browsers download a video instead of playing it: worth noticing in practice.
 */
export function readObjectHeaders(headers: ReadonlyMap<string, string>, rules: S3Rules): ObjectHeaders {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadataBytes = 0;
  for (const [name, value] of headers) {
    if (name.startsWith(METADATA_PREFIX)) {
      kept[name] = value;
      metadataBytes += name.length - METADATA_PREFIX.length + Buffer.byteLength(value, 'latin1');
    } else if (isKept(name) && value !== '') {
      kept[name] = value;
    }
  }
  if (metadataBytes > rules.maxMetadataBytes) {
    throw new S3Fault('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      details: { Size: String(metadataBytes), MaxSizeAllowed: String(rules.maxMetadataBytes) },
    });
  }
  const encoding = contentEncoding(headers.get('content-encoding'));
  return encoding === undefined ? kept : { ...kept, 'content-encoding': encoding };
}

function isKept(name: string): boolean {
  return KEPT.some((each) => each === name);
}

/** `aws-chunked` tells how the request was sent, and is no property of the object. */
function contentEncoding(value: string | undefined): string | undefined {
  const rest = value?.split(',').filter((each) => !['', 'aws-chunked'].includes(each.trim().toLowerCase()));
  return rest === undefined || rest.length === 0 ? undefined : rest.join(',').trim();
}
