import { describe, expect, it } from 'vitest';
import { benchWith, content, makeBench, makeRecord, multipart } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { MemoryJournal } from '../../tests/support/memory-journal.ts';
import { crc64, md5, sha256 } from '../../tests/support/received-body.ts';
import { UploadError } from './upload-error.ts';

const path = '/v/video_5.mp4';
const key = 'videos/video_5.mp4';
const piece = (n: number): Buffer => Buffer.from(content.slice((n - 1) * 10, n * 10));

describe('a server that keeps checksums', () => {
  it('proves the whole object, and the journal remembers the checksum of each part', async () => {
    const bench = makeBench();
    bench.storage.keepsChecksums = true;
    bench.storage.on('complete', hang);
    const id = await bench.add();
    expect(bench.journal.parts(id)).toContainEqual(expect.objectContaining({ partNumber: 2, crc64nvme: crc64(piece(2)) }));
    const next = await bench.relaunch();
    expect(next.row(id)).toMatchObject({ status: 'completed', verification: 'checksum' });
    expect(next.queue.proof(id)?.record.state).toMatchObject({ crc64nvme: crc64(Buffer.from(content)) });
  });

  it('whose object has another one leads to one more sending, under a new token', async () => {
    const bench = makeBench();
    bench.storage.keepsChecksums = true;
    bench.storage.on('complete', async (call) => {
      const answer = await call.perform();
      bench.storage.objects.set(key, { ...bench.storage.objects.get(key)!, crc64nvme: 'AAAAAAAAAAA=' });
      return answer;
    });
    const id = await bench.add();
    await bench.clock.advance(1_000);
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'checksum', notice: 'restarted-mismatch' });
    expect(bench.storage.count('create')).toBe(2);
  });

  it('and does not confirm one is sent signed parts, from the beginning', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.keepsChecksums = true;
    bench.storage.on('uploadPart 1', () => {
      bench.storage.keepsChecksums = false;
      throw new UploadError('checksum-unconfirmed');
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object', notice: null });
    expect(bench.storage.operations.filter((done) => done === 'abort' || done === 'create')).toEqual(['create', 'abort', 'create']);
    expect(bench.storage.unfinished.size).toBe(0);
  });
});

describe('a file that was rewritten with its old size, time and samples', () => {
  const record = makeRecord({ transfer: multipart(), state: { status: 'uploading' } });
  /** Two parts of it have arrived; what the journal remembers of them is true of `content`. */
  const arrived = (checksum: 'sha256' | 'md5') =>
    new MemoryJournal(
      [record],
      {
        [record.id]: [1, 2].map((n) => ({
          partNumber: n,
          size: 10,
          etag: md5(piece(n)),
          ...(checksum === 'sha256' ? { sha256: sha256(piece(n)) } : {}),
        })),
      },
    );

  it.each(['sha256', 'md5'] as const)('while the app was away stops the upload before Complete (%s)', async (checksum) => {
    const bench = await benchWith([record], {
      journal: arrived(checksum),
      prepare: ({ storage, files }) => {
        storage.beginForeign('upload-1', key, { initiatedAt: 0 });
        for (const n of [1, 2]) storage.unfinished.get('upload-1')!.parts.set(n, { bytes: piece(n), etag: md5(piece(n)) });
        // Behind the samples' back: the fingerprint stays that of the old content.
        files.write(path, `X${content.slice(1)}`);
        files.keepSample(path, content);
      },
    });
    await bench.clock.advance(5_000);
    expect(bench.row(record.id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(bench.storage.operations).not.toContain('complete');
  });

  it('between two parts of one run is found before Complete', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 3', async (call) => {
      const answer = await call.perform();
      bench.files.write(path, `X${content.slice(1)}`);
      bench.files.keepSample(path, content);
      return answer;
    });
    const id = await bench.add();
    await bench.clock.advance(5_000);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(bench.storage.operations).not.toContain('complete');
  });

  it('and is as it was completes without sending anything twice', async () => {
    const bench = await benchWith([record], {
      journal: arrived('sha256'),
      prepare: ({ storage }) => {
        storage.beginForeign('upload-1', key, { initiatedAt: 0 });
        const upload = storage.unfinished.get('upload-1')!;
        for (const n of [1, 2]) upload.parts.set(n, { bytes: piece(n), etag: md5(piece(n)) });
        storage.unfinished.set('upload-1', { ...upload, object: { ...upload.object, uploadToken: record.uploadToken } });
      },
    });
    await bench.clock.advance(1_000);
    expect(bench.row(record.id)).toMatchObject({ status: 'completed' });
    expect(bench.storage.operations.filter((done) => done.startsWith('uploadPart'))).toEqual(['uploadPart 3']);
  });
});

describe('progress', () => {
  it('tells what the server has confirmed from what is on its way', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', async (call) => {
      await call.receive();
      return hang(call);
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'uploading', uploadedBytes: 20, confirmedBytes: 10 });
  });

  it('says why parts are sent again, and no longer when they have arrived', async () => {
    const bench = makeBench({ settings: { partsInParallel: 2 } });
    const reset = new UploadError('connection-lost', { isUnclear: true });
    bench.storage.on('uploadPart 1', reset).on('uploadPart 2', hang);
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ resending: { parts: 1, error: { code: 'connection-lost' } } });
    await bench.clock.advance(2_000);
    expect(bench.row(id)).toMatchObject({ status: 'uploading', resending: null });
  });
});

describe('a destination that is asked for too much', () => {
  it.each([
    ['429', new UploadError('rate-limited', { httpStatus: 429 })],
    ['503', new UploadError('server-error', { httpStatus: 503 })],
  ])('and says so with %s gets half as many requests at once', async (_status, error) => {
    const bench = makeBench({ settings: { partsInParallel: 8 } });
    bench.storage.on('uploadPart 1', error);
    bench.storage.always('uploadPart', async (call) => {
      await bench.clock.sleep(3_000, call.signal);
      return call.perform();
    });
    await bench.add(path, content.repeat(20));
    await bench.clock.advance(4_000);
    expect(bench.storage.mostParts).toBe(4);
    expect(bench.queue.snapshot().line.connections).toBe(4);
  });
});
