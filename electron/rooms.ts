import { createHash, randomUUID } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { app, shell } from 'electron';
import { ChosenFolders } from './desks/chosen-folders.ts';
import { DestinationDesk } from './desks/destination-desk.ts';
import { ImportDesk } from './desks/import-desk.ts';
import { IntakeDesk } from './desks/intake-desk.ts';
import { LinkDesk } from './desks/link-desk.ts';
import { LocalFileDesk } from './desks/local-file-desk.ts';
import { MigrationDesk, type MigrationDeskWorld } from './desks/migration-desk.ts';
import { ObjectDesk } from './desks/object-desk.ts';
import { ReceiptDesk } from './desks/receipt-desk.ts';
import { isSamePlace } from './desks/same-place.ts';
import { SettingsDesk } from './desks/settings-desk.ts';
import { Storages, diskAddressOf } from './desks/storages.ts';
import { UpkeepDesk } from './desks/upkeep-desk.ts';
import { threadDigests } from './digest/file-digests.ts';
import { openLog } from './log.ts';
import { opensAsVideo } from './open-link.ts';
import { PracticeHost, practiceBucketName } from './practice-host.ts';
import { queueSettings } from './queue-settings.ts';
import type { BucketClients } from './s3/bucket-clients.ts';
import { CredentialStore, systemKeychain } from './store/credential-store.ts';
import { openHoldingFolder } from './store/holding-folder.ts';
import { LinkLedger } from './store/link-ledger.ts';
import { openMigrationStore } from './store/migration-store.ts';
import { ReceiptStore } from './store/receipt-store.ts';
import { SettingsStore } from './store/settings-store.ts';
import { sourceFiles } from './store/source-files.ts';
import { openUploadJournal } from './store/upload-journal.ts';
import { systemClock } from './system-clock.ts';
import { proxyFor } from './system-proxy.ts';
import type { DoctorReport } from '../shared/doctor.ts';
import type { UploadLog } from './uploads/ports.ts';
import { UploadQueue } from './uploads/upload-queue.ts';
import { refuseContent } from './video/is-mp4.ts';

export interface Rooms {
  readonly log: UploadLog;
  readonly settings: SettingsStore;
  readonly practice: PracticeHost;
  readonly queue: UploadQueue;
  readonly desks: ReturnType<typeof openDesks>;
}

/** What the rooms are told of the world that they do not find themselves. */
interface Surroundings {
  readonly userData: string;
  /** Where the compiled programs lie. */
  readonly compiled: string;
  readonly onDoctor: (report: DoctorReport) => void;
}

/** Makes the parts that live as long as the app and introduces them to each other. No logic, no window. */
export function furnish(surroundings: Surroundings): Rooms {
  const { userData, compiled } = surroundings;
  const log = openLog(join(userData, 'logs'));
  const settings = new SettingsStore(userData);
  const practice = new PracticeHost(join(userData, 'practice'), join(compiled, 'practice-process.js'));
  const digests = threadDigests(join(compiled, 'digest-worker.js'));
  const folders = foldersOf(userData);
  const appVersion = app.getVersion();
  let clients: Promise<BucketClients> | undefined;
  const buckets = (): Promise<BucketClients> =>
    (clients ??= import('./s3/bucket-clients.ts').then(
      (s3) =>
        new s3.BucketClients(
          (id) => desks.destinations.open(id),
          appVersion,
          (endpoint) => proxyFor(endpoint, settings.current.preferences.proxy),
        ),
    ));
  const storages = new Storages(settings, {
    buckets,
    openDisk: async (address) => (await import('./disk/open-disk.ts')).openDisk(address, { digests, appVersion }),
  });
  const intake = {
    files: sourceFiles,
    digests,
    clock: systemClock,
    log,
    newId: randomUUID,
    refuseContent,
    nameInMap: (path: string) => desks.intake.keyMap?.find(path) ?? null,
  };
  const queue: UploadQueue = new UploadQueue({
    ...intake,
    journal: openUploadJournal(join(userData, 'journal')),
    holding: openHoldingFolder(folders.holding, { digests, trash: (path) => shell.trashItem(path) }),
    destinations: storages,
    settings: () => queueSettings(settings.current.preferences),
    onCompleted: async (id) => {
      desks.migration.completed(id);
      await desks.receipts.make(id);
    },
  });
  const desks = openDesks({ ...surroundings, intake, settings, practice, folders, buckets, storages, queue, appVersion });
  return { log, settings, practice, queue, desks };
}

/** "This computer" and the copies that are kept safe: where people look for videos. */
function foldersOf(userData: string): { readonly thisComputer: string; readonly holding: string } {
  const videos = app.getPath('videos');
  // Beside the destination, whose videos they are not, and each person's by themselves: what is in it and nobody's is
  // taken for a leftover.
  const whose = createHash('sha256').update(userData).digest('hex').slice(0, 8);
  return { thisComputer: join(videos, 'Remessa'), holding: join(videos, 'Remessa Guardados', whose) };
}

interface Furniture extends Surroundings {
  readonly intake: MigrationDeskWorld['intake'];
  readonly settings: SettingsStore;
  readonly practice: PracticeHost;
  readonly folders: ReturnType<typeof foldersOf>;
  readonly buckets: () => Promise<BucketClients>;
  readonly storages: Storages;
  readonly queue: UploadQueue;
  readonly appVersion: string;
}

/** The desks: where rooms have to meet, one duty each. */
function openDesks(furniture: Furniture) {
  const { settings, practice, queue, buckets, storages, folders, appVersion, userData, intake: lookingAt } = furniture;
  const credentials = new CredentialStore(systemKeychain);
  const ledger = new LinkLedger(join(userData, 'links.jsonl'));
  const chosen = new ChosenFolders(folders.thisComputer, settings);
  const imports = new ImportDesk({
    environment: process.env,
    home: app.getPath('home'),
    addFolder: (folder) => chosen.add(folder),
  });
  const doors = { credentials, imports, chosen, leaveMigration: (id: string): Promise<void> => migration.leave(id) };
  const destinations: DestinationDesk = openDestinations(furniture, doors);
  const intake = new IntakeDesk({
    settings,
    queue,
    addThisComputer: () => destinations.addThisComputer(folderNames[app.getLocale().startsWith('pt') ? 'pt' : 'en']),
  });
  const links = new LinkDesk({ queue, settings, buckets, ledger });
  const receipts = new ReceiptDesk({
    queue,
    desk: destinations,
    storages,
    store: new ReceiptStore(join(userData, 'receipts')),
    appVersion,
  });
  const store = openMigrationStore(join(userData, 'migration.jsonl'));
  const migration = new MigrationDesk({ storages, settings, queue, buckets, store, intake: lookingAt });
  return {
    destinations,
    intake,
    imports,
    links,
    receipts,
    settings: new SettingsDesk({
      settings,
      credentials,
      keyMap: () => intake.keyMap,
      folders,
      systemLocales: () => app.getPreferredSystemLanguages(),
      appVersion,
    }),
    objects: new ObjectDesk({ storages, queue, ledger, clock: systemClock, samePlaces: (id) => samePlaces(settings, id) }),
    upkeep: new UpkeepDesk({ storages, settings, queue, now: Date.now, tell: furniture.onDoctor, isCopying: (id, key) => migration.isCopying(id, key) }),
    migration,
    localFiles: new LocalFileDesk({
      queue,
      storages,
      links,
      files: sourceFiles,
      log: lookingAt.log,
      now: Date.now,
      removeAfterHours: () => settings.current.preferences.removeLocalAfterHours,
      diskFolders: () => settings.current.destinations.flatMap((known) => (known.kind === 'disk' ? [known.folder] : [])),
      opens: opensAsVideo,
      trash: (path) => shell.trashItem(path),
      unlink,
    }),
    practice,
  };
}

/** Destinations are told apart by their ids; two of them may be one bucket. */
function samePlaces(settings: SettingsStore, id: string): ReadonlySet<string> {
  const wanted = settings.destination(id);
  const same = settings.current.destinations.filter((place) => wanted !== null && isSamePlace(wanted, place));
  return new Set([id, ...same.map((place) => place.id)]);
}

/** What the default destination is called when nobody has chosen a name. */
const folderNames = { pt: 'Este computador', en: 'This computer' } as const;

interface Doors {
  readonly credentials: CredentialStore;
  readonly imports: ImportDesk;
  readonly chosen: ChosenFolders;
  readonly leaveMigration: (id: string) => Promise<void>;
}

function openDestinations(furniture: Furniture, { credentials, imports, chosen, leaveMigration }: Doors): DestinationDesk {
  const { settings, practice, queue, buckets, intake, appVersion } = furniture;
  const { digests } = intake;
  return new DestinationDesk({
    settings,
    credentials,
    practice,
    buckets,
    addressOf: async (draft) => (await import('./s3/s3-client.ts')).addressOf(draft),
    claimFolder: async (folder) => (await import('./disk/open-disk.ts')).claimFolder(folder),
    testDisk: async (draft) => (await import('./disk/open-disk.ts')).testDisk(diskAddressOf(draft), { digests, appVersion }),
    folders: chosen,
    queue,
    clock: systemClock,
    importedCredentials: (id) => imports.credentials(id),
    practiceBucket: practiceBucketName,
    leaveMigration,
  });
}
