import { cleanVideoId } from '../../shared/key-template.ts';
import { keyProblem, uniqueKey } from '../../shared/object-key.ts';
import type { ConflictRule } from '../../shared/upload.ts';
import { dropOldVersion } from './drop-old-version.ts';
import { type Intake, firstKey, inspectSource, keyWithId } from './intake.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueueLedger } from './queue-ledger.ts';
import { asUploadError, UploadError } from './upload-error.ts';
import type { Destinations, UploadLog } from './ports.ts';
import { type RecordState, type UploadRecord, isGrowing, isKeyFrozen, staysWhereItIs } from './upload-record.ts';
import type { UploadEvent } from './upload-events.ts';

/** What changing an upload takes. */
interface Editing {
  readonly world: Intake & { readonly destinations: Destinations; readonly log: UploadLog };
  readonly ledger: QueueLedger;
  readonly must: (id: string) => QueueEntry;
  readonly find: (ids: readonly string[]) => readonly QueueEntry[];
  /** Commits, and stops or starts what follows from it. */
  readonly apply: (entry: QueueEntry, event: UploadEvent) => Promise<void>;
  /** Cuts a run off, and lets no other begin until the work has settled. */
  readonly withoutRun: (entry: QueueEntry, work: () => Promise<void>) => Promise<void>;
}

/** How a person changes uploads that are in the list; each function below says what it rejects with. */
export function uploadEdits(editing: Editing) {
  const { must, find } = editing;
  const each = async (ids: readonly string[], work: (entry: QueueEntry) => Promise<void>): Promise<void> => {
    for (const entry of find(ids)) await work(entry);
  };
  return {
    setKey: async (id: string, key: string) => setKey(editing, must(id), key),
    setVideoId: async (id: string, typed: string) => setVideoId(editing, must(id), typed),
    applyKeyMap: () => applyKeyMap(editing),
    settleConflict: (ids: readonly string[], rule: ConflictRule) => each(ids, (entry) => settle(editing, entry, rule)),
    locate: async (id: string, path: string) => locate(editing, must(id), path),
    restart: async (id: string) => restart(editing, must(id)),
    sendTo: (ids: readonly string[], destinationId: string) => each(ids, (entry) => sendTo(editing, entry, destinationId)),
  };
}

/** Rejects with `invalid-key`, `outside-prefix`, or `key-taken` when another upload of the queue has the key. */
async function setKey({ world, ledger, apply, withoutRun }: Editing, entry: QueueEntry, key: string): Promise<void> {
  const normal = key.normalize('NFC');
  const { destinationId } = entry.record;
  if (keyProblem(normal) !== null) throw new UploadError('invalid-key');
  if (!normal.startsWith(world.destinations.rulesOf(destinationId).prefix)) throw new UploadError('outside-prefix');
  if (isKeyFrozen(entry.record)) throw new UploadError('invalid-request');
  if (entry.record.key === normal) return;
  if (ledger.isKeyTaken(normal, destinationId)) throw new UploadError('key-taken');
  const set = (): Promise<void> => apply(entry, { type: 'key-set', key: normal });
  if (entry.run === null) return set();
  // A run looks at what stands under the key before it sends anything, and must not find the answer under another one.
  await withoutRun(entry, async () => {
    if (isKeyFrozen(entry.record)) throw new UploadError('invalid-request');
    await set();
  });
}

/** The template's key for an id that a person has typed. Rejects as `setKey` does, and with `invalid-key` for no id at all. */
async function setVideoId(editing: Editing, entry: QueueEntry, typed: string): Promise<void> {
  const id = cleanVideoId(typed);
  if (id === '') throw new UploadError('invalid-key');
  const { prefix } = editing.world.destinations.rulesOf(entry.record.destinationId);
  await setKey(editing, entry, keyWithId(editing.world, entry.record.source.name, prefix, id));
}

/** Gives the names of the list in force to uploads that the server has not heard of. How many got another one. */
async function applyKeyMap(editing: Editing): Promise<number> {
  const { world, ledger } = editing;
  let applied = 0;
  for (const entry of ledger.ordered()) {
    const { source, destinationId, key } = entry.record;
    if (isKeyFrozen(entry.record) || world.nameInMap(source.path) === null) continue;
    try {
      const wanted = firstKey(world, source, world.destinations.rulesOf(destinationId).prefix);
      if (wanted === key) continue;
      await setKey(editing, entry, uniqueKey(wanted, (candidate) => ledger.isKeyTaken(candidate, destinationId)));
      applied += 1;
    } catch (error) {
      world.log.warn('not-renamed', { id: entry.record.id, code: asUploadError(error).code });
    }
  }
  return applied;
}

/** What is to happen about the object that has the key: a person's answer to one upload's question. */
async function settle({ apply }: Editing, entry: QueueEntry, rule: ConflictRule): Promise<void> {
  const { state } = entry.record;
  const isAsked = state.status === 'skipped' || (state.status === 'failed' && state.error.code === 'object-exists');
  if (isAsked) await apply(entry, { type: 'conflict-settled', rule });
}

/** The file is elsewhere now, for all that send it. Rejects with `source-changed` when it is not the same content. */
async function locate(editing: Editing, entry: QueueEntry, path: string): Promise<void> {
  const { world, apply } = editing;
  const resolved = await world.files.resolve(path);
  const found = await world.files.fingerprint(resolved);
  const { size, sample } = entry.record.source;
  if (!isGrowing(entry.record) && (found.size !== size || found.sample !== sample)) throw new UploadError('source-changed');
  for (const sender of sendersOf(editing, entry)) {
    await apply(sender, { type: 'source-set', source: { path: resolved, name: sender.record.source.name, ...found } });
  }
}

/** The upload and those of the same file to other destinations that stand still for the file's sake. */
function sendersOf({ ledger }: Editing, entry: QueueEntry): readonly QueueEntry[] {
  const { groupId } = entry.record;
  if (groupId === null) return [entry];
  const others = ledger.ordered().filter((other) => other !== entry && other.record.groupId === groupId);
  return [entry, ...others.filter(({ record: { state } }) => waitsForFile(state))];
}

const waitsForFile = (state: RecordState): boolean =>
  (state.status === 'waiting' && state.reason === 'source') ||
  (state.status === 'failed' && state.error.code === 'source-changed');

/** The file has changed, and the new content is what is wanted: what was sent of the old is dropped. */
async function restart(editing: Editing, entry: QueueEntry): Promise<void> {
  const { world } = editing;
  const { source, state } = entry.record;
  if (state.status !== 'failed' && state.status !== 'waiting' && state.status !== 'paused') {
    throw new UploadError('invalid-request');
  }
  const fresh = await inspectSource(world, source.path);
  for (const sender of sendersOf(editing, entry)) await begin(editing, sender, { ...fresh, name: source.name });
}

async function begin({ world, ledger, apply }: Editing, entry: QueueEntry, source: UploadRecord['source']): Promise<void> {
  const mayReplace = entry.record.transfer.kind !== 'none' && (await dropOldVersion(world, entry.record));
  await ledger.commit(entry, { type: 'restarted', notice: null, token: world.newId(), mayReplace });
  await apply(entry, { type: 'source-set', source });
}

/**
 * To another destination, from the start. What the first one has of it is dropped there, as far as it can be reached:
 * else its own rule for unfinished uploads does it. Where the same file goes there already, this upload is canceled.
 */
async function sendTo(editing: Editing, entry: QueueEntry, destinationId: string): Promise<void> {
  if (staysWhereItIs(entry.record)) throw new UploadError('invalid-request');
  if (entry.record.destinationId === destinationId) return;
  if (hasTwin(editing, entry, destinationId)) return editing.apply(entry, { type: 'cancel-asked' });
  await editing.withoutRun(entry, () => retarget(editing, entry, destinationId));
}

/** The same file of the same drop is at the destination, or on its way there. */
function hasTwin({ ledger }: Editing, { record: { id, groupId } }: QueueEntry, destinationId: string): boolean {
  const twins = ledger.ordered().filter(({ record }) => groupId !== null && record.groupId === groupId && record.id !== id);
  return twins.some(({ record }) => record.destinationId === destinationId && !isGone(record.state));
}

const isGone = ({ status }: RecordState): boolean => ['skipped', 'deleted', 'canceling'].includes(status);

async function retarget({ world, ledger, apply }: Editing, entry: QueueEntry, destinationId: string): Promise<void> {
  // It may have arrived in the very moment in which its run was cut off.
  if (staysWhereItIs(entry.record)) throw new UploadError('invalid-request');
  const { source, transfer } = entry.record;
  if (transfer.kind !== 'none') {
    await dropOldVersion(world, entry.record).catch((error: unknown) =>
      world.log.warn('old-parts-left', { id: entry.record.id, code: asUploadError(error).code }),
    );
  }
  const { prefix } = world.destinations.rulesOf(destinationId);
  const key = uniqueKey(firstKey(world, source, prefix), (candidate) => ledger.isKeyTaken(candidate, destinationId));
  await apply(entry, { type: 'retargeted', destinationId, key, token: world.newId(), rule: world.settings().onConflict });
}
