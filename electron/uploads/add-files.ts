import type { AddReport, RefusedFile } from '../../shared/ipc.ts';
import { type Intake, baseName, inspectSource, newRecord, refusalOf } from './intake.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';

interface Adding {
  readonly intake: Intake;
  readonly ledger: QueueLedger;
  /** Called for an unfinished upload whose file is dropped again. */
  readonly takeAgain: (entry: QueueEntry) => Promise<void>;
  readonly onAdded: () => void;
}

/** Takes files in, one after the other so that keys and positions are unique; each is accepted or refused for itself. */
export async function addFiles(
  adding: Adding,
  paths: readonly string[],
  destinationId: string,
): Promise<AddReport> {
  const addedIds: string[] = [];
  const known: string[] = [];
  const refused: RefusedFile[] = [];
  for (const given of paths) {
    try {
      const path = await adding.intake.files.resolve(given);
      const before = findSameFile(adding.ledger, path, destinationId);
      if (before !== undefined && (await isSameWork(adding, before))) known.push(before.record.id);
      else addedIds.push(await addOne(adding, path, destinationId));
    } catch (thrown) {
      refused.push({ name: baseName(given), code: refusalOf(thrown) });
    }
  }
  return { addedIds, known, refused };
}

/** Whether an unfinished upload of the queue will have this key; for finished ones the bucket is asked. */
export function isKeyTaken(ledger: QueueLedger, key: string, destinationId: string): boolean {
  return ledger
    .ordered()
    .some(
      ({ record }) =>
        record.key === key && record.destinationId === destinationId && record.state.status !== 'completed',
    );
}

function findSameFile(ledger: QueueLedger, path: string, destinationId: string): QueueEntry | undefined {
  return ledger
    .ordered()
    .findLast(
      ({ record }) =>
        record.source.path === path &&
        record.destinationId === destinationId &&
        record.state.status !== 'canceling',
    );
}

/** An unfinished upload goes on; a finished one stands for the file unless its content has changed since. */
async function isSameWork(adding: Adding, entry: QueueEntry): Promise<boolean> {
  const { state, source } = entry.record;
  if (state.status === 'completed') {
    const now = await adding.intake.files.fingerprint(source.path);
    return now.size === source.size && now.sample === source.sample;
  }
  await adding.takeAgain(entry);
  return true;
}

async function addOne({ intake, ledger, onAdded }: Adding, path: string, destinationId: string): Promise<string> {
  const source = await inspectSource(intake, path);
  const record = newRecord(intake, source, {
    destinationId,
    position: (ledger.ordered().at(-1)?.record.position ?? 0) + 1,
    isKeyTaken: (key) => isKeyTaken(ledger, key, destinationId),
  });
  await ledger.insert(record);
  onAdded();
  return record.id;
}
