import { describe, expect, it } from 'vitest';
import { content, makeBench } from '../../tests/support/builders.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';

const key = 'videos/video_5.mp4';
const path = '/v/video_5.mp4';
const other = content.toUpperCase();

describe('a file that is gone', () => {
  it('is waited for, and its upload goes on by itself when it is back', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', async (call) => {
      const stored = await call.perform();
      bench.files.remove(path);
      return stored;
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'waiting', reason: 'source', uploadedBytes: 10 });
    await bench.clock.advance(3_600_000);
    expect(bench.row(id).status).toBe('waiting');
    bench.files.write(path);
    await bench.clock.advance(3_000);
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.count('uploadPart')).toBe(3);
  });

  it('is looked for after a restart, too', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', hang);
    const id = await bench.add();
    bench.files.remove(path);
    bench.storage.always('uploadPart', null);
    const next = await bench.relaunch();
    expect(next.row(id)).toMatchObject({ status: 'waiting', reason: 'source' });
    next.files.write(path);
    await next.clock.advance(3_000);
    expect(next.row(id).status).toBe('completed');
  });

  it('does not hold up the others', async () => {
    const bench = makeBench({ settings: { filesInParallel: 1 } });
    bench.storage.on('headObject', (call) => {
      bench.files.remove('/v/video_1.mp4');
      return call.perform();
    });
    await bench.add('/v/video_1.mp4');
    const second = await bench.add('/v/video_2.mp4');
    expect(bench.row(second).status).toBe('completed');
  });
});

describe('a file that changed', () => {
  it.each([
    ['its size', `${content}z`, 1],
    ['its time', content, 2],
  ])('(%s) before a part stops the upload without Complete', async (_what, text, mtimeMs) => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', (call) => {
      bench.files.write(path, text, mtimeMs);
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(bench.storage.operations).not.toContain('complete');
    expect(bench.storage.count('uploadPart')).toBe(1);
  });

  it('in its content alone is found before Complete', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 3', (call) => {
      bench.files.write(path, other);
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(bench.storage.operations).not.toContain('complete');
  });

  it('while the app was closed is found before anything is asked of the server', async () => {
    const bench = makeBench();
    bench.storage.always('uploadPart', hang);
    const id = await bench.add();
    bench.files.write(path, other);
    bench.storage.takeOperations();
    const next = await bench.relaunch();
    expect(next.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(next.storage.operations).toEqual([]);
  });

  it('under a part that is being read is no reason to send a mixture', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.files.beforeRead = (_path, position) => {
      if (position === 10) bench.files.write(path, other);
    };
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    expect(bench.storage.objects.size).toBe(0);
  });
});

describe('sending the new version', () => {
  it('drops the old parts, and sends the new content', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', (call) => {
      bench.files.write(path, other, 2);
      return call.perform();
    });
    const id = await bench.add();
    bench.storage.takeOperations();
    await bench.queue.edit.restart(id);
    await settle();
    expect(bench.storage.operations.slice(0, 3)).toEqual(['abort', 'headObject', 'headObject']);
    expect(bench.row(id)).toMatchObject({ status: 'completed', notice: null });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(other);
  });

  it('of a small file that changed while it was sent replaces what had arrived', async () => {
    const bench = makeBench();
    bench.storage.on('putObject', async (call) => {
      const answer = await call.perform();
      bench.files.write(path, 'SMALL', 2);
      return answer;
    });
    const id = await bench.add(path, 'small');
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'source-changed' } });
    await bench.queue.edit.restart(id);
    await settle();
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('SMALL');
    expect(bench.row(id).status).toBe('completed');
  });

  it('is refused while the old one is still being sent', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 1', hang);
    const id = await bench.add();
    bench.storage.takeOperations();
    await expect(bench.queue.edit.restart(id)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(bench.storage.operations).toEqual([]);
  });

  it('leaves a completed upload what it is', async () => {
    const bench = makeBench();
    const id = await bench.add();
    const before = bench.journal.record(id);
    bench.files.write(path, other, 2);
    await bench.queue.edit.restart(id).catch(() => undefined);
    expect(bench.journal.record(id)).toEqual(before);
  });
});

describe('showing where the file is now', () => {
  it('is taken when the content is the same, and the upload goes on', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.storage.on('uploadPart 2', async (call) => {
      const stored = await call.perform();
      bench.files.remove(path);
      return stored;
    });
    const id = await bench.add();
    bench.files.write('/moved/v.mp4', content, 99);
    await bench.queue.edit.locate(id, '/moved/v.mp4');
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', name: 'video_5.mp4' });
    expect(bench.storage.count('uploadPart')).toBe(3);
  });

  it.each([other, `${content}z`])('is refused when it is %s', async (text) => {
    const bench = makeBench();
    bench.storage.on('uploadPart', (call) => {
      bench.files.remove(path);
      return call.perform();
    });
    const id = await bench.add();
    bench.files.write('/moved/v.mp4', text);
    await expect(bench.queue.edit.locate(id, '/moved/v.mp4')).rejects.toMatchObject({ code: 'source-changed' });
    await expect(bench.queue.edit.locate(id, '/nowhere.mp4')).rejects.toMatchObject({ code: 'source-missing' });
    expect(bench.row(id).status).toBe('waiting');
  });
});
