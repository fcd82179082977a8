import { describe, expect, it } from 'vitest';
import { content, makeBench } from '../../tests/support/builders.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { crc64 } from '../../tests/support/received-body.ts';
import type { ConflictRule } from '../../shared/upload.ts';
import { checkReceipt } from './check-receipt.ts';
import { makeReceipt } from './make-receipt.ts';

const key = 'videos/video_5.mp4';
const benchWithRule = (onConflict: ConflictRule) => makeBench({ settings: { onConflict } });

describe('an object of ours that is not what was sent', () => {
  it('is replaced without a question, and a stranger that comes meanwhile is not', async () => {
    const bench = benchWithRule('ask');
    let completes = 0;
    bench.storage.always('complete', async (call) => {
      const answer = await call.perform();
      const made = bench.storage.objects.get(key);
      if ((completes += 1) === 1 && made !== undefined) bench.storage.objects.set(key, { ...made, etag: 'of something else' });
      return answer;
    });
    bench.storage.on('uploadPart 3', (call) => call.perform(), async (call) => {
      bench.storage.putForeign(key, 'a colleague has put this here');
      return call.perform();
    });
    const id = await bench.add();
    await bench.clock.advance(60_000);
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('a colleague has put this here');
    expect(completes).toBe(1);
  });

  it('goes when the next one is right, in parts and in one piece', async () => {
    for (const [text, operation] of [[content, 'complete'], ['abcdefghi', 'putObject']] as const) {
      const bench = benchWithRule('ask');
      bench.storage.on(operation, async (call) => {
        const answer = await call.perform();
        const made = bench.storage.objects.get(key);
        if (made !== undefined) bench.storage.objects.set(key, { ...made, etag: 'of something else', size: made.size });
        return answer;
      });
      const id = await bench.add('/v/video_5.mp4', text);
      await bench.clock.advance(60_000);
      expect(bench.row(id)).toMatchObject({ status: 'completed', notice: 'restarted-mismatch' });
      expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(text);
    }
  });
});

describe('a rule that ends with a question', () => {
  it('keeps the parts until it is answered', async () => {
    const bench = benchWithRule('compare');
    bench.storage.on('uploadPart 3', async (call) => {
      bench.storage.putForeign(key, 'another');
      return call.perform();
    });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
    expect(bench.storage.count('abort')).toBe(0);
    bench.storage.takeOperations();
    await bench.queue.edit.settleConflict([id], 'replace');
    await settle();
    expect(bench.row(id).status).toBe('completed');
    expect(bench.storage.count('uploadPart')).toBe(0);
  });

  it.each(['skip', 'rename'] as const)('and one that does not leaves none behind (%s)', async (rule) => {
    const bench = benchWithRule(rule);
    bench.storage.on('uploadPart 3', async (call) => {
      bench.storage.putForeign(key, 'another');
      return call.perform();
    });
    const id = await bench.add();
    await settle();
    expect(bench.row(id).status).toBe(rule === 'skip' ? 'skipped' : 'completed');
    expect(bench.storage.unfinished.size).toBe(0);
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe('another');
  });
});

describe('comparing', () => {
  it('is not overtaken by another name: what is said of one key is not told of another', async () => {
    const bench = benchWithRule('compare');
    bench.storage.putForeign(key, content);
    const there = bench.storage.objects.get(key);
    bench.storage.objects.set(key, { ...there!, etag: 'opaque' });
    bench.storage.on('checksumOf', (call) => call.until(new Promise(() => undefined)), async () => crc64(Buffer.from(content)));
    const id = await bench.add();
    await bench.queue.edit.setKey(id, 'videos/other.mp4');
    await settle();
    expect(bench.queue.completed(id)?.key).toBe('videos/other.mp4');
    expect(bench.storage.objects.get('videos/other.mp4')?.bytes.toString()).toBe(content);
  });

  it('gives a receipt that passes its own check', async () => {
    const bench = benchWithRule('compare');
    bench.storage.putForeign(key, content);
    const there = bench.storage.objects.get(key);
    bench.storage.objects.set(key, { ...there!, uploadToken: 'of an earlier upload', crc64nvme: crc64(Buffer.from(content)) });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'completed', wasThere: true });
    const place = { id: 'r2', kind: 'r2', name: 'x', endpoint: '', region: '', bucket: '', isPathStyle: true } as const;
    const receipt = makeReceipt(bench.queue.proof(id)!, place, '1');
    expect(checkReceipt(receipt, bench.storage.objects.get(key)!)).toMatchObject({ passed: true });
  });

  it('does not take a video for there that browsers would not play', async () => {
    const bench = benchWithRule('compare');
    bench.storage.putForeign(key, content);
    const there = bench.storage.objects.get(key);
    bench.storage.objects.set(key, { ...there!, contentType: 'binary/octet-stream', crc64nvme: crc64(Buffer.from(content)) });
    const id = await bench.add();
    expect(bench.row(id)).toMatchObject({ status: 'failed', error: { code: 'object-exists' } });
  });
});
