import type { MigrationRequest, MigrationRow, MigrationStatus } from '../../shared/migration.ts';
import type { RefusedFile } from '../../shared/replies.ts';
import { uploadedBytesOf } from '../../shared/upload.ts';
import type { Clock, SourceFiles } from '../uploads/ports.ts';
import type { UploadQueue } from '../uploads/upload-queue.ts';
import { type UploadRecord, isOver } from '../uploads/upload-record.ts';
import { asUploadError, toAppError } from '../uploads/upload-error.ts';
import { plainError } from '../uploads/upload-row.ts';
import { pathBelow } from './folder-source.ts';
import type { MigrationSender, SendingProgress } from './migration-sender.ts';

/** Files that are handed to the queue together: the first are sent while the last are still looked at. */
const handedOver = 200;
/** Between two looks at the queue, milliseconds. */
const lookEveryMs = 500;

export interface FileWorld {
  readonly queue: Pick<UploadQueue, 'add' | 'records' | 'snapshot' | 'pause'>;
  readonly files: Pick<SourceFiles, 'resolve'>;
  readonly clock: Clock;
  readonly folder: string;
  readonly request: Pick<MigrationRequest, 'destinationId' | 'onDifferent'>;
  /** Epoch milliseconds of the plan: what was over before says nothing. */
  readonly since: number;
  readonly urlOf: (key: string) => string;
}

/** A file's place on this computer with its row. */
type Awaited = Map<string, MigrationRow>;

/**
 * Sends files as uploads of the queue: with its states, its resume, its proof, and its place in the window. What the
 * queue makes of them is read from its list.
 */
export function fileSender(world: FileWorld): MigrationSender & {
  /** The queue has completed an upload: noted at once, for a person may take the row out of the list. */
  readonly completed: (record: UploadRecord) => void;
} {
  const awaited: Awaited = new Map();
  let progress: SendingProgress | null = null;
  const end = (path: string, row: MigrationRow): void => {
    awaited.delete(path);
    progress?.onRow(row);
  };
  return {
    send: async (rows, telling, isAsked) => {
      progress = telling;
      awaited.clear();
      const { signal } = telling;
      for (let n = 0; n < rows.length; n += handedOver) {
        signal.throwIfAborted();
        await handOver(world, { rows: rows.slice(n, n + handedOver), awaited, isAsked, end });
        look(world, awaited, { end, telling, isAllThere: false });
      }
      for (look(world, awaited, { end, telling, isAllThere: true }); awaited.size > 0; ) {
        await world.clock.sleep(lookEveryMs, signal);
        look(world, awaited, { end, telling, isAllThere: true });
      }
    },
    pause: async () => {
      const ids = recordsOf(world).filter((record) => awaited.has(pathOf(record)) && !isOver(record)).map(({ id }) => id);
      await world.queue.pause(ids);
    },
    completed: (record) => {
      const row = awaited.get(pathOf(record));
      if (row === undefined || record.destinationId !== world.request.destinationId) return;
      end(pathOf(record), endedRow(world, row, record) ?? row);
    },
  };
}

interface HandOver {
  readonly rows: readonly MigrationRow[];
  readonly awaited: Awaited;
  readonly isAsked: boolean;
  readonly end: (path: string, row: MigrationRow) => void;
}

/** What was sent since the plan is sent; what the queue has goes on by itself, unless a person has just asked for all of it. */
async function handOver(world: FileWorld, { rows, awaited, isAsked, end }: HandOver): Promise<void> {
  const { queue, files, folder, request } = world;
  const known = new Set(recordsOf(world).filter((record) => !isAsked || isOver(record)).map(pathOf));
  const wanted = new Map<string, MigrationRow>();
  for (const row of rows) {
    const path = pathBelow(folder, row.path);
    try {
      const resolved = await files.resolve(path);
      awaited.set(resolved, row);
      if (!known.has(resolved)) wanted.set(resolved, row);
    } catch (thrown) {
      end(path, failed(row, toAppError(asUploadError(thrown))));
    }
  }
  const { refused } = await queue.add([...wanted.keys()], {
    destinationIds: [request.destinationId],
    waits: false,
    plan: { nameOf: (path) => ({ id: null, key: wanted.get(path)?.key ?? null }), onConflict: request.onDifferent },
  });
  const there = new Set(recordsOf(world).map(pathOf));
  const left: RefusedFile[] = [...refused];
  for (const [path, row] of wanted) {
    if (there.has(path)) continue;
    // Refusals come by name, in the order of the files.
    const at = left.findIndex(({ name }) => path.endsWith(name));
    const [refusal] = at < 0 ? [] : left.splice(at, 1);
    end(path, failed(row, { code: refusal?.code ?? 'source-empty' }));
  }
}

interface Look {
  readonly end: (path: string, row: MigrationRow) => void;
  readonly telling: SendingProgress;
  /** All have been handed over: what the list does not hold was taken out of it by a person. */
  readonly isAllThere: boolean;
}

function look(world: FileWorld, awaited: Awaited, { end, telling, isAllThere }: Look): void {
  const uploads = new Map(world.queue.snapshot().uploads.map((upload) => [upload.id, upload]));
  const seen = new Set<string>();
  for (const record of latest(recordsOf(world))) {
    const path = pathOf(record);
    const row = awaited.get(path);
    if (row === undefined) continue;
    seen.add(path);
    const ended = endedRow(world, row, record);
    const upload = uploads.get(record.id);
    if (ended !== null) end(path, ended);
    else if (upload !== undefined) telling.onPartial(row.path, uploadedBytesOf(upload));
  }
  if (!isAllThere) return;
  for (const [path, row] of awaited) if (!seen.has(path)) end(path, { ...row, status: 'skipped', error: null });
}

/** What has become of a row; null while its upload goes on. */
function endedRow(world: FileWorld, row: MigrationRow, { state, key }: UploadRecord): MigrationRow | null {
  const ends: Partial<Record<typeof state.status, MigrationStatus>> = {
    completed: state.status === 'completed' && state.wasThere ? 'same' : 'sent',
    skipped: 'skipped',
    deleted: 'skipped',
    canceling: 'skipped',
  };
  if (state.status === 'failed') return { ...failed(row, plainError(state.error)), key };
  const status = ends[state.status];
  if (status === undefined) return null;
  const isThere = status === 'sent' || status === 'same';
  return { ...row, key, url: isThere ? world.urlOf(key) : row.url, status, error: null };
}

const failed = (row: MigrationRow, error: NonNullable<MigrationRow['error']>): MigrationRow => ({
  ...row,
  url: '',
  status: 'failed',
  error,
});

const recordsOf = ({ queue, request, since }: FileWorld): readonly UploadRecord[] =>
  queue
    .records()
    .filter((record) => record.destinationId === request.destinationId && (!isOver(record) || record.addedAt >= since));

/** One of each file: that which was added last. */
const latest = (records: readonly UploadRecord[]): Iterable<UploadRecord> =>
  new Map(records.toSorted((a, b) => a.addedAt - b.addedAt).map((record) => [pathOf(record), record])).values();

/** The file's own place, also while a safe copy of it is what is sent. */
const pathOf = ({ source, held }: UploadRecord): string => held?.path ?? source.path;
