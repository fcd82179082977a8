import { describe, expect, it } from 'vitest';
import { content, makeBench } from '../../tests/support/builders.ts';
import { hang, loseAnswer } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { crc64, md5 } from '../../tests/support/received-body.ts';
import type { ConflictRule } from '../../shared/upload.ts';
import { UploadError } from './upload-error.ts';

const key = 'videos/video_5.mp4';
const sends = (operation: string): boolean => /^(putObject|create|uploadPart|complete)/.test(operation);

function benchWithRule(onConflict: ConflictRule) {
  return makeBench({ settings: { onConflict } });
}

describe('another object has the key', () => {
  it('ask: nothing is sent, and the person sees which object it is', async () => {
    const bench = benchWithRule('ask');
    bench.storage.putForeign(key, 'the old one');
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({
      status: 'failed',
      error: { code: 'object-exists' },
      existing: { size: 11, modifiedAt: bench.clock.now() },
    });
    expect(bench.storage.operations.filter(sends)).toEqual([]);
  });

  it('skip: nothing is sent, and the row says so', async () => {
    const bench = benchWithRule('skip');
    bench.storage.putForeign(key, 'the old one');
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'skipped', existing: { size: 11 } });
    expect(bench.storage.operations.filter(sends)).toEqual([]);
    expect((await bench.relaunch()).row(id).status).toBe('skipped');
    await bench.queue.remove([id]);
    expect(bench.queue.snapshot().uploads).toEqual([]);
  });

  it('replace: ours takes its place without a question', async () => {
    const bench = benchWithRule('replace');
    bench.storage.putForeign(key);
    const id = await bench.add();
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
  });

  it('rename: takes the first number that neither the destination nor the queue has', async () => {
    const bench = benchWithRule('rename');
    bench.storage.putForeign(key);
    bench.storage.putForeign('videos/video_5-2.mp4');
    // Another upload of the queue waits for its turn with the next number.
    bench.names.set('/v/other.mp4', { id: null, key: 'videos/video_5-3.mp4' });
    bench.storage.on('headObject', hang);
    await bench.add('/v/other.mp4', 'other');
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'completed', notice: 'renamed', key: 'videos/video_5-4.mp4' });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('somebody else');
    expect(bench.storage.objects.get('videos/video_5-4.mp4')?.bytes.toString()).toBe(content);
  });
});

describe('compare', () => {
  const compared = async (prepare: (bench: ReturnType<typeof makeBench>) => void) => {
    const bench = benchWithRule('compare');
    prepare(bench);
    return { bench, id: await bench.add() };
  };
  const put = (bench: ReturnType<typeof makeBench>, facts: { text?: string; etag: string; crc64nvme?: string }) => {
    bench.storage.putForeign(key, facts.text ?? content);
    const found = bench.storage.objects.get(key);
    if (found === undefined) throw new Error('It was just put there');
    bench.storage.objects.set(key, { ...found, etag: facts.etag, crc64nvme: facts.crc64nvme ?? null });
  };
  const bytes = Buffer.from(content);

  it('the same by the checksum: it is there already, with a link, and no byte is sent', async () => {
    const { bench, id } = await compared((world) => put(world, { etag: 'opaque', crc64nvme: crc64(bytes) }));
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'checksum', wasThere: true });
    expect(bench.queue.completed(id)).toMatchObject({ key });
    expect(bench.storage.operations.filter(sends)).toEqual([]);
  });

  it('the same by the MD5 that its ETag is', async () => {
    const { bench, id } = await compared((world) => put(world, { etag: md5(bytes) }));
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object', wasThere: true });
  });

  it.each([
    ['another size', { text: 'x', etag: 'opaque' }],
    ['another checksum', { etag: 'opaque', crc64nvme: crc64(Buffer.from('another')) }],
    ['an ETag that is not its MD5', { etag: md5(Buffer.from('another')) }],
    ['an ETag that says nothing', { etag: 'opaque' }],
  ])('%s: a person decides, and is asked once', async (_what, facts) => {
    const { bench, id } = await compared((world) => put(world, facts));
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
    expect(bench.storage.operations.filter(sends)).toEqual([]);
    expect(bench.storage.count('headObject')).toBe(1);
  });

  it('the receipt of what was there names the mark of whoever sent it', async () => {
    const { bench, id } = await compared((world) => put(world, { etag: 'opaque', crc64nvme: crc64(bytes) }));
    const record = bench.queue.proof(id)?.record;
    expect(record?.state).toMatchObject({ wasThere: true, token: null, etag: 'opaque' });
  });
});

describe('a person answers', () => {
  const asked = async () => {
    const bench = benchWithRule('ask');
    bench.storage.putForeign(key);
    return { bench, id: await bench.add() };
  };

  it.each<[ConflictRule, string]>([
    ['skip', 'skipped'],
    ['replace', 'completed'],
    ['rename', 'completed'],
  ])('%s', async (rule, status) => {
    const { bench, id } = await asked();
    await bench.queue.edit.settleConflict([id], rule);
    await settle();
    expect(bench.row(id).status).toBe(status);
  });

  it('and may think better of a skip', async () => {
    const { bench, id } = await asked();
    await bench.queue.edit.settleConflict([id], 'skip');
    await settle();
    await bench.queue.edit.settleConflict([id], 'replace');
    await settle();
    expect(bench.row(id).status).toBe('completed');
  });

  it('for many at once; uploads that ask nothing are left alone', async () => {
    const bench = makeBench({ settings: { onConflict: 'ask', filesInParallel: 8 } });
    for (const n of [1, 2]) bench.storage.putForeign(`videos/video_${n}.mp4`);
    const ids = [await bench.add('/v/video_1.mp4'), await bench.add('/v/video_2.mp4'), await bench.add('/v/video_3.mp4')];
    expect(ids.map((id) => bench.row(id).status)).toEqual(['failed', 'failed', 'completed']);
    await bench.queue.edit.settleConflict(ids, 'replace');
    await settle();
    expect(ids.map((id) => bench.row(id).status)).toEqual(['completed', 'completed', 'completed']);
  });
});

describe('another object comes while the parts are on their way', () => {
  /** Complete is refused because the key was taken after the last look. */
  const overtaken = async (onConflict: ConflictRule, isLost: boolean) => {
    const bench = benchWithRule(onConflict);
    bench.storage.on('complete', () => {
      bench.storage.putForeign(key);
      // R2 throws the parts away with the refusal, AWS keeps them.
      if (isLost) bench.storage.unfinished.clear();
      throw new UploadError('object-exists', { httpStatus: 412, serverCode: 'PreconditionFailed' });
    });
    return { bench, id: await bench.add() };
  };

  it.each([false, true])('ask: theirs stays and a person is asked (parts lost: %s)', async (isLost) => {
    const { bench, id } = await overtaken('ask', isLost);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' }, existing: { size: 13 } });
    await bench.queue.edit.settleConflict([id], 'replace');
    await settle();
    expect(bench.row(id)).toMatchObject({ status: 'completed', notice: isLost ? 'restarted-overtaken' : null });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it.each([false, true])('rename: goes under another key, and leaves no parts behind (parts lost: %s)', async (isLost) => {
    const { bench, id } = await overtaken('rename', isLost);
    expect(bench.row(id)).toMatchObject({ status: 'completed', key: 'videos/video_5-2.mp4' });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('somebody else');
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it('skip: leaves theirs, and no parts', async () => {
    const { bench, id } = await overtaken('skip', false);
    expect(bench.row(id).status).toBe('skipped');
    expect(bench.storage.unfinished.size).toBe(0);
  });

  it('our own object, whose answer was lost, is no conflict', async () => {
    const bench = benchWithRule('rename');
    bench.storage.on('complete', loseAnswer);
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'completed', key });
  });

  it('a small file is refused by its condition, and follows the rule then', async () => {
    const bench = makeBench({ settings: { onConflict: 'rename', multipartThreshold: 30 } });
    bench.storage.on('putObject', () => {
      bench.storage.putForeign(key);
      throw new UploadError('object-exists', { httpStatus: 412 });
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'completed', key: 'videos/video_5-2.mp4' });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('somebody else');
  });
});
