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

/**
 * Whether an upload of ours goes on with an unfinished one of the server, or is just being given one for the key. Asked of
 * all uploads: two destinations may lead to one bucket, and the server's ids are nobody else's.
 */
export function goesOnWith(
  records: Records,
  { key, uploadId }: { readonly key: string; readonly uploadId: string },
): boolean {
  return records.some((record) => {
    if (isOver(record)) return false;
    if (record.transfer.kind === 'multipart') return record.transfer.uploadId === uploadId;
    return record.key === key && record.state.status === 'uploading';
  });
}

/** Whether an upload is on its way to a key, of whichever of these destinations. */
export const isKeyWanted = (records: Records, destinationIds: ReadonlySet<string>, key: string): boolean =>
  records.some((record) => destinationIds.has(record.destinationId) && record.key === key && !isOver(record));

/** Whether an upload still needs a file. */
export const isFileWanted = (records: Records, path: string): boolean =>
  records.some((record) => record.source.path === path && !isOver(record));
