import type { QueueEntry } from './queue-entry.ts';
import type { UploadRuns } from './upload-runs.ts';

/**
 * Cuts an upload's run off, and lets no other begin until `work` has settled: between the end of a run and the commit
 * that says what comes next, the upload looks as if it only waited for its turn.
 */
export async function withoutRun(
  runs: Pick<UploadRuns, 'interrupt' | 'schedule'>,
  entry: QueueEntry,
  work: () => Promise<void>,
): Promise<void> {
  entry.changes += 1;
  try {
    await runs.interrupt(entry);
    await work();
  } finally {
    entry.changes -= 1;
    runs.schedule();
  }
}
