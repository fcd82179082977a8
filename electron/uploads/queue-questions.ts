import { type UploadRecord, isOver } from './upload-record.ts';

type Records = readonly UploadRecord[];

/** Everything that was sent to a destination or is to be, and is still in the list. */
export const recordsFor = (records: Records, destinationId: string): Records =>
  records.filter((record) => record.destinationId === destinationId);

/** Ids of the uploads to a destination that are not over. */
export const unfinishedFor = (records: Records, destinationId: string): readonly string[] =>
  recordsFor(records, destinationId)
    .filter((record) => !isOver(record))
    .map(({ id }) => id);

/** S3's ids of the multipart uploads that go on with what a destination has. */
export function uploadIdsFor(records: Records, destinationId: string): ReadonlySet<string> {
  const unfinished = recordsFor(records, destinationId).filter((record) => !isOver(record));
  return new Set(unfinished.flatMap(({ transfer }) => (transfer.kind === 'multipart' ? [transfer.uploadId] : [])));
}

/** Whether an upload is on its way to a key. */
export const isKeyWanted = (records: Records, destinationId: string, key: string): boolean =>
  recordsFor(records, destinationId).some((record) => record.key === key && !isOver(record));

/** Whether an upload still needs a file. */
export const isFileWanted = (records: Records, path: string): boolean =>
  records.some((record) => record.source.path === path && !isOver(record));
