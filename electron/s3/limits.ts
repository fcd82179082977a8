import type { StorageLimits } from '../uploads/ports.ts';

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** AWS S3 "Multipart upload limits" allows more, Cloudflare R2 "Limits" 4.995 TiB and 4.995 GiB: the smaller of both. */
export const limits: StorageLimits = {
  maxObjectBytes: 5 * 1024 * GiB - 5 * GiB,
  maxParts: 10_000,
  minPartBytes: 5 * MiB,
  maxPartBytes: 5 * GiB - 5 * MiB,
};
