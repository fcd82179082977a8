import { describe, expect, it } from 'vitest';
import { content, makeBench, type Bench } from '../../tests/support/builders.ts';
import type { Call } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const key = 'videos/video_5.mp4';

/** The server stores something else than it says: the object's ETag is not the one that it answered. */
const spoil =
  (bench: Bench) =>
  async (call: Call): Promise<unknown> => {
    const answer = await call.perform();
    const object = bench.storage.objects.get(key)!;
    bench.storage.objects.set(key, { ...object, etag: 'spoiled', bytes: Buffer.alloc(object.size) });
    return answer;
  };

describe('an object that is not what was sent', () => {
  it.each([
    ['in parts', content],
    ['in one request', 'small'],
  ])('(%s) is sent once more by itself, and then it is right', async (_how, text) => {
    const bench = makeBench();
    bench.storage.on('complete', spoil(bench)).on('putObject', spoil(bench));
    const id = await bench.add('/v/video_5.mp4', text);
    await bench.clock.advance(5_000);
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object', notice: 'restarted-mismatch' });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(text);
  });

  it.each([
    ['in parts', content],
    ['in one request', 'small'],
  ])('(%s) fails after the second time, and has no link', async (_how, text) => {
    const bench = makeBench();
    bench.storage.always('complete', spoil(bench)).always('putObject', spoil(bench));
    const id = await bench.add('/v/video_5.mp4', text);
    await bench.clock.advance(5_000);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-mismatch' } });
    expect(bench.queue.completed(id)).toBeNull();
  });

  it.each([
    ['in parts', content],
    ['in one request', 'small'],
  ])('(%s) is not taken for good when a person tries again: it is sent again', async (_how, text) => {
    const bench = makeBench();
    bench.storage.always('complete', spoil(bench)).always('putObject', spoil(bench));
    const id = await bench.add('/v/video_5.mp4', text);
    await bench.clock.advance(5_000);
    bench.storage.always('complete', null).always('putObject', null);
    await bench.queue.retry([id]);
    await bench.clock.advance(5_000);
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(text);
    expect(bench.row(id).status).toBe('completed');
  });

  it('with another type is none of ours to link to', async () => {
    const bench = makeBench();
    bench.storage.always('complete', async (call) => {
      const answer = await call.perform();
      bench.storage.objects.set(key, { ...bench.storage.objects.get(key)!, contentType: 'binary/octet-stream' });
      return answer;
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-mismatch' } });
  });
});

describe('how far it is proved', () => {
  it('says so when the credentials may not look', async () => {
    const bench = makeBench();
    bench.storage.always('headObject', new UploadError('access-denied', { httpStatus: 403 }));
    const id = await bench.add();
    await bench.clock.advance(60_000);
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'parts' });
    expect(bench.queue.snapshot().destinations).toEqual([]);
  });

  it('says so when the ETags are opaque', async () => {
    const bench = makeBench();
    bench.storage.always('complete', async (call) => {
      await call.perform();
      bench.storage.objects.set(key, { ...bench.storage.objects.get(key)!, etag: 'opaque' });
      return { etag: 'opaque' };
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'size' });
  });

  it('does not claim more than HEAD can show of a small file whose answer was lost', async () => {
    const bench = makeBench();
    bench.storage.on('putObject', async (call) => {
      await spoil(bench)(call);
        throw new UploadError('connection-lost', { isUnclear: true });
    });
    const id = await bench.add('/v/video_5.mp4', 'small');
    const row = bench.row(id);
    expect(row.status === 'completed' ? row.verification : row.status).not.toBe('object');
  });
});

describe('a key that is taken', () => {
  it('at the start fails before a byte is sent, and leaves the other object alone', async () => {
    const bench = makeBench();
    bench.storage.putForeign(key);
    const id = await bench.add();
    expect(bench.storage.operations).toEqual(['headObject']);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' }, keyEditable: true });
  });

  it('may be replaced when a person says so', async () => {
    const bench = makeBench();
    bench.storage.putForeign(key);
    const id = await bench.add();
    await bench.queue.edit.settleConflict([id], 'replace');
    await settle();
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
  });

  it('may be replaced after Complete found it, without sending the parts again', async () => {
    const bench = makeBench();
    bench.storage.on('uploadPart 3', (call) => {
      bench.storage.putForeign(key);
      return call.perform();
    });
    const id = await bench.add();
    bench.storage.takeOperations();
    await bench.queue.edit.settleConflict([id], 'replace');
    await settle();
    expect(bench.storage.operations).toEqual(['listParts', 'complete', 'headObject']);
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
  });

  it('can be changed for another one, and goes on', async () => {
    const bench = makeBench();
    bench.storage.putForeign(key);
    const id = await bench.add();
    await bench.queue.edit.setKey(id, 'videos/vi\u0301deo.mp4');
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', key: 'videos/v\u00eddeo.mp4' });
  });

  it('by another upload of the queue cannot be chosen', async () => {
    const bench = makeBench();
    bench.storage.isUp = true;
    bench.storage.putForeign(key);
    const id = await bench.add();
    bench.storage.putForeign('videos/video_6.mp4');
    await bench.add('/v/video_6.mp4');
    await expect(bench.queue.edit.setKey(id, 'videos/video_6.mp4')).rejects.toMatchObject({ code: 'key-taken' });
    await expect(bench.queue.edit.setKey(id, '../x.mp4')).rejects.toMatchObject({ code: 'invalid-key' });
  });

  it('stays as it is once the server has heard of it', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', (call) => call.until(new Promise(() => undefined)));
    const id = await bench.add();
    await expect(bench.queue.edit.setKey(id, 'videos/x.mp4')).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
