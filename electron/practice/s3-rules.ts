import { type LifecycleRule, R2_DEFAULT_LIFECYCLE } from './lifecycle-rules.ts';

/** The limits a real bucket enforces, and where Cloudflare R2 and Amazon S3 differ. One value per server. */

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

export interface S3Rules {
  readonly dialect: 'r2' | 'aws';
  /** Every part but the last: 5 MiB at both (S3 "qfacts", R2 "Multipart objects"). Tests lower it. */
  readonly minPartSize: number;
  /** One request, be it a part or a PutObject: 5 GiB at S3, 5 MiB less at R2 ("R2 limits"). */
  readonly maxBodySize: number;
  readonly maxPartNumber: number;
  readonly maxKeyBytes: number;
  /** User metadata, names and values together: 2 KB at S3, 8,192 bytes at R2. */
  readonly maxMetadataBytes: number;
  /** R2 refuses parts of unequal size, but only at Complete (R2 release note of 2022-10-28). */
  readonly equalPartSizes: boolean;
  /** R2 sorts the list given to Complete (since 2024-01-26), S3 answers InvalidPartOrder. */
  readonly sortsParts: boolean;
  /** R2 aborts the upload when the condition of a Complete fails (2023-08-11), S3 keeps it. */
  readonly abortsOnFailedCondition: boolean;
  /** S3 answers the same Complete a second time with success, R2 and MinIO with NoSuchUpload. */
  readonly repeatsComplete: boolean;
  /** R2's default rule aborts unfinished uploads after 7 days; S3 keeps them for ever until somebody makes a rule. */
  readonly defaultLifecycle: readonly LifecycleRule[];
  /** S3 tells with an upload when a rule will abort it. */
  readonly tellsAbortDate: boolean;
  readonly acceptsTrailers: boolean;
  /** An object-scoped R2 token cannot list the buckets of the account. */
  readonly listsBuckets: boolean;
  /** S3 combines CRC32 to a checksum of the whole object, R2 only CRC64NVME. */
  readonly fullObjectCrc32: boolean;
  /** S3 wants Content-MD5 or a checksum with PutBucketCors and PutBucketLifecycleConfiguration. */
  readonly documentsNeedDigest: boolean;
  /** S3 answers 403 for a key that is not there to whoever may not list the bucket. */
  readonly hidesMissingKeys: boolean;
  /** R2 has no versions. */
  readonly hasVersions: boolean;
}

export function rulesOf(dialect: 'r2' | 'aws', minPartSize = 5 * MiB): S3Rules {
  const isAws = dialect === 'aws';
  return {
    dialect,
    minPartSize,
    maxBodySize: isAws ? 5 * GiB : 5 * GiB - 5 * MiB,
    maxPartNumber: 10_000,
    maxKeyBytes: 1024,
    maxMetadataBytes: isAws ? 2048 : 8192,
    equalPartSizes: !isAws,
    sortsParts: !isAws,
    abortsOnFailedCondition: !isAws,
    repeatsComplete: isAws,
    defaultLifecycle: isAws ? [] : R2_DEFAULT_LIFECYCLE,
    tellsAbortDate: isAws,
    acceptsTrailers: isAws,
    listsBuckets: isAws,
    fullObjectCrc32: isAws,
    documentsNeedDigest: isAws,
    hidesMissingKeys: isAws,
    hasVersions: isAws,
  };
}
