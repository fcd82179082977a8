import { describe, expect, it } from 'vitest';
import { makeRecord, multipart, now } from '../../tests/support/builders.ts';
import { newEntry, noteProgress, settleProgress } from './queue-entry.ts';
import { toUpload } from './upload-row.ts';
import type { RecordState } from './upload-record.ts';

const parts = [
  { partNumber: 1, size: 10, etag: 'a' },
  { partNumber: 2, size: 10, etag: 'b' },
];
const here = { now, destination: undefined, closedUntil: null };
const error = { code: 'server-error' } as const;
const asSent = { wasThere: false, token: null, localFile: 'kept' } as const;
const rowOf = (state: RecordState, changes: Parameters<typeof makeRecord>[0] = {}) =>
  toUpload(newEntry(makeRecord({ state, ...changes }), parts), here);

describe('the row of an upload', () => {
  it.each(['queued', 'paused', 'completing'] as const)('%s shows what has arrived', (status) => {
    expect(rowOf({ status })).toMatchObject({ status, uploadedBytes: 20, size: 25, name: 'video_5.mp4' });
  });

  it('holds nothing of what only the engine may know', () => {
    const text = JSON.stringify(rowOf({ status: 'uploading' }, { transfer: multipart('secret-upload-id') }));
    for (const inner of ['secret-upload-id', 'token-of-our-upload', '/v/', 'sample', 'etag']) {
      expect(text).not.toContain(inner);
    }
  });

  it('shows when the server drops an unfinished upload', () => {
    const transfer = { ...multipart(), expiresAt: 99 } as ReturnType<typeof multipart>;
    expect(rowOf({ status: 'uploading' }, { transfer })).toMatchObject({ expiresAt: 99, bytesPerSecond: null });
    expect(rowOf({ status: 'uploading' })).toMatchObject({ expiresAt: null });
  });

  it('shows why and until when it waits', () => {
    const state = { status: 'waiting', reason: 'rate-limited', retryAt: 5, error } as const;
    expect(rowOf(state)).toMatchObject({ status: 'waiting', reason: 'rate-limited', retryAt: 5, error });
  });

  it('shows the error of a failure and the proof of a success', () => {
    expect(rowOf({ status: 'failed', error, existing: null })).toMatchObject({ status: 'failed', uploadedBytes: 20, error });
    const done = { status: 'completed', completedAt: 3, etag: 'e', crc64nvme: null, verification: 'size', ...asSent } as const;
    const row = { status: 'completed', completedAt: 3, verification: 'size', keyEditable: false };
    expect(rowOf(done)).toMatchObject(row);
    expect(rowOf({ status: 'canceling' })).toMatchObject({ status: 'canceling' });
  });

  it('lets the key be edited until the server has heard of it', () => {
    expect(rowOf({ status: 'queued' }).keyEditable).toBe(true);
    expect(rowOf({ status: 'queued' }, { transfer: { kind: 'creating', since: 1 } }).keyEditable).toBe(false);
    expect(rowOf({ status: 'failed', error, existing: null }, { transfer: { kind: 'single', since: 1 } }).keyEditable).toBe(false);
  });

  it('shows a backoff of the whole run as a wait', () => {
    const entry = newEntry(makeRecord({ state: { status: 'uploading' } }), parts);
    entry.retrying = { error, retryAt: 8 };
    expect(toUpload(entry, here)).toMatchObject({ status: 'waiting', reason: 'backoff', retryAt: 8 });
  });

  it('never shows more bytes than the file has', () => {
    const entry = newEntry(makeRecord({ state: { status: 'uploading' } }), []);
    noteProgress(entry, { uploadedBytes: 99, confirmedBytes: 0 }, now);
    expect(toUpload(entry, here)).toMatchObject({ uploadedBytes: 25 });
  });

  it('never lets the bar fall within a run, and tells the truth after it', () => {
    const entry = newEntry(makeRecord({ state: { status: 'uploading' } }), parts);
    noteProgress(entry, { uploadedBytes: 24, confirmedBytes: 0 }, now);
    noteProgress(entry, { uploadedBytes: 20, confirmedBytes: 0 }, now + 1);
    expect(toUpload(entry, here)).toMatchObject({ uploadedBytes: 24 });
    settleProgress(entry);
    expect(toUpload(entry, here)).toMatchObject({ uploadedBytes: 20 });
  });
});
