import { describe, expect, it } from 'vitest';
import type { Upload } from '../../shared/upload.ts';
import { runningUpload, uploadNamed } from '../dev/scenarios.ts';
import { type Row, leadOf, linkedLegOf, rowsOf } from './rows.ts';

const base = { ...uploadNamed(1, 'video_5.mp4', 100), groupId: 'g' };
const error = { code: 'offline' } as const;
const bucket = { ...base, id: 'a', destinationId: 'r2' };
const disk = { ...base, id: 'b', destinationId: 'disk' };
const done = { completedAt: 5, wasThere: false, localFile: 'kept', verification: 'checksum' } as const;
const running: Upload = { ...runningUpload({ index: 1, name: 'video_5.mp4', size: 100, share: 0.5 }, 10), ...bucket, uploadedBytes: 50, confirmedBytes: 40, etaSeconds: 5 };
const whole = (...legs: readonly Upload[]): Row => {
  const [row] = rowsOf(legs);
  if (row === undefined) throw new Error('A row was wanted');
  return row;
};

describe('rows', () => {
  it('are the uploads themselves where each file goes to one place', () => {
    const uploads = [1, 2].map((n): Upload => ({ ...uploadNamed(n, `video_${n}.mp4`, 1), status: 'queued', uploadedBytes: 0 }));
    expect(rowsOf(uploads)).toEqual(uploads.map((upload) => ({ ...upload, legs: [upload] })));
  });

  it('stay the same objects while nothing changes', () => {
    const uploads: Upload[] = [running, { ...disk, status: 'completed', ...done }];
    const before = rowsOf(uploads);
    expect(rowsOf([...uploads], before)[0]).toBe(before[0]);
    expect(rowsOf([{ ...running, uploadedBytes: 51 }, uploads[1] as Upload], before)[0]).not.toBe(before[0]);
  });

  it('of two destinations stand where the first of them stands, with the id of the first', () => {
    const other: Upload = { ...uploadNamed(2, 'video_6.mp4', 1), status: 'queued', uploadedBytes: 0 };
    const rows = rowsOf([running, other, { ...disk, status: 'completed', ...done }]);
    expect(rows.map(({ id, legs }) => [id, legs.length])).toEqual([
      ['a', 2],
      [other.id, 1],
    ]);
  });
});

describe('the one state of two', () => {
  it.each<[Upload['status'], Upload, Upload]>([
    ['failed', { ...bucket, status: 'failed', uploadedBytes: 1, error, existing: null }, { ...disk, status: 'completed', ...done }],
    ['uploading', running, { ...disk, status: 'completed', ...done }],
    ['uploading', running, { ...disk, status: 'waiting', uploadedBytes: 0, reason: 'offline', retryAt: null, error }],
    ['waiting', { ...bucket, status: 'waiting', uploadedBytes: 0, reason: 'offline', retryAt: null, error }, { ...disk, status: 'completed', ...done }],
    ['completed', { ...bucket, status: 'completed', ...done }, { ...disk, status: 'completed', ...done }],
    ['skipped', { ...bucket, status: 'completed', ...done }, { ...disk, status: 'skipped', existing: null }],
    ['deleted', { ...bucket, status: 'completed', ...done }, { ...disk, status: 'deleted', deletedAt: 6, deletion: 'erased' }],
    ['paused', { ...bucket, status: 'paused', uploadedBytes: 0 }, { ...disk, status: 'completed', ...done }],
  ])('%s', (status, first, second) => {
    expect(whole(first, second).status).toBe(status);
    expect(whole(second, first).status).toBe(status);
  });

  it('is as far as both together, and as slow as the slower', () => {
    const second: Upload = { ...running, ...disk, uploadedBytes: 100, confirmedBytes: 100, bytesPerSecond: 30, etaSeconds: 1 };
    expect(whole(running, second)).toMatchObject({
      uploadedBytes: 75,
      confirmedBytes: 70,
      bytesPerSecond: 40,
      etaSeconds: 5,
      size: 100,
    });
    expect(whole(running, { ...disk, status: 'completed', ...done })).toMatchObject({ uploadedBytes: 75, confirmedBytes: 70 });
  });

  it('claims no more than the leg of which least is proved, and ends with the last', () => {
    const first: Upload = { ...bucket, status: 'completed', ...done, completedAt: 9 };
    const second: Upload = { ...disk, status: 'completed', ...done, verification: 'size' };
    expect(whole(first, second)).toMatchObject({ verification: 'size', completedAt: 9 });
  });

  it('has the link of what arrived, once nothing goes on any more', () => {
    const sent: Upload = { ...disk, status: 'completed', ...done };
    expect(linkedLegOf(whole({ ...bucket, status: 'skipped', existing: null }, sent))).toBe(sent);
    expect(linkedLegOf(whole({ ...bucket, status: 'completed', ...done }, sent))?.id).toBe('a');
    expect(linkedLegOf(whole(running, sent))).toBeUndefined();
  });

  it('leads to the leg that a person has to look at', () => {
    const failed: Upload = { ...disk, status: 'failed', uploadedBytes: 1, error, existing: null };
    const [row] = rowsOf([running, failed]);
    expect(row && leadOf(row)).toBe(failed);
  });
});
