import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app } from 'electron';
import { DestinationDesk } from './destination-desk.ts';
import { threadDigests } from './digest/file-digests.ts';
import { openLog } from './log.ts';
import { PracticeHost, practiceBucketName } from './practice-host.ts';
import type { BucketClients } from './s3/bucket-clients.ts';
import { ReceiptDesk } from './receipt-desk.ts';
import { CredentialStore, systemKeychain } from './store/credential-store.ts';
import { ReceiptStore } from './store/receipt-store.ts';
import { SettingsStore } from './store/settings-store.ts';
import { sourceFiles } from './store/source-files.ts';
import { openUploadJournal } from './store/upload-journal.ts';
import { systemClock } from './system-clock.ts';
import { proxyFor } from './system-proxy.ts';
import { MiB } from './uploads/part-plan.ts';
import type { UploadLog } from './uploads/ports.ts';
import { type QueueSettings, UploadQueue } from './uploads/upload-queue.ts';
import { refuseContent } from './video/is-mp4.ts';

export interface Rooms {
  readonly log: UploadLog;
  readonly settings: SettingsStore;
  readonly practice: PracticeHost;
  readonly desk: DestinationDesk;
  readonly queue: UploadQueue;
  readonly receipts: ReceiptDesk;
}

/** Makes the parts that live as long as the app and introduces them to each other. No logic, no window. */
export function furnish(userData: string, compiled: string): Rooms {
  const log = openLog(join(userData, 'logs'));
  const settings = new SettingsStore(userData);
  const practice = new PracticeHost(join(userData, 'practice'), join(compiled, 'practice-process.js'));
  let clients: Promise<BucketClients> | undefined;
  const buckets = (): Promise<BucketClients> =>
    (clients ??= import('./s3/bucket-clients.ts').then(
      (s3) =>
        new s3.BucketClients(
          (id) => desk.open(id),
          app.getVersion(),
          (endpoint) => proxyFor(endpoint, settings.current.preferences.proxy),
        ),
    ));
  const queue = new UploadQueue({
    journal: openUploadJournal(join(userData, 'journal')),
    files: sourceFiles,
    digests: threadDigests(join(compiled, 'digest-worker.js')),
    clock: systemClock,
    destinations: { storageFor: async (id) => (await buckets()).storageFor(id) },
    log,
    newId: randomUUID,
    refuseContent,
    settings: () => queueSettings(settings),
    onCompleted: async (id) => void (await receipts.make(id)),
  });
  const desk = new DestinationDesk({
    settings,
    credentials: new CredentialStore(systemKeychain),
    practice,
    buckets,
    addressOf: async (draft) => (await import('./s3/s3-client.ts')).addressOf(draft),
    queue,
    practiceBucket: practiceBucketName,
    systemLocales: () => app.getPreferredSystemLanguages(),
    appVersion: app.getVersion(),
  });
  const receipts = new ReceiptDesk({
    queue,
    desk,
    store: new ReceiptStore(join(userData, 'receipts')),
    buckets,
    appVersion: app.getVersion(),
  });
  return { log, settings, practice, desk, queue, receipts };
}

function queueSettings(settings: SettingsStore): QueueSettings {
  const { filesInParallel, partsInParallel, partSizeMiB, multipartThresholdMiB, limitMbit, schedule, givesWay } =
    settings.current.preferences;
  return {
    filesInParallel,
    partsInParallel,
    limitMbit,
    schedule,
    givesWay,
    partSize: partSizeMiB === 'auto' ? 'auto' : partSizeMiB * MiB,
    multipartThreshold: multipartThresholdMiB * MiB,
  };
}
