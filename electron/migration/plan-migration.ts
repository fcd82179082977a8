import type { MigrationRow } from '../../shared/migration.ts';
import { keyProblem } from '../../shared/object-key.ts';
import { withRetry } from '../uploads/attempts.ts';
import type { Clock, ObjectStorage } from '../uploads/ports.ts';
import { judge } from '../uploads/retry-policy.ts';
import { type UploadError, asUploadError, toAppError } from '../uploads/upload-error.ts';
import { inParallel } from './in-parallel.ts';
import type { MigrationSource, SourceVideo } from './migration-source.ts';

/** Videos that are looked up at the target at the same time. */
const atOnce = 8;

export interface MigrationTarget {
  readonly storage: Pick<ObjectStorage, 'headObject'>;
  /** What its keys begin with. */
  readonly prefix: string;
  /** Where a public base URL makes a link that lasts; empty where there is none. */
  readonly urlOf: (key: string) => string;
}

interface Planning {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How many videos there are, once it is known. */
  readonly onTotal: (total: number) => void;
}

/** What is known of one video before anything is sent. Nothing is written anywhere. */
export async function* planMigration(
  source: MigrationSource,
  target: MigrationTarget,
  { clock, signal, onTotal }: Planning,
): AsyncGenerator<MigrationRow> {
  const look = async (video: SourceVideo): Promise<MigrationRow> => {
    const key = target.prefix + video.key;
    const row = { id: video.id ?? '', path: video.path, key, url: target.urlOf(key), size: video.size };
    if (video.error !== null) return { ...row, url: '', status: 'invalid', error: video.error };
    if (keyProblem(key) !== null) return { ...row, url: '', status: 'invalid', error: { code: 'invalid-key' } };
    const retrying = { clock, signal, onRetrying: () => undefined };
    // What the target says no to, it says no to for every video.
    const object = await withRetry(retrying, (inner) => target.storage.headObject(key, inner));
    if (object === null) return { ...row, status: 'new', error: null };
    try {
      return { ...row, status: await source.compare(video, { key, object }, signal), error: null };
    } catch (thrown) {
      signal.throwIfAborted();
      const error = asUploadError(thrown);
      if (concernsAll(error, clock)) throw error;
      return { ...row, url: '', status: 'invalid', error: toAppError(error) };
    }
  };
  const { total, videos } = await source.find(signal);
  if (total !== null) onTotal(total);
  yield* inParallel(videos, atOnce, look);
}

/** Whether looking at every other video would end alike. Single files and objects may be closed to us. */
export const concernsAll = (error: UploadError, clock: Clock): boolean =>
  error.code !== 'access-denied' &&
  ['block-destination', 'offline'].includes(judge(error, Number.MAX_SAFE_INTEGER, () => clock.random()).kind);
