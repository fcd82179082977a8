import type { DestinationDraft } from '../../../shared/settings.ts';
import type { CorsRules, Upkeep } from '../../upkeep/ports.ts';
import type { ObjectStorage } from '../../uploads/ports.ts';
import type { UploadError } from '../../uploads/upload-error.ts';
import type { BucketClient } from '../s3-client.ts';
import type { Litter } from './litter.ts';
import type { Probe } from './probe.ts';

export type BucketDestination = Exclude<DestinationDraft, { kind: 'disk' }>;

/** What the checks of one bucket work with. */
export interface Scene {
  readonly destination: BucketDestination;
  /** What its keys begin with. */
  readonly prefix: string;
  /** With notes about the server of its own: what another client has learned is looked at afresh. */
  readonly bucket: BucketClient;
  readonly storage: ObjectStorage;
  readonly upkeep: Pick<Upkeep, 'deleteObject'> & { readonly cors: CorsRules };
  readonly litter: Litter;
  /** The object that most of the checks are about. */
  readonly probe: Probe;
  /** Where strangers find the objects, and the proxy on the way there; null without a public address. */
  readonly publicPlace: { readonly baseUrl: string; readonly proxy: string | null } | null;
  readonly notes: Notes;
}

/** What one check tells another. */
export interface Notes {
  /** Milliseconds that this computer's clock is behind the server's. */
  clockBehindMs: number;
  /** Why no upload could be begun, where that is no matter of the key. */
  refusedAtCreate: UploadError | null;
  /** The server has confirmed the checksum of a part. */
  confirmsParts: boolean;
}

/** The provider's words for what a key may do. */
export interface Permissions {
  readonly put: string;
  readonly get: string;
  readonly delete: string;
  readonly listParts: string;
  readonly abort: string;
  readonly readCors: string;
  readonly readLifecycle: string;
}

const s3Permissions: Permissions = {
  put: 's3:PutObject',
  get: 's3:GetObject',
  delete: 's3:DeleteObject',
  listParts: 's3:ListMultipartUploadParts',
  abort: 's3:AbortMultipartUpload',
  readCors: 's3:GetBucketCORS',
  readLifecycle: 's3:GetLifecycleConfiguration',
};

const objects = 'Object Read & Write';
const admin = 'Admin Read & Write';
/** Cloudflare R2, "Authentication": tokens are of four kinds, and rules of the bucket are for those of an Admin. */
const r2Permissions: Permissions = {
  put: objects,
  get: objects,
  delete: objects,
  listParts: objects,
  abort: objects,
  readCors: admin,
  readLifecycle: admin,
};

export const permissionsOf = ({ kind }: BucketDestination): Permissions => (kind === 'r2' ? r2Permissions : s3Permissions);
