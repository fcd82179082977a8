import { numberedKeys } from '../../shared/object-key.ts';
import type { MigrationRequest, MigrationRow } from '../../shared/migration.ts';
import { judge } from '../uploads/retry-policy.ts';
import type { Clock } from '../uploads/ports.ts';
import { asUploadError, toAppError, type UploadError } from '../uploads/upload-error.ts';
import { type CopyEnds, copyObject } from './copy-object.ts';

/** Objects that are copied at the same time. */
const atOnce = 2;
/** Between two tries after the network went away, and how many there are: a night. */
const offlineMs = 30_000;
const mostTries = 1_000;

export interface CopyWorld extends CopyEnds {
  readonly clock: Clock;
  readonly onDifferent: MigrationRequest['onDifferent'];
  readonly urlOf: (key: string) => string;
}

interface Progress {
  readonly signal: AbortSignal;
  /** A row has ended. */
  readonly onRow: (row: MigrationRow) => void;
  /** Bytes of all copies together that have left since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Copies what the plan says is missing or may be replaced. One that cannot be copied does not keep the others. Settles
 * when all have ended, and soon after the signal.
 */
export async function runCopies(world: CopyWorld, rows: readonly MigrationRow[], progress: Progress): Promise<void> {
  const left = rows.filter(({ status }) => status === 'new' || status === 'different' || status === 'unsure' || status === 'failed');
  const queue = left.values();
  const worker = async (): Promise<void> => {
    for (const row of queue) {
      if (progress.signal.aborted) return;
      progress.onRow(await endOf(world, row, progress));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function endOf(world: CopyWorld, row: MigrationRow, progress: Progress): Promise<MigrationRow> {
  try {
    const key = await keyFor(world, row, progress.signal);
    if (key === null) return { ...row, status: 'skipped', error: null };
    await copyPatiently(world, { ...row, key }, progress);
    return { ...row, key, url: world.urlOf(key), status: 'sent', error: null };
  } catch (thrown) {
    if (progress.signal.aborted) return row;
    return { ...row, url: '', status: 'failed', error: toAppError(asUploadError(thrown)) };
  }
}

/** What stands under the key now, and not when the plan was made, decides. Null: it is left alone. */
async function keyFor(world: CopyWorld, row: MigrationRow, signal: AbortSignal): Promise<string | null> {
  if ((await world.target.headObject(row.key, signal)) === null) return row.key;
  if (world.onDifferent === 'skip') return null;
  if (world.onDifferent === 'replace') return row.key;
  for (const candidate of numberedKeys(row.key)) {
    if ((await world.target.headObject(candidate, signal)) === null) return candidate;
  }
  return null;
}

/** A stream cannot be taken up again in the middle: each try is a whole one. */
async function copyPatiently(world: CopyWorld, row: MigrationRow, { signal, onBytes }: Progress): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    let told = 0;
    try {
      await copyObject(world, {
        path: row.path,
        key: row.key,
        signal,
        onSent: (bytes) => {
          onBytes(bytes - told);
          told = bytes;
        },
      });
      return;
    } catch (thrown) {
      signal.throwIfAborted();
      onBytes(-told);
      const error = asUploadError(thrown);
      const waitMs = waitAfter(error, attempt, world.clock);
      if (waitMs === null) throw error;
      await world.clock.sleep(waitMs, signal);
    }
  }
}

function waitAfter(error: UploadError, attempt: number, clock: Clock): number | null {
  if (attempt >= mostTries) return null;
  const verdict = judge(error, attempt, () => clock.random());
  if (verdict.kind === 'retry') return verdict.afterMs;
  return verdict.kind === 'offline' ? offlineMs : null;
}
