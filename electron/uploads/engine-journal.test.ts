import { describe, expect, it } from 'vitest';
import { deferred, makeBench } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const isWritten =
  (...writes: readonly string[]) =>
  (write: string): boolean =>
    writes.some((refused) => write.startsWith(refused));

describe('a journal that cannot be written', () => {
  it('refuses a new file, and nothing of it is sent or shown', async () => {
    const bench = makeBench();
    bench.journal.refuses = () => true;
    bench.files.write('/v/video_5.mp4');
    expect(await bench.queue.add(['/v/video_5.mp4'], { destinationIds: ['r2'], waits: false })).toEqual({
      addedIds: [],
      known: [],
      leftOut: 0,
      refused: [{ name: 'video_5.mp4', code: 'journal-unwritable' }],
    });
    await settle();
    expect(bench.storage.operations).toEqual([]);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it.each([
    ['before Create', 'save uploading creating', ['headObject']],
    ['after Create', 'save uploading multipart', ['headObject', 'create']],
    ['at a part', 'addPart 1', ['headObject', 'create', 'uploadPart 1']],
    [
      'before Complete',
      'save completing',
      ['headObject', 'create', 'uploadPart 1', 'uploadPart 2', 'uploadPart 3', 'headObject'],
    ],
  ])('%s stops the upload there, says why, and lets it go on by itself', async (_when, write, done) => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.journal.refuses = isWritten(write);
    const id = await bench.add();
    expect(bench.storage.operations).toEqual(done);
    expect(bench.row(id)).toMatchObject({ status: 'waiting', error: { code: 'journal-unwritable' } });
    bench.storage.takeOperations();
    await bench.clock.advance(4_999);
    expect(bench.storage.operations.filter((operation) => /create|Part|complete/.test(operation))).toEqual([]);
    bench.journal.refuses = () => false;
    await bench.clock.advance(10_000);
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it('at the very end shows the object as completed only when that is written', async () => {
    const bench = makeBench();
    bench.journal.refuses = isWritten('save completed');
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'waiting' });
    expect(bench.queue.completed(id)).toBeNull();
    bench.journal.refuses = () => false;
    await bench.clock.advance(10_000);
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object' });
    expect(bench.storage.count('complete')).toBe(1);
  });

  it('for an hour does not lose the upload, nor the patience', async () => {
    const bench = makeBench();
    bench.storage.on('uploadPart', hang);
    bench.journal.refuses = isWritten('save uploading', 'save waiting', 'save failed');
    const id = await bench.add();
    await bench.clock.advance(3_600_000);
    expect(bench.row(id).status).toBe('waiting');
    bench.journal.refuses = () => false;
    await bench.clock.advance(60_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('when a wait is over does not leave the upload waiting for ever', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('create', ...Array.from({ length: 6 }, () => new UploadError('server-error')));
    const id = await bench.add();
    bench.journal.refuses = isWritten('save queued');
    await bench.clock.advance(30_000);
    bench.journal.refuses = () => false;
    await bench.clock.advance(120_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('when the network is back does not leave the upload waiting for ever', async () => {
    const bench = makeBench();
    bench.storage.on('create', new UploadError('offline'));
    const id = await bench.add();
    bench.journal.refuses = isWritten('save queued');
    await bench.clock.advance(10_000);
    bench.journal.refuses = () => false;
    await bench.clock.advance(120_000);
    expect(bench.row(id).status).toBe('completed');
  });

  it('for a command tells the person, and does not strand an upload that has not begun', async () => {
    const bench = makeBench({ settings: { filesInParallel: 1 } });
    const released = deferred();
    bench.storage.on('headObject', async (call) => {
      await call.until(released.promise);
      return call.perform();
    });
    await bench.add('/v/video_1.mp4');
    const second = await bench.add('/v/video_2.mp4');
    bench.journal.refuses = isWritten('save paused');
    await expect(bench.queue.pause([second])).rejects.toMatchObject({ code: 'journal-unwritable' });
    bench.journal.refuses = () => false;
    released.resolve();
    await bench.clock.advance(60_000);
    expect(bench.row(second).status).toBe('completed');
  });

  it('for a command on a paused upload still shows it as paused', async () => {
    const bench = makeBench();
    bench.storage.on('uploadPart', hang);
    const id = await bench.add();
    await bench.queue.pause([id]);
    bench.journal.refuses = () => true;
    await bench.queue.resume([id]).catch(() => undefined);
    bench.journal.refuses = () => false;
    await bench.clock.advance(60_000);
    expect(bench.row(id).status).not.toBe('waiting');
  });

  it('for a removal keeps the row', async () => {
    const bench = makeBench();
    const id = await bench.add();
    bench.journal.refuses = isWritten('remove');
    await expect(bench.queue.remove([id])).rejects.toMatchObject({ code: 'journal-unwritable' });
    expect(bench.row(id).status).toBe('completed');
  });

  it('while cancelling keeps trying', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', hang);
    const id = await bench.add();
    bench.journal.refuses = isWritten('remove');
    await bench.queue.cancel([id]);
    await bench.clock.advance(12_000);
    bench.journal.refuses = () => false;
    await bench.clock.advance(12_000);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });
});

describe('what the window sees', () => {
  it('is never ahead of the journal', async () => {
    const bench = makeBench();
    const shown: string[] = [];
    bench.queue.subscribe(() => {
      for (const { id, status } of bench.queue.snapshot().uploads) {
        const journaled = bench.journal.record(id)?.state.status;
        if (status !== journaled && status !== 'waiting') shown.push(`${status} while the journal says ${journaled}`);
      }
    });
    await bench.add();
    await bench.add('/v/video_6.mp4', 'small');
    expect(shown).toEqual([]);
  });

  it('gets a higher revision with every change', async () => {
    const bench = makeBench();
    const revisions: number[] = [];
    bench.queue.subscribe(() => revisions.push(bench.queue.snapshot().revision));
    await bench.add();
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(revisions.length).toBeGreaterThan(5);
  });
});
