import { appendFile, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { JournalContents, StoredPart, UploadJournal } from '../uploads/ports.ts';
import { UploadError } from '../uploads/upload-error.ts';
import { type UploadRecord, uploadRecordSchema } from '../uploads/upload-record.ts';
import { flushFolder, writeAtomically } from './atomic-file.ts';

/** Files open at once while the journal is read: a queue of thousands is more than a process may open. */
const filesAtOnce = 32;

const partSchema = z.object({
  partNumber: z.int().positive(),
  size: z.int().nonnegative(),
  etag: z.string().min(1),
  crc64nvme: z.string().optional(),
  sha256: z.string().optional(),
});

/**
 * Two files per upload in one folder:
 *
 * - `<id>.json`: the record, replaced atomically and flushed at every change of state;
 * - `<id>.parts`: a spare copy of the record in the first line, then one line per part that arrived. Lines are
 *   appended without a flush: they survive the death of the process, and what a power cut takes of them the server's
 *   own list gives back.
 *
 * So the cost of a write depends neither on the length of the queue nor on the number of parts. A record that cannot
 * be read is kept beside as `<id>.json.damaged` and rebuilt from the spare copy.
 */
export function openUploadJournal(folder: string): UploadJournal {
  const recordPath = (id: string): string => join(folder, `${id}.json`);
  const partsPath = (id: string): string => join(folder, `${id}.parts`);
  const ready = guarded(() => mkdir(folder, { recursive: true, mode: 0o700 }));
  // Every method awaits it; nobody may have by the time it fails.
  ready.catch(() => undefined);

  const loadOne = async (id: string): Promise<JournalContents['entries'][number] | null> => {
    const { spare, parts } = await readParts(partsPath(id));
    const text = await readIfThere(recordPath(id));
    const record = text === null ? null : parseRecord(text);
    if (record !== null) return { record, parts: belongTo(record, spare) ? parts : [] };
    if (text !== null) await rename(recordPath(id), `${recordPath(id)}.damaged`);
    if (spare === null) return null;
    const rebuilt: UploadRecord = { ...spare, state: { status: 'queued' }, notice: 'rebuilt-from-server' };
    await writeAtomically(recordPath(id), JSON.stringify(rebuilt));
    return { record: rebuilt, parts };
  };

  return {
    load: () =>
      guarded(async () => {
        await ready;
        const ids = new Set<string>();
        for (const name of await readdir(folder)) {
          const match = /^([0-9a-f-]{36})\.(json|parts)$/.exec(name);
          if (match?.[1] !== undefined) ids.add(match[1]);
        }
        const loaded: Array<JournalContents['entries'][number] | null> = [];
        for (const some of inGroups([...ids], filesAtOnce)) {
          // A record that cannot even be read or mended is counted, and left as it is for the next start.
          loaded.push(...(await Promise.all(some.map((id) => loadOne(id).catch(() => null)))));
        }
        const entries = loaded.filter((entry) => entry !== null);
        return { entries, setAside: loaded.length - entries.length };
      }),
    save: (record) =>
      guarded(async () => {
        await ready;
        await writeAtomically(recordPath(record.id), JSON.stringify(record));
      }),
    beginParts: (record) =>
      guarded(async () => {
        await ready;
        await writeAtomically(partsPath(record.id), JSON.stringify(record));
      }),
    addPart: (id, part) =>
      guarded(async () => {
        await ready;
        // The line break leads: a line that a crash cut short does not spoil the next one.
        await appendFile(partsPath(id), `\n${JSON.stringify(part)}`);
      }),
    remove: (id) =>
      guarded(async () => {
        await ready;
        // The spare copy first: alone it would bring the upload back at the next start.
        await rm(partsPath(id), { force: true });
        await rm(recordPath(id), { force: true });
        await flushFolder(folder);
      }),
  };
}

function parseRecord(text: string): UploadRecord | null {
  const parsed = uploadRecordSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

/** A last line that was cut by a crash, or any other that makes no sense, is left out: the server knows better. */
async function readParts(path: string): Promise<{ spare: UploadRecord | null; parts: readonly StoredPart[] }> {
  const [first = '', ...lines] = ((await readIfThere(path)) ?? '').split('\n');
  const parts = new Map<number, StoredPart>();
  for (const line of lines) {
    const parsed = partSchema.safeParse(parseJson(line));
    if (parsed.success) parts.set(parsed.data.partNumber, parsed.data);
  }
  return { spare: parseRecord(first), parts: [...parts.values()] };
}

/** Null when there is no such file. Any other failure (too many open files, a bad disk) is not an absent record. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The parts of an earlier multipart upload are of no use to a later one. */
function belongTo(record: UploadRecord, spare: UploadRecord | null): boolean {
  if (record.transfer.kind !== 'multipart') return false;
  return spare?.transfer.kind === 'multipart' && spare.transfer.uploadId === record.transfer.uploadId;
}

function* inGroups<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let n = 0; n < all.length; n += size) yield all.slice(n, n + size);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an expected finding here; the schema refuses it.
    return undefined;
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UploadError ? error : new UploadError('journal-unwritable', { cause: error });
  }
}
