import { join } from 'node:path';
import { writeAtomically } from '../../../electron/store/atomic-file.ts';
import { systemClock } from '../../../electron/system-clock.ts';
import type { Migration } from '../../../electron/migration/migration.ts';
import { slugOf } from '../../../shared/key-template.ts';
import type { MigrationRow, MigrationState } from '../../../shared/migration.ts';
import { Misuse } from '../arguments.ts';
import { type Command, type ExitCode, interruptedCode } from '../command.ts';
import { ownDigests } from '../disk-destination.ts';
import { idOf } from '../open-destination.ts';
import { documentOf } from './migration-document.ts';
import { type MigrateSession, type MigrateWish, migrateOptions, readWish } from './migrate-options.ts';
import { migrationBetween, requestOf } from './migration-between.ts';
import { takeFolder } from './one-at-a-time.ts';
import type { Going } from './migrate-call.ts';
import { type Ends, openEnds } from './open-ends.ts';
import { forgetWhatIsOver, openSendingQueue } from './sending-queue.ts';
import { endLines, headLine, planLines, progressText, rowLines } from './tell-migration.ts';

/** How often it is looked at how far it is, milliseconds. */
const lookEveryMs = 100;

/** Existing videos to a destination: looked at first, and sent when that is asked for. Nothing is sent twice. */
export const migrate: Command<typeof migrateOptions> = {
  name: 'migrate',
  options: migrateOptions,
  run: async (session) => {
    const wish = await readWish(session);
    const ends = await openEnds(session, wish, ownDigests());
    session.screen.say(`${headLine(ends)}\n`);
    if (!wish.isRun || ends.from.kind !== 'folder') return go(session, { wish, ends, sending: null, state: null });
    const [destinationId, state] = [destinationOf(ends), stateFolder(session, wish, ends)];
    const taken = await takeFolder(state);
    if (taken === null) throw new Misuse(session.words.migrate.busy(state));
    const place = { folder: state, destinationId, target: ends.target, digests: ownDigests() };
    const sending = await openSendingQueue(place).catch(async (error: unknown) => {
      await taken.release();
      throw error;
    });
    try {
      return await go(session, { wish, ends, sending, state });
    } finally {
      await sending.stop();
      await taken.release();
    }
  },
};

async function go(session: MigrateSession, going: Going): Promise<ExitCode> {
  const { world, words, screen, report } = session;
  const { wish, ends } = going;
  const { interruption } = world;
  const onTrouble = (row: MigrationRow): void => rowLines(row, session, wish).forEach((line) => screen.say(line));
  const migration = migrationBetween({ ...going, destinationId: destinationOf(ends), onTrouble });
  const begun = Date.now();
  try {
    const state = await planAndRun(session, going, migration);
    const isMapWritten = await writeMap(migration, wish.mapPath);
    const mapPath = isMapWritten && state.isPlanned ? wish.mapPath : null;
    const end = { state, tookMs: Date.now() - begun, isInterrupted: interruption.aborted, mapPath };
    for (const line of endLines(end, session, going)) screen.say(line);
    if (!isMapWritten) world.stderr.write(`${words.settings.unwritable(wish.mapPath ?? '')}\n`);
    report(documentOf(end, session, going));
    if (interruption.aborted) return interruptedCode(interruption);
    return isAllThere(state) && isMapWritten ? 0 : 1;
  } finally {
    await migration.close();
  }
}

/** What it has come to when everything is over, or somebody has ended it. */
async function planAndRun(session: MigrateSession, { wish, ends, sending }: Going, migration: Migration): Promise<MigrationState> {
  const { world, screen } = session;
  const { interruption } = world;
  const settled = async (): Promise<MigrationState> => {
    const showing = (): string => progressText(migration.snapshot(), sending?.queue.snapshot() ?? null, session);
    while (['planning', 'running'].includes(migration.snapshot().phase) && !interruption.aborted) {
      screen.progress(showing);
      await systemClock.sleep(lookEveryMs, interruption).catch(() => undefined);
    }
    // What is cut off here goes on at the next call.
    if (interruption.aborted) await migration.close();
    return migration.snapshot();
  };
  interruption.throwIfAborted();
  await migration.plan(requestOf(ends, wish, destinationOf(ends)));
  const planned = await settled();
  if (planned.isPlanned) for (const line of planLines(planned, session, { wish, ends })) screen.say(line);
  if (!wish.isRun || !planned.isPlanned || planned.left.videos === 0 || interruption.aborted) return planned;
  await migration.run();
  const ended = await settled();
  if (sending !== null && ended.phase === 'done') await forgetWhatIsOver(sending.queue);
  return ended;
}

/** Every video that was found stands at the target. */
function isAllThere({ phase, counts }: MigrationState): boolean {
  const { new: fresh, different, unsure, invalid, skipped, failed } = counts;
  const isOver = phase === 'planned' || phase === 'done';
  return isOver && [fresh, different, unsure, invalid, skipped, failed].every(({ videos }) => videos === 0);
}

/** Half a plan is none. False where it could not be written. */
async function writeMap(migration: Migration, path: string | null): Promise<boolean> {
  if (path === null || !migration.snapshot().isPlanned) return true;
  return writeAtomically(path, migration.map()).then(
    () => true,
    () => false,
  );
}

/** What the journal calls it. Another folder to the same place is another migration. */
function destinationOf({ from, target }: Ends): string {
  return idOf(target.destination.id, from.kind === 'folder' ? from.folder : from.opened.destination.id);
}

/** The same call finds the same folder. */
function stateFolder({ world }: MigrateSession, { statePath }: MigrateWish, ends: Ends): string {
  const name = `${slugOf(ends.target.shown.name)}-${destinationOf(ends)}`;
  return statePath ?? join(world.home, '.remessa', 'migrations', name);
}
