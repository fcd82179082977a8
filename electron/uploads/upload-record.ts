import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { conflictRules, deletionKinds, localFileStates, uploadNotices, verificationLevels } from '../../shared/upload.ts';

const appError = z.object({ code: z.enum(errorCodes), detail: z.string().optional() });
const existing = z.object({ size: z.number().nonnegative(), modifiedAt: z.number().nullable() }).nullable().default(null);

/** How far the server knows of the upload; pinned, so that a resume never recomputes it. */
const transferSchema = z.discriminatedUnion('kind', [
  /** Nothing has been sent. */
  z.object({ kind: z.literal('none') }),
  /**
   * CreateMultipartUpload has been sent and its answer not journaled. After a crash here the server may hold an
   * upload whose id nobody knows; `since` (epoch ms) narrows the search for it.
   */
  z.object({ kind: z.literal('creating'), since: z.number() }),
  z.object({
    kind: z.literal('multipart'),
    /** S3's id. */
    uploadId: z.string().min(1),
    /** Bytes. R2 refuses unequal parts at Complete, so this never changes for an uploadId. */
    partSize: z.int().positive(),
    /** The checksum that goes with each part. `crc64nvme` where the server said that it keeps one. */
    checksum: z.enum(['crc64nvme', 'sha256']).default('sha256'),
    createdAt: z.number(),
    /** When the server drops the unfinished upload (epoch ms), where it said so. */
    expiresAt: z.number().nullable(),
  }),
  /** PutObject has been sent at least once: the object may be there. */
  z.object({ kind: z.literal('single'), since: z.number() }),
]);

const status = z.discriminatedUnion('status', [
  z.object({ status: z.literal('queued') }),
  z.object({ status: z.literal('uploading') }),
  z.object({
    status: z.literal('waiting'),
    reason: z.enum(['offline', 'backoff', 'rate-limited', 'source', 'destination', 'growing']),
    retryAt: z.number().nullable(),
    error: appError,
  }),
  z.object({ status: z.literal('paused') }),
  /** Complete has been or is about to be sent: a HEAD decides before anything else. */
  z.object({ status: z.literal('completing') }),
  z.object({
    status: z.literal('completed'),
    completedAt: z.number(),
    etag: z.string(),
    /** Of the whole file, where it was worked out. */
    crc64nvme: z.string().nullable().default(null),
    verification: z.enum(verificationLevels),
    /** The same content stood there; nothing was sent. */
    wasThere: z.boolean().default(false),
    /** The mark of whoever sent what was there: with `wasThere` it is not ours. */
    token: z.string().nullable().default(null),
    localFile: z.enum(localFileStates).default('kept'),
  }),
  z.object({ status: z.literal('failed'), error: appError, existing }),
  z.object({ status: z.literal('skipped'), existing }),
  /** Kept as a memory of what was there. */
  z.object({ status: z.literal('deleted'), deletedAt: z.number(), deletion: z.enum(deletionKinds) }),
  /** AbortMultipartUpload is not confirmed yet. */
  z.object({ status: z.literal('canceling') }),
]);

/** One upload as the journal keeps it. The window never sees this shape; `toUpload` makes the one that it does. */
export const uploadRecordSchema = z.object({
  schemaVersion: z.literal(1),
  /** Ours (UUID): file name in the journal, row in the window. */
  id: z.uuid(),
  /** Order in the queue, ascending. A fraction may stand between two, so that a move writes one record. */
  position: z.number(),
  addedAt: z.number(),
  source: z.object({
    /** Absolute, links resolved. */
    path: z.string().min(1),
    /** For people: the name as it was dropped. */
    name: z.string().min(1),
    size: z.int().nonnegative(),
    mtimeMs: z.number(),
    /** See Fingerprint. Empty while another program still writes the file. */
    sample: z.string(),
  }),
  /** The file's own place, while a copy of it in the holding folder is the source. */
  held: z.object({ path: z.string(), mtimeMs: z.number(), at: z.number() }).nullable().default(null),
  /** Shared by the uploads of one file to several destinations. */
  groupId: z.string().nullable().default(null),
  destinationId: z.string().min(1),
  key: z.string().min(1),
  /** In the object's metadata: tells our object from another under the same key after a lost answer. */
  uploadToken: z.string().min(16),
  /** What happens when another object stands under the key. */
  onConflict: z.enum(conflictRules),
  /** The mark of an object of ours that is not what was sent: it may be replaced without a question, and no other. */
  disowned: z.string().nullable().default(null),
  /** Another object took the key while Complete was on its way. R2 throws the parts away then. */
  wasOvertaken: z.boolean().default(false),
  transfer: transferSchema,
  state: status,
  /** Runs in a row that ended in a passing failure with no new byte acknowledged. */
  attempts: z.int().nonnegative(),
  /** Whole re-sends after a failed verification; one is automatic. */
  resends: z.int().nonnegative(),
  notice: z.enum(uploadNotices).nullable(),
});

export type UploadRecord = Readonly<z.infer<typeof uploadRecordSchema>>;
export type RecordState = UploadRecord['state'];
export type Transfer = UploadRecord['transfer'];
export type Multipart = Extract<Transfer, { kind: 'multipart' }>;

/** A key can change until the server has heard of it, and not any more when all is over. */
export const isKeyFrozen = ({ transfer, state }: UploadRecord): boolean =>
  transfer.kind !== 'none' || state.status === 'completed' || state.status === 'deleted';
/** Another program still writes the file: what is in it is not known yet. */
export const isGrowing = ({ source }: UploadRecord): boolean => source.sample === '';
/** It is there, or its server is putting it together or forgetting it: it cannot go elsewhere any more. */
export const staysWhereItIs = ({ state }: UploadRecord): boolean =>
  ['completed', 'completing', 'deleted', 'canceling'].includes(state.status);
/** Nothing of it goes on any more. */
export const isOver = ({ state }: UploadRecord): boolean =>
  state.status === 'completed' || state.status === 'deleted' || state.status === 'skipped';
