import type { AddReport } from '../../shared/replies.ts';
import type { ConflictRule } from '../../shared/upload.ts';
import { type Candidate, type Gathered, type Refusal, gatherFiles } from './gather-files.ts';
import { type Intake, type IntakeSettings, type MappedName, baseName, inspectArrival, newRecord, refusalOf } from './intake.ts';
import { inOrder } from './in-order.ts';
import { keyAt } from './ledger-index.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';
import { type UploadRecord, isOver } from './upload-record.ts';

/** Files that are looked at, and records that are journaled, at the same time. */
const atOnce = 8;
/** Files of a drop that are taken in before the rest of it is looked for: thousands keep nobody waiting for a first row. */
const firstOfDrop = 50;

interface Adding {
  readonly intake: Intake;
  readonly ledger: QueueLedger;
  /** Called for an unfinished upload whose file is dropped again. */
  readonly takeAgain: (entry: QueueEntry) => Promise<void>;
  readonly onAdded: (entry: QueueEntry) => void;
}

export interface AddRequest {
  readonly destinationIds: readonly string[];
  /** Until a person says go. */
  readonly waits: boolean;
  /** Whoever brings the files has looked at the destination: their keys, and that they are to be sent though they once were. */
  readonly plan?: {
    readonly nameOf: (path: string) => MappedName | null;
    readonly onConflict: ConflictRule;
  };
}

type Report = Pick<AddReport, 'addedIds' | 'known' | 'refused' | 'leftOut'>;

/** What has come in of one drop so far. */
interface Batch {
  readonly addedIds: string[];
  readonly known: string[];
  /** Names, by destination: a video that has arrived before the last of its drop came in keeps its name all the same. */
  readonly names: Set<string>;
}

/**
 * Takes files in. Several are looked at at once, and each gets its place and its key in the order of the drop; each is
 * accepted or refused for itself.
 */
export async function addFiles(adding: Adding, paths: readonly string[], request: AddRequest): Promise<Report> {
  const { intake } = adding;
  const batch: Batch = { addedIds: [], known: [], names: new Set() };
  const refusals: Refusal[] = [];
  let leftOut = 0;
  const takeIn = async ({ candidates, refused }: Gathered): Promise<void> => {
    refusals.push(...refused);
    const open = await intake.files.openForWriting(candidates.map(({ path }) => path));
    const inspect = async (candidate: Candidate): Promise<() => Promise<void>> => {
      const source = await inspectArrival(intake, candidate.path, open.has(candidate.path));
      return () => admit(adding, { source, ...candidate, ...request }, batch);
    };
    await inOrder(candidates, atOnce, inspect, (candidate, thrown) => {
      const code = refusalOf(thrown);
      const isNoVideo = code === 'not-a-video' || code === 'source-empty';
      if (isNoVideo && !candidate.isChosen) leftOut += 1;
      else refusals.push({ order: candidate.order, name: baseName(candidate.path), code });
    });
  };
  const first = await gatherFiles(intake, paths.slice(0, firstOfDrop), { first: 0, seen: new Set() });
  const seen = new Set(first.candidates.map(({ path }) => path));
  const rest = gatherFiles(intake, paths.slice(firstOfDrop), { first: firstOfDrop, seen });
  await takeIn(first);
  await takeIn(await rest);
  // One that could not be journaled has been refused.
  const addedIds = batch.addedIds.filter((id) => adding.ledger.find(id) !== undefined);
  const refused = refusals.toSorted((a, b) => a.order - b.order).map(({ name, code }) => ({ name, code }));
  return { addedIds, known: batch.known, refused, leftOut };
}

interface Arrival extends AddRequest, Candidate {
  readonly source: UploadRecord['source'];
}

/** One file to each of its destinations. Places and keys are taken before anything is waited for. */
async function admit(
  adding: Adding,
  { source, destinationIds, waits, isPlaceholder, plan }: Arrival,
  batch: Batch,
): Promise<void> {
  const { ledger } = adding;
  const intake = plan === undefined ? adding.intake : planned(adding.intake, plan);
  const there = destinationIds.map((id) => findSameWork(ledger, source, { destinationId: id, isAgain: plan !== undefined }));
  const known = there.filter((entry) => entry !== undefined);
  const wanted = destinationIds.filter((_id, n) => there[n] === undefined);
  const groupId = wanted.length > 1 ? intake.newId() : null;
  // All of them or none: a file that is refused at one destination is refused.
  const records = wanted.map((destinationId) => {
    const isKeyTaken = (key: string): boolean =>
      ledger.isKeyTaken(key, destinationId) || batch.names.has(keyAt(key, destinationId));
    return newRecord(intake, source, { destinationId, groupId, waits, isPlaceholder, isKeyTaken, position: ledger.nextPosition() });
  });
  for (const { id, key, destinationId } of records) {
    batch.addedIds.push(id);
    batch.names.add(keyAt(key, destinationId));
  }
  const inserting = records.map(async (record) => adding.onAdded(await ledger.insert(record)));
  batch.known.push(...known.map(({ record }) => record.id));
  const failed = (await Promise.allSettled(inserting)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  for (const entry of known) if (!isOver(entry.record)) await adding.takeAgain(entry);
}

function planned(intake: Intake, plan: NonNullable<AddRequest['plan']>): Intake {
  const settings = (): IntakeSettings => ({ ...intake.settings(), onConflict: plan.onConflict });
  return { ...intake, nameInMap: plan.nameOf, settings };
}

/**
 * An unfinished upload goes on; a finished one stands for the file unless its content has changed since, or it is to be
 * sent again.
 */
function findSameWork(
  ledger: QueueLedger,
  { path, size, sample }: UploadRecord['source'],
  { destinationId, isAgain }: { readonly destinationId: string; readonly isAgain: boolean },
): QueueEntry | undefined {
  const same = [...ledger.withPath(path)].filter(
    ({ record }) =>
      record.destinationId === destinationId &&
      record.state.status !== 'canceling' &&
      record.state.status !== 'deleted' &&
      record.state.status !== 'skipped' &&
      // The file whose copy is held may have been overwritten since: that is another video.
      (record.held === null || (record.source.size === size && record.source.sample === sample)),
  );
  const entry = same.toSorted((a, b) => a.record.position - b.record.position).at(-1);
  if (entry?.record.state.status !== 'completed') return entry;
  const { source } = entry.record;
  return source.size === size && source.sample === sample && !isAgain ? entry : undefined;
}
