import type { AppError } from '../../shared/errors.ts';
import type { MigrationRequest, MigrationRow } from '../../shared/migration.ts';
import { keyProblem, numberedKeys } from '../../shared/object-key.ts';
import { ask, withTimeout } from '../uploads/attempts.ts';
import type { Clock, ObjectStorage, StoredObject } from '../uploads/ports.ts';
import { judge } from '../uploads/retry-policy.ts';
import { unlessInterrupted } from '../uploads/unless-interrupted.ts';
import { UploadError, asUploadError, toAppError } from '../uploads/upload-error.ts';
import { inParallel } from './in-parallel.ts';
import type { MigrationSource, SourceVideo } from './migration-source.ts';

/** Longest that one page of a listing, or one file, may take, milliseconds. */
const listingTimeoutMs = 60_000;
/** Videos that are looked up at the target at the same time. */
const atOnce = 8;

export interface MigrationTarget {
  readonly storage: Pick<ObjectStorage, 'headObject' | 'listUnfinished'>;
  /** What its keys begin with. */
  readonly prefix: string;
  /** Where a public base URL makes a link that lasts; empty where there is none. */
  readonly urlOf: (key: string) => string;
}

interface Planning {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onDifferent: MigrationRequest['onDifferent'];
  /** How many videos there are, once it is known. */
  readonly onTotal: (total: number) => void;
}

/** What is known of one video before anything is sent. Nothing is written anywhere. */
export async function* planMigration(
  source: MigrationSource,
  target: MigrationTarget,
  planning: Planning,
): AsyncGenerator<MigrationRow> {
  const { total, videos } = await source.find(planning.signal);
  if (total !== null) planning.onTotal(total);
  const hidden = { isSure: false };
  yield* inParallel(watched(videos, planning), atOnce, (video) => look({ ...planning, source, target, hidden }, video));
}

interface Looking extends Planning {
  readonly source: MigrationSource;
  readonly target: MigrationTarget;
  /** Objects that are not there cannot be told from those that may not be looked at; found out once. */
  readonly hidden: { isSure: boolean };
}

/** A listing that is never answered is one that failed. */
async function* watched(videos: AsyncIterable<SourceVideo>, { clock, signal }: Planning): AsyncGenerator<SourceVideo> {
  const iterator = videos[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await withTimeout(clock, listingTimeoutMs, signal, (inner) => unlessInterrupted(inner, iterator.next()));
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Not awaited: one that is stuck would keep us.
    iterator.return?.().then(undefined, () => undefined);
  }
}

async function look(looking: Looking, video: SourceVideo): Promise<MigrationRow> {
  const { source, target, clock, signal, onDifferent } = looking;
  const key = target.prefix + video.key;
  const row = { id: video.id ?? '', path: video.path, key, url: target.urlOf(key), size: video.size, error: null };
  const invalid = (error: AppError): MigrationRow => ({ ...row, url: '', status: 'invalid', error });
  if (video.error !== null) return invalid(video.error);
  if (keyProblem(key) !== null) return invalid({ code: 'invalid-key' });
  const object = await objectAt(looking, key).catch(unlessOfThisKey);
  if (object === null) return { ...row, status: 'new' };
  if (object instanceof UploadError) return invalid(toAppError(object));
  try {
    const status = await source.compare(video, { key, object }, signal);
    const twin = status === 'same' || onDifferent !== 'rename' ? null : await numberedTwin(looking, video, key);
    return twin === null ? { ...row, status } : { ...row, key: twin, url: target.urlOf(twin), status: 'same' };
  } catch (thrown) {
    signal.throwIfAborted();
    const error = asUploadError(thrown);
    if (concernsAll(error, clock)) throw error;
    return invalid(toAppError(error));
  }
}

async function objectAt(looking: Looking, key: string): Promise<StoredObject | null> {
  const context = { ...looking, onRetrying: () => undefined };
  const { storage } = looking.target;
  try {
    return await ask(context, (inner) => storage.headObject(key, inner));
  } catch (thrown) {
    if (asUploadError(thrown).code !== 'access-denied') throw thrown;
    // Without the right to list, S3 says 403 of what is not there. The answer to HEAD has no words: whether it is the key
    // itself that is refused, another request has to say.
    looking.hidden.isSure ||= await ask(context, (inner) => storage.listUnfinished(key, inner)).then(() => true, unlessRefused);
    return null;
  }
}

function unlessRefused(thrown: unknown): true {
  if (asUploadError(thrown).code !== 'access-denied') throw thrown;
  return true;
}

/** A disk does not take every name. What else the target says no to, it says no to for every video. */
function unlessOfThisKey(thrown: unknown): UploadError {
  const error = asUploadError(thrown);
  if (error.code !== 'invalid-key' && error.code !== 'outside-prefix') throw thrown;
  return error;
}

/** Where ours gets a number beside what has its key, an earlier run has given it one: then it is there, under that. */
async function numberedTwin(looking: Looking, video: SourceVideo, key: string): Promise<string | null> {
  for (const candidate of numberedKeys(key)) {
    if (candidate === key) continue;
    const object = await objectAt(looking, candidate);
    if (object === null) return null;
    if ((await looking.source.compare(video, { key: candidate, object }, looking.signal)) === 'same') return candidate;
  }
  return null;
}

/** Whether looking at every other video would end alike. Single files and objects may be closed to us. */
export const concernsAll = (error: UploadError, clock: Clock): boolean =>
  error.code !== 'access-denied' &&
  ['block-destination', 'offline'].includes(judge(error, Number.MAX_SAFE_INTEGER, () => clock.random()).kind);
