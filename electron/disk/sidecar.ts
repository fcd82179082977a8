import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isAbsent } from './disk-errors.ts';
import { keyHash } from './disk-key.ts';
import { makeFolder, writeDurably } from './durable-files.ts';
import type { Disk } from './volume.ts';

/**
 * What a bucket would keep as an object's metadata. It counts only while the file has the size and the time of
 * modification that it had when it was put there: whoever writes into it has another file.
 */
export const factsSchema = z.object({
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Epoch milliseconds, as the file system gave it back. */
  mtimeMs: z.number(),
  etag: z.string().min(1),
  /** Of the whole file, base64. */
  crc64nvme: z.string().length(12),
  uploadToken: z.string(),
  contentType: z.string(),
  originalName: z.string(),
  appVersion: z.string(),
  /** Of the upload that brought it: what a crash left of that is found by it. */
  uploadId: z.string(),
});
export type ObjectFacts = z.infer<typeof factsSchema>;

const sidecarSchema = z.object({
  kind: z.literal('remessa-object'),
  schemaVersion: z.literal(1),
  key: z.string(),
  facts: factsSchema,
});

function sidecarPath({ objects }: Disk, key: string): string {
  const hash = keyHash(key);
  return join(objects, hash.slice(0, 2), `${hash}.json`);
}

/** Null where nothing is known of the file as it is now. */
export async function readFacts(
  disk: Disk,
  key: string,
  file: { readonly size: number; readonly mtimeMs: number },
): Promise<ObjectFacts | null> {
  const parsed = sidecarSchema.safeParse(await readJson(sidecarPath(disk, key)));
  if (!parsed.success || parsed.data.key !== key) return null;
  const { facts } = parsed.data;
  return facts.size === file.size && facts.mtimeMs === file.mtimeMs ? facts : null;
}

/** `workshop`: the folder of the upload, in which it is made. */
export async function writeFacts(disk: Disk, key: string, facts: ObjectFacts, workshop: string): Promise<void> {
  const path = sidecarPath(disk, key);
  await makeFolder(disk.objects);
  await makeFolder(dirname(path));
  const content: z.infer<typeof sidecarSchema> = { kind: 'remessa-object', schemaVersion: 1, key, facts };
  await writeDurably(path, `${JSON.stringify(content)}\n`, workshop);
}

export const removeFacts = (disk: Disk, key: string): Promise<void> => rm(sidecarPath(disk, key), { force: true });

/** Undefined where there is no such file, or it is no JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isAbsent(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
