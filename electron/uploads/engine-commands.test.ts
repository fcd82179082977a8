import { describe, expect, it } from 'vitest';
import { benchWith, content, deferred, makeBench, makeRecord, multipart } from '../../tests/support/builders.ts';
import { hang, noSuchUpload } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const key = 'videos/video_5.mp4';

describe('pause', () => {
  it('stops what is in flight at once and keeps what has arrived', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    expect(bench.storage.inFlight.size).toBe(0);
    expect(bench.row(id)).toMatchObject({ status: 'paused', uploadedBytes: 10 });
    expect(bench.storage.operations).not.toContain('abort');
  });

  it('ends on resume, which asks what the server has and sends the rest', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    bench.storage.takeOperations();
    await bench.queue.resume([id]);
    await settle();
    expect(bench.storage.operations).toEqual([
      'listParts',
      'uploadPart 2',
      'uploadPart 3',
      'headObject',
      'complete',
      'headObject',
    ]);
    expect(bench.row(id).status).toBe('completed');
  });

  it('lasts over a restart', async () => {
    const bench = makeBench();
    bench.storage.on('uploadPart', hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    bench.storage.takeOperations();
    const next = await bench.relaunch();
    await next.clock.advance(60_000);
    expect(next.row(id).status).toBe('paused');
    expect(next.storage.operations).toEqual([]);
  });

  it('ends a wait, too', async () => {
    const bench = makeBench();
    bench.storage.on('create', new UploadError('server-error'));
    const id = await bench.add();
    await bench.queue.pause([id]);
    await bench.clock.advance(120_000);
    expect(bench.row(id).status).toBe('paused');
    expect(bench.storage.count('create')).toBe(1);
  });

  it('in the moment when the run begins is obeyed', async () => {
    const bench = makeBench();
    bench.files.write('/v/video_5.mp4');
    const { addedIds } = await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false });
    await bench.queue.pause(addedIds);
    await settle();
    expect(bench.row(addedIds[0]!).status).toBe('paused');
    expect(bench.storage.inFlight.size).toBe(0);
  });

  it('and resume in the same breath go on', async () => {
    const bench = makeBench();
    bench.storage.on('uploadPart', hang, hang);
    const id = await bench.add();
    await Promise.all([bench.queue.pause([id]), bench.queue.resume([id])]);
    await settle();
    expect(bench.row(id).status).toBe('completed');
  });

  it('of everything at once leaves nothing in flight', async () => {
    const bench = makeBench({ settings: { filesInParallel: 3, partsInParallel: 4 } });
    bench.storage.always('uploadPart', hang);
    const ids = [];
    for (const n of [1, 2, 3, 4]) ids.push(await bench.add(`/v/video_${n}.mp4`));
    await bench.queue.pause(ids);
    expect(bench.storage.inFlight.size).toBe(0);
    expect(ids.map((id) => bench.row(id).status)).toEqual(ids.map(() => 'paused'));
  });
});

describe('cancel', () => {
  it('aborts on the server, makes sure by the list, and takes the row away', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', hang);
    const id = await bench.add();
    bench.storage.takeOperations();
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.storage.operations).toEqual(['abort', 'listParts', 'headObject']);
    expect(bench.queue.snapshot().uploads).toEqual([]);
    expect(bench.journal.record(id)).toBeUndefined();
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it('is repeated while the server still lists the upload', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', hang);
    const id = await bench.add();
    bench.storage.takeOperations();
    bench.storage.on('abort', () => undefined, () => undefined);
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.storage.operations).toEqual([
      'abort',
      'listParts',
      'abort',
      'listParts',
      'abort',
      'listParts',
      'headObject',
    ]);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('that the server does not carry out stays on the list, and is tried again later, not at once', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', hang);
    const id = await bench.add();
    // Hangs in the end, so that an engine that asks without a pause does not take the test along.
    bench.storage.always('abort', (call) => (bench.storage.count('abort') > 40 ? hang(call) : undefined));
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.row(id).status).toBe('canceling');
    expect(bench.storage.count('abort')).toBe(5);
    bench.storage.always('abort', null);
    await bench.clock.advance(60_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('that a crash interrupted is finished after the restart', async () => {
    const bench = await benchWith([makeRecord({ transfer: multipart(), state: { status: 'canceling' } })], {
      prepare: ({ storage }) => storage.beginForeign('upload-1', key, { initiatedAt: 1, parts: [1, 2] }),
    });
    expect(bench.storage.operations).toEqual(['abort', 'listParts', 'headObject']);
    expect(bench.storage.unfinished.size).toBe(0);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('while offline is finished when the network is back', async () => {
    const bench = makeBench();
    bench.storage.isUp = false;
    bench.storage.always('uploadPart', new UploadError('offline'));
    bench.storage.always('abort', new UploadError('offline'));
    const id = await bench.add();
    await bench.queue.cancel([id]);
    await bench.clock.advance(30_000);
    expect(bench.row(id).status).toBe('canceling');
    bench.storage.isUp = true;
    bench.storage.always('abort', null);
    await bench.clock.advance(5_000);
    expect(bench.storage.unfinished.size).toBe(0);
    await bench.clock.advance(60_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('of an upload whose Create had no answer finds and drops it, and none of others', async () => {
    const since = Date.UTC(2026, 0, 1);
    const record = makeRecord({ transfer: { kind: 'creating', since }, state: { status: 'canceling' } });
    const bench = await benchWith([record], {
      prepare: ({ storage }) => {
        storage.beginForeign('lost', key, { initiatedAt: since + 500 });
        storage.beginForeign('with-parts', key, { initiatedAt: since + 500, parts: [1] });
        storage.beginForeign('older', key, { initiatedAt: since - 3_600_000 });
      },
    });
    expect([...bench.storage.unfinished.keys()]).toEqual(['with-parts', 'older']);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('that came after the object had arrived shows it as completed', async () => {
    const bench = makeBench();
    const answer = deferred();
    bench.storage.on('putObject', async (call) => {
      const stored = await call.perform();
      await call.until(answer.promise);
      return stored;
    });
    const id = await bench.add('/v/video_5.mp4', 'small');
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.row(id).status).toBe('completed');
  });

  it('of a failed upload drops what it had sent', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', new UploadError('invalid-request'));
    const id = await bench.add();
    expect(bench.row(id).status).toBe('failed');
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.storage.unfinished.size).toBe(0);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('of an upload that waits for its next try does not wait for it', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', ...Array.from({ length: 6 }, () => new UploadError('server-error')));
    const id = await bench.add();
    await bench.clock.advance(15_600);
    expect(bench.journal.record(id)?.state.status).toBe('waiting');
    await bench.queue.cancel([id]);
    await settle();
    expect(bench.queue.snapshot().uploads).toEqual([]);
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it('stops looking for a file that is of no interest any more', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', () => {
      bench.files.remove('/v/video_5.mp4');
      throw new UploadError('connection-lost');
    });
    const id = await bench.add();
    await bench.clock.advance(1_000);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'source' });
    await bench.queue.cancel([id]);
    await bench.clock.advance(10_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
    expect(bench.clock.sleeping).toBe(0);
  });

  it('does nothing to a completed upload, and remove takes only those away', async () => {
    const bench = makeBench();
    const done = await bench.add();
    bench.storage.always('uploadPart', hang);
    const busy = await bench.add('/v/video_6.mp4');
    await bench.queue.cancel([done]);
    expect(bench.row(done).status).toBe('completed');
    await bench.queue.remove([done, busy]);
    expect(bench.queue.snapshot().uploads.map(({ id }) => id)).toEqual([busy]);
    expect(bench.storage.objects.has(key)).toBe(true);
  });
});

describe('retry', () => {
  it('goes on with the parts that are there', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', new UploadError('invalid-request'));
    const id = await bench.add();
    bench.storage.takeOperations();
    await bench.queue.retry([id]);
    await settle();
    expect(bench.storage.operations.slice(0, 2)).toEqual(['listParts', 'uploadPart 2']);
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
  });

  it('of a wait does not wait any longer', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.clock.chance = 0.9;
    bench.storage.on('create', ...Array.from({ length: 6 }, () => new UploadError('server-error')));
    const id = await bench.add();
    await bench.clock.advance(0.9 * 31_000);
    expect(bench.row(id).status).toBe('waiting');
    await bench.queue.retry([id]);
    await settle();
    expect(bench.row(id).status).toBe('completed');
  });
});

describe('an expired upload', () => {
  it('that is cancelled needs no more than the server saying that it is gone', async () => {
    const bench = await benchWith([makeRecord({ transfer: multipart('gone'), state: { status: 'canceling' } })], {
      prepare: ({ storage }) => storage.on('listParts', noSuchUpload()),
    });
    expect(bench.storage.operations).toEqual(['abort', 'listParts', 'headObject']);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });
});
