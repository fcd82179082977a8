import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { destinationSource } from '../../../electron/migration/destination-source.ts';
import { folderSource } from '../../../electron/migration/folder-source.ts';
import type { MigrationSource } from '../../../electron/migration/migration-source.ts';
import { publicUrl } from '../../../electron/s3/share-url.ts';
import { isSamePlace } from '../../../electron/desks/same-place.ts';
import { sourceFiles } from '../../../electron/store/source-files.ts';
import { systemClock } from '../../../electron/system-clock.ts';
import type { FileDigests } from '../../../electron/uploads/ports.ts';
import { UploadError } from '../../../electron/uploads/upload-error.ts';
import { refuseContent } from '../../../electron/video/is-mp4.ts';
import { Misuse } from '../arguments.ts';
import { pathFrom } from '../command.ts';
import { findDestination } from '../find-destination.ts';
import { type OpenedDestination, openDestination } from '../open-destination.ts';
import type { MigrateFrom, MigrateSession, MigrateWish } from './migrate-options.ts';

/** Longest that a destination may take to say that it is there, milliseconds. */
const patienceMs = 30_000;

/** The two ends of a migration. */
export interface Ends {
  readonly source: MigrationSource;
  /** A folder without links, or a destination that is open. */
  readonly from:
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'destination'; readonly opened: OpenedDestination; readonly below: string };
  readonly target: OpenedDestination;
  /** A link that lasts; empty where there is none. */
  readonly urlOf: (key: string) => string;
}

/** A plan leaves no trace, so it only looks at a folder that a run would make a destination of. */
export async function openEnds(session: MigrateSession, wish: MigrateWish, digests: FileDigests): Promise<Ends> {
  const from = await openFrom(session, wish.from);
  const found = await findDestination(session, wish.to);
  if (from.kind === 'folder' && found.kind === 'disk') await refuseIntoItself(session, from.folder, found.folder);
  const target = await openDestination(session, found, { prefix: wish.prefix, folder: wish.isRun ? 'claim' : 'look' });
  if (from.kind === 'destination' && isSamePlace(from.opened.destination, target.destination)) {
    throw new Misuse(session.words.migrate.samePlace);
  }
  await mustAnswer(target, session.world.interruption);
  return { from, target, source: sourceOf(from, target, wish, digests), urlOf: urlsOf(target) };
}

async function openFrom(session: MigrateSession, from: MigrateFrom): Promise<Ends['from']> {
  const { world, words } = session;
  if (from.kind === 'folder') {
    const { path, kind } = await sourceFiles.find(pathFrom(world, from.folder)).catch(() => ({ path: '', kind: 'other' }));
    if (kind !== 'folder') throw new Misuse(words.settings.noFolder(from.folder));
    return { kind: 'folder', folder: path };
  }
  const found = await findDestination(session, from.where);
  return { ...from, opened: await openDestination(session, found, { prefix: '', folder: 'claimed' }) };
}

function sourceOf(from: Ends['from'], target: OpenedDestination, wish: MigrateWish, digests: FileDigests): MigrationSource {
  if (from.kind === 'destination') return destinationSource({ ...from.opened, clock: systemClock, name: from.opened.shown.name }, from.below);
  const { keyTemplate, keyMap } = wish;
  return folderSource(from.folder, target.storage, {
    files: sourceFiles,
    digests,
    clock: systemClock,
    refuseContent,
    nameInMap: keyMap?.find ?? (() => null),
    keyTemplate,
    followsLinks: false,
  });
}

/** What is sent would be found again as something to be sent. */
async function refuseIntoItself({ words }: MigrateSession, source: string, target: string): Promise<void> {
  const way = relative(source, await realpath(target).catch(() => target));
  const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  if (!isOutside) throw new Misuse(words.migrate.samePlace);
}

/**
 * HEAD has no words for what is wrong: it finds nothing in a bucket that does not exist, and no reason in a wrong key. A
 * listing has; a key that may not list is none the worse for it.
 */
async function mustAnswer({ shown, upkeep, prefix }: OpenedDestination, interruption: AbortSignal): Promise<void> {
  if (shown.kind === 'disk') return;
  const signal = AbortSignal.any([interruption, AbortSignal.timeout(patienceMs)]);
  try {
    // Its first page is all that is asked for.
    await upkeep.list(prefix, signal)[Symbol.asyncIterator]().next();
  } catch (error) {
    if (!(error instanceof UploadError) || error.code !== 'access-denied') throw error;
  }
}

function urlsOf({ destination }: OpenedDestination): (key: string) => string {
  const { publicBaseUrl } = destination;
  return publicBaseUrl === null ? () => '' : (key) => publicUrl(publicBaseUrl, key);
}
