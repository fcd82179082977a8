import type { MigrationRequest, MigrationRow } from '../../shared/migration.ts';
import { numberedKeys } from '../../shared/object-key.ts';
import type { StoredObject } from '../uploads/ports.ts';
import { ask } from '../uploads/attempts.ts';
import { judge } from '../uploads/retry-policy.ts';
import { UploadError, asUploadError, toAppError } from '../uploads/upload-error.ts';
import { type CopyEnds, copyObject, isCopyOf } from './copy-object.ts';
import { concernsAll } from './plan-migration.ts';
import type { MigrationSender, SendingProgress } from './migration-sender.ts';

/** Objects that are copied at the same time. */
const atOnce = 2;
/** Between two tries after the network went away, milliseconds, and how many there are: a night. */
const offlineMs = 30_000;
const mostOutages = 1_000;
/** How often one copy may find its place taken while it is made. */
const mostOvertaken = 5;
/** Copies in a row that are refused before the rest is not even tried. */
const mostRefusals = 5;

export interface CopyWorld extends CopyEnds {
  readonly onDifferent: MigrationRequest['onDifferent'];
  readonly urlOf: (key: string) => string;
}

interface Copying extends CopyWorld {
  /** Keys that rows of this run have or want. */
  readonly wanted: Set<string>;
}

/** Copies objects as streams; see copyObject for what is proved. */
export function copySender(world: CopyWorld): MigrationSender {
  return {
    send: async (rows, progress) => {
      const copying = { ...world, wanted: new Set(rows.map(({ key }) => key)) };
      const queue = rows.values();
      let refusals = 0;
      const worker = async (): Promise<void> => {
        for (const row of queue) {
          progress.signal.throwIfAborted();
          const ended = await endOf(copying, row, progress);
          refusals = ended.error?.code === 'access-denied' ? refusals + 1 : 0;
          if (refusals >= mostRefusals) throw new UploadError('access-denied');
          progress.onRow(ended);
        }
      };
      const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
      // Not before all have cleaned up behind themselves.
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    // A stream ends with its signal, and nothing is left of it.
    pause: async () => undefined,
  };
}

async function endOf(world: Copying, row: MigrationRow, progress: SendingProgress): Promise<MigrationRow> {
  try {
    const key = await copyPatiently(world, row, progress);
    if (key === null) return { ...row, status: 'skipped', error: null };
    return { ...row, key, url: world.urlOf(key), status: 'sent', error: null };
  } catch (thrown) {
    progress.signal.throwIfAborted();
    const error = asUploadError(thrown);
    if (concernsAll(error, world.clock)) throw error;
    return { ...row, url: '', status: 'failed', error: toAppError(error) };
  }
}

/** A stream cannot be taken up again in the middle: each try is a whole one. The key; null where nothing was to be sent. */
async function copyPatiently(world: Copying, row: MigrationRow, progress: SendingProgress): Promise<string | null> {
  const { signal, onPartial } = progress;
  let tries = 0;
  for (let outages = 0; ; ) {
    try {
      return await copyOnce(world, row, progress);
    } catch (thrown) {
      signal.throwIfAborted();
      onPartial(row.path, 0);
      const error = asUploadError(thrown);
      tries += 1;
      const verdict = judge(error, tries, () => world.clock.random());
      const isOffline = verdict.kind === 'offline' && outages < mostOutages;
      if (isOffline) [tries, outages] = [0, outages + 1];
      // From then on the storage asks for no checksum that is not confirmed.
      else if (error.code === 'checksum-unconfirmed' && tries === 1) continue;
      // Somebody came first: what is done then is looked up again.
      else if (error.code === 'object-exists' && tries <= mostOvertaken) continue;
      else if (verdict.kind !== 'retry' && verdict.kind !== 'slow-down') throw error;
      await world.clock.sleep('afterMs' in verdict ? verdict.afterMs : offlineMs, signal);
    }
  }
}

async function copyOnce(world: Copying, row: MigrationRow, { signal, onPartial }: SendingProgress): Promise<string | null> {
  const { path } = row;
  const original = await ask(asking(world, signal), (inner) => world.source.headObject(path, inner));
  if (original === null) throw new UploadError('object-missing');
  const place = await placeFor(world, row, { original, signal });
  if (place === null) return null;
  const { key, isThere } = place;
  const mustBeNew = world.onDifferent !== 'replace';
  const onSent = (bytes: number): void => onPartial(path, bytes);
  if (!isThere) await copyObject(world, { path, original, key, mustBeNew, signal, onSent });
  return key;
}

interface Place {
  readonly key: string;
  /** Our copy stands there: the answer to an earlier try was lost. */
  readonly isThere: boolean;
}

/** What stands under the key now, and not when the plan was made, decides. Null: it is left alone. */
async function placeFor(
  world: Copying,
  { path, key }: MigrationRow,
  { original, signal }: { readonly original: StoredObject; readonly signal: AbortSignal },
): Promise<Place | null> {
  for (const candidate of numberedKeys(key)) {
    // Another row's: it may be on its way there, or be looked for there by the next plan.
    if (candidate !== key && world.wanted.has(candidate)) continue;
    const found = await lookAt(world, candidate, signal);
    if (found !== null && isCopyOf({ path, original }, found)) return { key: candidate, isThere: true };
    if (found === null || world.onDifferent === 'replace') {
      world.wanted.add(candidate);
      return { key: candidate, isThere: false };
    }
    if (world.onDifferent === 'skip') return null;
  }
  return null;
}

/** A key that may not list gets 403 for what is not there (S3); what is there is not replaced in any case. */
function lookAt(world: Copying, key: string, signal: AbortSignal): Promise<StoredObject | null> {
  return ask(asking(world, signal), (inner) => world.target.headObject(key, inner)).catch((error: unknown) => {
    if (asUploadError(error).code === 'access-denied') return null;
    throw error;
  });
}

const asking = ({ clock }: Copying, signal: AbortSignal) => ({ clock, signal, onRetrying: () => undefined });
