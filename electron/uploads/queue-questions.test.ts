import { describe, expect, it } from 'vitest';
import { makeRecord, multipart, uuid } from '../../tests/support/builders.ts';
import { goesOnWith, isFileWanted, isKeyWanted, unfinishedFor } from './queue-questions.ts';

const completed = { status: 'completed', completedAt: 1, etag: 'e', crc64nvme: null, verification: 'size', wasThere: false, token: null, localFile: 'kept' } as const;
const running = makeRecord({ transfer: multipart('upload-1'), state: { status: 'uploading' } });
const over = makeRecord({ id: uuid(2), transfer: multipart('upload-2'), state: completed });

describe('an unfinished upload of the server', () => {
  const ask = (record: typeof running, key: string, uploadId: string) => goesOnWith([record], { key, uploadId });

  it('is ours while an upload goes on with it, by whichever name of the bucket, and not when that is over', () => {
    expect(ask(running, running.key, 'upload-1')).toBe(true);
    expect(ask({ ...running, state: { status: 'paused' } }, running.key, 'upload-1')).toBe(true);
    expect(ask(running, running.key, 'upload-9')).toBe(false);
    expect(ask({ ...running, destinationId: 'the same bucket' }, running.key, 'upload-1')).toBe(true);
    expect(ask(over, over.key, 'upload-2')).toBe(false);
  });

  it('may be the one whose answer is still on its way to us', () => {
    const asking = makeRecord({ state: { status: 'uploading' } });
    expect(ask(asking, asking.key, 'not heard of yet')).toBe(true);
    expect(ask(asking, 'videos/other.mp4', 'not heard of yet')).toBe(false);
    expect(ask({ ...asking, state: { status: 'queued' } }, asking.key, 'older')).toBe(false);
  });
});

it('keys, files and destinations are wanted until an upload is over', () => {
  const records = [running, over];
  expect(unfinishedFor(records, 'r2')).toEqual([running.id]);
  expect(isKeyWanted(records, new Set(['r2']), running.key)).toBe(true);
  expect(isKeyWanted(records, new Set(['elsewhere']), running.key)).toBe(false);
  expect(isKeyWanted([over], new Set(['r2']), over.key)).toBe(false);
  expect(isFileWanted([over], over.source.path)).toBe(false);
  expect(isFileWanted(records, running.source.path)).toBe(true);
});
