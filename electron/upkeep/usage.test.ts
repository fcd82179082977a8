import { describe, expect, it } from 'vitest';
import { makeRecord, uuid } from '../../tests/support/builders.ts';
import type { RecordState, UploadRecord } from '../uploads/upload-record.ts';
import { usageOf } from './usage.ts';

const now = new Date(2026, 4, 20, 12).getTime();
const april = new Date(2026, 3, 30, 23, 59).getTime();
const may = new Date(2026, 4, 1, 0, 0).getTime();

const completed = (completedAt: number, wasThere = false): RecordState => ({
  status: 'completed',
  completedAt,
  etag: 'e',
  crc64nvme: null,
  verification: 'object',
  wasThere,
  token: null,
  localFile: 'kept',
});

let n = 0;
function record(key: string, size: number, state: RecordState): UploadRecord {
  n += 1;
  const made = makeRecord({ id: uuid(n), key, state });
  return { ...made, source: { ...made.source, size } };
}

const failed: RecordState = { status: 'failed', error: { code: 'object-exists' }, existing: null };
const deleted: RecordState = { status: 'deleted', deletedAt: may, deletion: 'erased' };

describe('what this computer knows to be at a destination', () => {
  it.each<[string, readonly UploadRecord[], [objects: number, bytes: number], [objects: number, bytes: number]]>([
    ['nothing', [], [0, 0], [0, 0]],
    ['one of this month, one of the last', [record('a', 10, completed(may)), record('b', 5, completed(april))], [2, 15], [1, 10]],
    ['what is deleted, failed or on its way is not there', [record('a', 10, deleted), record('b', 5, failed), record('c', 1, { status: 'uploading' })], [0, 0], [0, 0]],
    ['a later one replaced the earlier, in whatever order they stand', [record('a', 7, completed(may + 1)), record('a', 10, completed(may))], [1, 7], [1, 7]],
    ['one that never arrived has replaced nothing', [record('a', 10, completed(may)), record('a', 7, failed)], [1, 10], [1, 10]],
    ['what was there already was not sent', [record('a', 10, completed(may, true))], [1, 10], [0, 0]],
    ['nor does it undo what was sent before', [record('a', 10, completed(may)), record('a', 10, completed(may + 5, true))], [1, 10], [1, 10]],
  ])('%s', (_what, records, [objects, bytes], [sent, sentBytes]) => {
    expect(usageOf('d', records, now)).toEqual({
      destinationId: 'd',
      objects,
      bytes,
      sentThisMonth: { objects: sent, bytes: sentBytes },
    });
  });
});
