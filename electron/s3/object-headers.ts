import type { ObjectDescription } from '../uploads/ports.ts';

/** Metadata that tells our object from every other one. */
export const tokenHeader = 'remessa-token';

/** What CreateMultipartUpload and PutObject say about an object. */
export interface ObjectHeaders {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
  readonly Metadata: Record<string, string>;
}

export function objectHeaders(bucket: string, appVersion: string, object: ObjectDescription): ObjectHeaders {
  return {
    Bucket: bucket,
    Key: object.key,
    ContentType: object.contentType,
    Metadata: {
      [tokenHeader]: object.uploadToken,
      // Headers are ASCII; S3 counts at most 2 KB of metadata in all.
      'remessa-name': encodeURIComponent(object.originalName).slice(0, 1024),
      'remessa-version': appVersion,
    },
  };
}
