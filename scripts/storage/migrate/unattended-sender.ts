import type { MigrationRow } from '../../../shared/migration.ts';
import { type UploadList, isPending } from '../../../shared/upload.ts';
import type { MigrationSender } from '../../../electron/migration/migration-sender.ts';
import type { Clock } from '../../../electron/uploads/ports.ts';
import { UploadError } from '../../../electron/uploads/upload-error.ts';
import type { UploadQueue } from '../../../electron/uploads/upload-queue.ts';
import { type UploadRecord, isOver } from '../../../electron/uploads/upload-record.ts';
import type { MigrationRequest } from '../../../shared/migration.ts';

const lookEveryMs = 500;
/** A drive that was unplugged by mistake is back by then, or nobody is there to do it. Milliseconds. */
const sourcePatienceMs = 20_000;

export interface UnattendedWorld {
  readonly queue: Pick<UploadQueue, 'records' | 'snapshot' | 'cancel'>;
  readonly clock: Clock;
  readonly destinationId: string;
  readonly onDifferent: MigrationRequest['onDifferent'];
  /** The file of a row, links resolved; rejects where it is gone. */
  readonly fileOf: (row: MigrationRow) => Promise<string>;
  /** Lets uploads go to the destination. */
  readonly open: () => void;
}

/**
 * The app's sender where nobody sits in front of the list. What an earlier call has begun under another key or another
 * rule is canceled first. What would wait for a person ends the run: it rejects with what keeps it.
 */
export function unattendedSender(sender: MigrationSender, world: UnattendedWorld): MigrationSender {
  return {
    ...sender,
    send: async (rows, progress, isAsked) => {
      const gaveUp = new AbortController();
      const ended = new AbortController();
      const signal = AbortSignal.any([progress.signal, gaveUp.signal]);
      watch(world, ended.signal).catch((error: unknown) => void (ended.signal.aborted || gaveUp.abort(error)));
      try {
        await cancelWhatWasOtherwise(world, rows, signal);
        await sender.send(rows, { ...progress, signal }, isAsked);
      } catch (error) {
        throw gaveUp.signal.aborted && !progress.signal.aborted ? gaveUp.signal.reason : error;
      } finally {
        ended.abort();
      }
    },
  };
}

/** Rejects with what stands in the way when it goes on by itself no more. */
async function watch({ queue, clock, destinationId }: UnattendedWorld, signal: AbortSignal): Promise<never> {
  let withoutSourceSince: number | null = null;
  for (;;) {
    await clock.sleep(lookEveryMs, signal);
    const list = queue.snapshot();
    const blocked = list.destinations.find(({ id, state }) => id === destinationId && state === 'blocked');
    if (blocked?.error) throw new UploadError(blocked.error.code);
    withoutSourceSince = waitsForFiles(list, destinationId) ? (withoutSourceSince ?? clock.now()) : null;
    if (withoutSourceSince !== null && clock.now() - withoutSourceSince >= sourcePatienceMs) throw new UploadError('source-missing');
  }
}

function waitsForFiles({ uploads }: UploadList, destinationId: string): boolean {
  const pending = uploads.filter((upload) => upload.destinationId === destinationId && isPending(upload));
  return pending.length > 0 && pending.every((upload) => upload.status === 'waiting' && upload.reason === 'source');
}

async function cancelWhatWasOtherwise(world: UnattendedWorld, rows: readonly MigrationRow[], signal: AbortSignal): Promise<void> {
  const { queue, clock, destinationId } = world;
  const begun = new Map(
    queue.records().flatMap((record) => {
      const isOurs = record.destinationId === destinationId && !isOver(record);
      return isOurs ? [[record.source.path, record] as const] : [];
    }),
  );
  const others: string[] = [];
  for (const row of begun.size === 0 ? [] : rows) {
    const record = begun.get(await world.fileOf(row).catch(() => ''));
    if (record !== undefined && !isAsPlanned(record, row, world)) others.push(record.id);
  }
  const canceling = queue.cancel(others);
  world.open();
  await canceling;
  // The server has to forget it before the file is taken in anew.
  while (queue.records().some(({ id, state }) => others.includes(id) && state.status === 'canceling')) {
    await clock.sleep(lookEveryMs, signal);
  }
}

/** What the engine has changed itself is as it was planned: another key for a taken one, the right to send again. */
function isAsPlanned({ key, notice, onConflict, resends }: UploadRecord, row: MigrationRow, { onDifferent }: UnattendedWorld): boolean {
  const isRenamed = onDifferent === 'rename' && notice === 'renamed';
  return (key === row.key || isRenamed) && (onConflict === onDifferent || resends > 0);
}
