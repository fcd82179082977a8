import { z } from 'zod';
import { verificationLevels } from './upload.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
/** CRC-64/NVME as S3 writes it: eight bytes, base64. */
const crc64Base64 = z.string().regex(/^[A-Za-z0-9+/]{11}=$/);

/**
 * What was proved about one upload, in a form that can be proved again later without downloading the video. Described
 * in docs/receipts.md. Holds no secret and no signed URL.
 */
export const receiptSchema = z.object({
  kind: z.literal('remessa-receipt'),
  schemaVersion: z.literal(1),
  /** The upload's id in the app that made it. */
  id: z.uuid(),
  appVersion: z.string(),
  file: z.object({
    name: z.string(),
    /** Bytes. */
    size: z.int().nonnegative(),
    /** ISO 8601, UTC. */
    modifiedAt: z.iso.datetime(),
  }),
  destination: z.object({
    /** In the app that made it: its credentials are in the keychain under this id. */
    id: z.string(),
    /** Of the destination in the app that made it: where its credentials are in the keychain. */
    kind: z.enum(['r2', 's3', 'disk', 'practice']),
    name: z.string(),
    /** The server's address; the folder of a disk. */
    endpoint: z.string(),
    region: z.string(),
    bucket: z.string(),
    /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
    isPathStyle: z.boolean(),
  }),
  object: z.object({
    key: z.string(),
    contentType: z.string(),
    etag: z.string(),
    /** The mark in the object's metadata that tells it from any other under the same key; null where it has none. */
    uploadToken: z.string().nullable(),
    /** The whole file's, computed here and confirmed by the server; null where the server keeps none. */
    crc64nvme: crc64Base64.nullable(),
  }),
  /** In order; empty for a file that went in one request. */
  parts: z.array(
    z.object({
      partNumber: z.int().min(1).max(10_000),
      size: z.int().positive(),
      etag: z.string(),
      crc64nvme: crc64Base64.optional(),
      sha256: sha256Hex.optional(),
    }),
  ),
  verification: z.enum(verificationLevels),
  /** ISO 8601, UTC. */
  addedAt: z.iso.datetime(),
  verifiedAt: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** One thing that a second look at the object compared with the receipt. */
export interface ReceiptCheck {
  readonly what: 'exists' | 'size' | 'type' | 'token' | 'etag' | 'checksum';
  /** `unknown`: this server does not say. */
  readonly result: 'same' | 'different' | 'unknown';
}

export interface ReceiptReport {
  /** Nothing is different, and at least size and token, ETag or checksum are the same. */
  readonly passed: boolean;
  readonly checks: readonly ReceiptCheck[];
}
