import { describe, expect, it } from 'vitest';
import { benchWith, content, makeBench, makeRecord, multipart } from '../../tests/support/builders.ts';
import { hang, loseAnswer } from '../../tests/support/fake-object-storage.ts';
import { md5 } from '../../tests/support/received-body.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const key = 'videos/video_5.mp4';
const text = content;

/** Writes of one multipart upload of three parts; see "writes down every step". */
const writesOfOneUpload = 10;

describe('a process that dies at any write of the journal', () => {
  for (const partsInParallel of [1, 3]) {
    for (let write = 1; write <= writesOfOneUpload; write += 1) {
      it(`dies after write ${write} with ${partsInParallel} in flight, and the object is whole`, async () => {
        const bench = makeBench({ settings: { partsInParallel } });
        bench.files.write('/v/video_5.mp4');
        bench.journal.diesAfter = write;
        void bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
        await settle();
        const before = bench.storage.takeOperations();
        const next = await bench.relaunch();
        const [row] = next.queue.snapshot().uploads;
        expect(row).toMatchObject({ status: 'completed', verification: 'object' });
        expect(next.storage.objects.get(key)?.bytes.toString()).toBe(text);
        expect([...next.storage.unfinished.keys()]).toEqual([]);
        // No more is sent again than was in flight: a part whose answer came is never sent twice.
        const twice = before.filter((done) => done.startsWith('uploadPart') && next.storage.operations.includes(done));
        expect(twice).toEqual([]);
      });
    }
  }

  it('and of a small file, at any write', async () => {
    for (let write = 1; write <= 4; write += 1) {
      const bench = makeBench();
      bench.files.write('/v/video_5.mp4', 'small');
      bench.journal.diesAfter = write;
      void bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
      await settle();
      const next = await bench.relaunch();
      expect([write, next.queue.snapshot().uploads[0]?.status]).toEqual([write, 'completed']);
      expect(next.storage.count('putObject')).toBeLessThanOrEqual(1);
    }
  });

  it('with a Create whose answer it never saw leaves no unfinished upload behind', async () => {
    const bench = makeBench();
    bench.storage.on('create', async (call) => {
      await call.perform();
      return hang(call);
    });
    await bench.add();
    bench.storage.operations.length = 0;
    const next = await bench.relaunch();
    expect(next.storage.operations.slice(0, 4)).toEqual(['listUnfinished', 'listParts', 'abort', 'headObject']);
    expect(next.storage.unfinished.size).toBe(0);
    expect(next.storage.objects.get(key)?.bytes.toString()).toBe(text);
  });

  it('does not touch the unfinished uploads of others: with parts, older, or under another key', async () => {
    const since = Date.UTC(2026, 0, 1);
    const bench = await benchWith([makeRecord({ transfer: { kind: 'creating', since } })], {
      prepare: ({ storage }) => {
        storage.beginForeign('with-parts', key, { initiatedAt: since, parts: [1] });
        storage.beginForeign('older', key, { initiatedAt: since - 3_600_000 });
        storage.beginForeign('other-key', 'videos/video_6.mp4', { initiatedAt: since });
        storage.beginForeign('lost', key, { initiatedAt: since + 1_000 });
      },
    });
    expect([...bench.storage.unfinished.keys()]).toEqual(['with-parts', 'older', 'other-key']);
  });
});

describe('an upload that the server does not know any more', () => {
  const record = makeRecord({ transfer: multipart('gone'), state: { status: 'uploading' } });

  it('is completed when HEAD shows our object', async () => {
    const bench = await benchWith([record], {
      prepare: ({ storage }) => {
        const bytes = Buffer.from(text);
        const facts = { size: 25, modifiedAt: 1, etag: `${md5(bytes)}-3`, crc64nvme: null, contentType: 'video/mp4', bytes };
        storage.objects.set(key, { ...facts, uploadToken: record.uploadToken });
      },
    });
    expect(bench.storage.operations).toEqual(['listParts', 'headObject', 'headObject']);
    expect(bench.row(record.id).status).toBe('completed');
  });

  it('begins anew when it does not, and says so', async () => {
    const bench = await benchWith([record]);
    expect(bench.storage.operations.slice(0, 4)).toEqual(['listParts', 'headObject', 'headObject', 'create']);
    expect(bench.row(record.id)).toMatchObject({ status: 'completed', notice: 'restarted-expired' });
  });

  it('begins anew when that comes out in the middle', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', (call) => {
      bench.storage.unfinished.clear();
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.storage.count('create')).toBe(2);
    expect(bench.row(id)).toMatchObject({ status: 'completed', notice: 'restarted-expired' });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(text);
  });

  it('does not begin anew without end, nor without a pause, when the server forgets each one', async () => {
    const bench = makeBench();
    let creates = 0;
    bench.storage.always('create', (call) => {
      creates += 1;
      return creates > 30 ? hang(call) : call.perform();
    });
    bench.storage.always('uploadPart', (call) => {
      bench.storage.unfinished.clear();
      return call.perform();
    });
    await bench.add();
    expect(creates).toBeLessThan(10);
  });
});

describe('Complete', () => {
  it('whose answer is lost is not repeated: HEAD shows the object', async () => {
    const bench = makeBench();
    bench.storage.on('complete', loseAnswer);
    const id = await bench.add();
    expect(bench.storage.count('complete')).toBe(1);
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object' });
  });

  it('that is looked at after a crash and had worked sends nothing', async () => {
    const bench = makeBench();
    bench.storage.on('complete', async (call) => {
      await call.perform();
      return hang(call);
    });
    await bench.add();
    bench.storage.operations.length = 0;
    const next = await bench.relaunch();
    expect(next.storage.operations).toEqual(['headObject', 'headObject']);
    expect(next.queue.snapshot().uploads[0]).toMatchObject({ status: 'completed', verification: 'object' });
  });

  it('that had worked before a crash counts although the file is gone now', async () => {
    const bench = makeBench();
    bench.storage.on('complete', async (call) => {
      await call.perform();
      return hang(call);
    });
    await bench.add();
    bench.files.remove('/v/video_5.mp4');
    const next = await bench.relaunch();
    expect(next.queue.snapshot().uploads[0]).toMatchObject({ status: 'completed' });
  });

  it('that answers 200 with an error inside is tried again', async () => {
    const bench = makeBench();
    bench.storage.on('complete', new UploadError('unexpected-answer', { isUnclear: true, httpStatus: 200 }));
    const id = await bench.add();
    await bench.clock.advance(2_000);
    const end = ['headObject', 'complete', 'headObject', 'complete', 'headObject'];
    expect(bench.storage.operations.slice(-5)).toEqual(end);
    expect(bench.row(id)).toMatchObject({ status: 'completed' });
  });

  it('is not sent when another put an object there meanwhile', async () => {
    const bench = makeBench();
    bench.storage.on('uploadPart 3', (call) => {
      bench.storage.putForeign(key);
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.storage.count('complete')).toBe(0);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('somebody else');
  });

  it('that another beat by a moment fails without a re-send, and keeps the other object', async () => {
    const bench = makeBench();
    bench.storage.on('complete', (call) => {
      bench.storage.putForeign(key);
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
    expect(bench.storage.count('uploadPart')).toBe(3);
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('somebody else');
  });

  it('that refuses a part asks for the list and sends only that part again (after a resume)', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 3', hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    bench.storage.on('complete', (call) => {
      bench.storage.unfinished.get('upload-1')?.parts.delete(2);
      return call.perform();
    });
    bench.storage.takeOperations();
    await bench.queue.resume([id]);
    await settle();
    expect(bench.storage.operations.filter((done) => done !== 'headObject')).toEqual([
      'listParts',
      'uploadPart 3',
      'complete',
      'listParts',
      'uploadPart 2',
      'complete',
    ]);
    expect(bench.row(id)).toMatchObject({ status: 'completed', notice: null });
  });

  it('that refuses a part asks for the list and sends only that part again (in the first run)', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('complete', (call) => {
      bench.storage.unfinished.get('upload-1')?.parts.delete(2);
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.storage.operations.filter((done) => done.startsWith('uploadPart'))).toEqual([
      'uploadPart 1',
      'uploadPart 2',
      'uploadPart 3',
      'uploadPart 2',
    ]);
    expect(bench.row(id)).toMatchObject({ status: 'completed', notice: null });
  });
});
