import { copiesBetween } from '../../../electron/desks/copies-between.ts';
import { pathBelow } from '../../../electron/migration/folder-source.ts';
import { Migration } from '../../../electron/migration/migration.ts';
import type { MigrationStore } from '../../../electron/migration/migration-ports.ts';
import type { MigrationSender } from '../../../electron/migration/migration-sender.ts';
import { fileSender } from '../../../electron/migration/send-files.ts';
import { sourceFiles } from '../../../electron/store/source-files.ts';
import { systemClock as clock } from '../../../electron/system-clock.ts';
import { UploadError } from '../../../electron/uploads/upload-error.ts';
import type { MigrationRequest, MigrationRow } from '../../../shared/migration.ts';
import type { MigrateWish } from './migrate-options.ts';
import type { Ends } from './open-ends.ts';
import type { SendingQueue } from './sending-queue.ts';
import { unattendedSender } from './unattended-sender.ts';

interface Between {
  readonly wish: Pick<MigrateWish, 'onDifferent'>;
  readonly ends: Ends;
  readonly sending: SendingQueue | null;
  readonly destinationId: string;
  /** Hears of a video that was not sent as soon as that is known. */
  readonly onTrouble: (row: MigrationRow) => void;
}

/** The app's migration between two places that are open. */
export function migrationBetween({ wish, ends, sending, destinationId, onTrouble }: Between): Migration {
  const { from, source, target, urlOf } = ends;
  const migration = new Migration({
    store: forgetful,
    clock,
    log: { info: () => undefined, warn: () => undefined },
    open: async () => ({ source, target: { ...target, urlOf } }),
    senderFor: async ({ request }) => {
      const sender =
        from.kind === 'destination'
          ? copiesBetween(from.opened, target, { clock, onDifferent: wish.onDifferent, urlOf })
          : filesFrom(from.folder, request, { sending, destinationId, urlOf });
      return telling(sender, onTrouble);
    },
  });
  if (from.kind === 'folder') migration.sourceChosen(from.folder);
  return migration;
}

export function requestOf({ from }: Ends, { onDifferent }: Pick<MigrateWish, 'onDifferent'>, destinationId: string): MigrationRequest {
  if (from.kind === 'folder') return { source: { kind: 'folder' }, destinationId, onDifferent };
  return { source: { kind: 'destination', id: from.opened.destination.id, prefix: from.below }, destinationId, onDifferent };
}

/** Each call looks anew: what was sent is told by the target, and what is half sent by the queue's journal. */
const forgetful: MigrationStore = {
  load: async () => null,
  begin: async () => undefined,
  noteHead: async () => undefined,
  noteRows: async () => undefined,
};

function filesFrom(
  folder: string,
  request: MigrationRequest,
  { sending, destinationId, urlOf }: Pick<Between, 'sending' | 'destinationId'> & Pick<Ends, 'urlOf'>,
): MigrationSender {
  if (sending === null) throw new UploadError('invalid-request');
  const { queue, open } = sending;
  // All that is in the journal and not over belongs to this run; what is over was forgotten before the plan was made.
  const files = fileSender({ queue, files: sourceFiles, clock, folder, request, since: 0, urlOf });
  const fileOf = (row: MigrationRow): Promise<string> => sourceFiles.resolve(pathBelow(folder, row.path));
  return unattendedSender(files, { queue, clock, destinationId, onDifferent: request.onDifferent, fileOf, open });
}

const telling = (sender: MigrationSender, onTrouble: (row: MigrationRow) => void): MigrationSender => ({
  ...sender,
  send: (rows, progress, isAsked) => {
    const onRow = (row: MigrationRow): void => {
      progress.onRow(row);
      if (row.status === 'failed' || row.status === 'skipped') onTrouble(row);
    };
    return sender.send(rows, { ...progress, onRow }, isAsked);
  },
});
