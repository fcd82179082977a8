import { describe, expect, it } from 'vitest';
import { benchWith, content, makeBench, makeRecord, multipart } from '../../tests/support/builders.ts';
import { loseAnswer } from '../../tests/support/fake-object-storage.ts';
import { md5 } from '../../tests/support/received-body.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from './upload-error.ts';

const key = 'videos/video_5.mp4';
const part = (n: number, text: string) => ({ partNumber: n, size: text.length, etag: md5(Buffer.from(text)) });

describe('a file from the first byte to the link', () => {
  it('is created, sent in parts, looked for, completed and proved, in this order', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    const id = await bench.add();
    expect(bench.storage.operations).toEqual([
      'headObject',
      'create',
      'uploadPart 1',
      'uploadPart 2',
      'uploadPart 3',
      'headObject',
      'complete',
      'headObject',
    ]);
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object', key });
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
  });

  it('is journaled with upload id, key and part size before the first part leaves', async () => {
    const bench = makeBench();
    let journaled: unknown;
    bench.storage.on('uploadPart', (call) => {
      journaled = structuredClone(bench.journal.saved.at(-1));
      return call.perform();
    });
    await bench.add();
    expect(journaled).toMatchObject({ key, transfer: { kind: 'multipart', uploadId: 'upload-1', partSize: 10 } });
  });

  it('writes down every step before it is visible or has an effect', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    await bench.add();
    expect(bench.journal.writes).toEqual([
      'save queued none',
      'save uploading none',
      'save uploading creating',
      'save uploading multipart',
      'beginParts',
      'addPart 1',
      'addPart 2',
      'addPart 3',
      'save completing multipart',
      'save completed multipart',
    ]);
  });

  it('goes in one request up to the threshold, and in parts one byte above', async () => {
    const bench = makeBench();
    await bench.add('/v/video_1.mp4', 'exactly-10');
    expect(bench.storage.takeOperations()).toEqual(['headObject', 'putObject', 'headObject']);
    await bench.add('/v/video_2.mp4', 'eleven-byte');
    expect(bench.storage.count('create')).toBe(1);
    expect(bench.storage.objects.get('videos/video_1.mp4')?.bytes.toString()).toBe('exactly-10');
  });

  it('of one byte arrives, too', async () => {
    const bench = makeBench();
    const id = await bench.add('/v/video_1.mp4', 'x');
    expect(bench.row(id)).toMatchObject({ status: 'completed', verification: 'object' });
  });

  it('whose one request lost its answer is found by HEAD and not sent again', async () => {
    const bench = makeBench();
    bench.storage.on('putObject', loseAnswer);
    const id = await bench.add('/v/video_1.mp4', 'small');
    expect(bench.storage.operations).toEqual(['headObject', 'putObject', 'headObject', 'headObject']);
    expect(bench.row(id).status).toBe('completed');
  });

  it('in one request goes again after a restart only when it had not arrived', async () => {
    const sent = makeRecord({ transfer: { kind: 'single', since: 1 }, state: { status: 'uploading' } });
    const bench = await benchWith([sent], {
      settings: { multipartThreshold: 30 },
      prepare: ({ storage }) => {
        const bytes = Buffer.from(content);
        const facts = { size: 25, modifiedAt: 1, etag: md5(bytes), crc64nvme: null, contentType: 'video/mp4', bytes };
        storage.objects.set(key, { ...facts, uploadToken: sent.uploadToken });
      },
    });
    expect(bench.row(sent.id).status).toBe('completed');
    expect(bench.storage.operations).not.toContain('putObject');
  });
});

describe('resuming', () => {
  const sent = makeRecord({ transfer: multipart(), state: { status: 'uploading' } });

  it('asks for the parts, sends the missing one, and never creates', async () => {
    const bench = await benchWith([sent], {
      prepare: ({ storage, journal }) => {
        storage.beginForeign('upload-1', key, { initiatedAt: 1 });
        const { parts } = storage.unfinished.get('upload-1')!;
        storage.unfinished.set('upload-1', {
          object: { key, size: 25, contentType: 'video/mp4', uploadToken: sent.uploadToken, originalName: 'x' },
          initiatedAt: 1,
          parts,
        });
        for (const [n, text] of [[1, content.slice(0, 10)], [2, content.slice(10, 20)]] as const) {
          parts.set(n, { bytes: Buffer.from(text), etag: part(n, text).etag });
          void journal.addPart(sent.id, part(n, text));
        }
      },
    });
    expect(bench.storage.operations).toEqual([
      'listParts',
      'uploadPart 3',
      'headObject',
      'complete',
      'headObject',
    ]);
    expect(bench.row(sent.id)).toMatchObject({ status: 'completed', verification: 'object' });
  });

  it.each([
    ['a wrong size', 'abcdefghi', null],
    ['other bytes', 'XXXXXXXXXX', null],
    ['an ETag that the journal does not know and is no MD5', content.slice(0, 10), 'opaque-etag'],
  ])('sends a listed part with %s again', async (_why, text, etag) => {
    const bench = await benchWith([sent], {
      prepare: ({ storage }) => {
        const object = { key, size: 25, contentType: 'video/mp4', uploadToken: sent.uploadToken, originalName: 'x' };
        const parts = new Map([[1, { bytes: Buffer.from(text), etag: etag ?? part(1, text).etag }]]);
        storage.unfinished.set('upload-1', { object, initiatedAt: 1, parts });
      },
    });
    expect(bench.storage.count('uploadPart')).toBe(3);
    expect(bench.storage.objects.get(key)?.bytes.toString()).toBe(content);
  });

  it('takes a part whose answer was lost when its MD5 is that of the file, without sending it', async () => {
    const bench = await benchWith([sent], {
      prepare: ({ storage }) => {
        const object = { key, size: 25, contentType: 'video/mp4', uploadToken: sent.uploadToken, originalName: 'x' };
        const text = content.slice(0, 10);
        const parts = new Map([[1, { bytes: Buffer.from(text), etag: part(1, text).etag }]]);
        storage.unfinished.set('upload-1', { object, initiatedAt: 1, parts });
      },
    });
    expect(bench.storage.operations).not.toContain('uploadPart 1');
    expect(bench.row(sent.id).status).toBe('completed');
  });

  it('keeps the part size of the upload when the setting has changed meanwhile', async () => {
    const bench = makeBench({ settings: { partsInParallel: 1 } });
    bench.journal.diesAfter = 6;
    await bench.add();
    bench.settings.partSize = 7;
    const next = await bench.relaunch();
    expect(next.storage.objects.get(key)?.bytes.toString()).toBe(content);
    expect(next.storage.count('create')).toBe(1);
  });

  it('says how many records were set aside', async () => {
    const bench = makeBench();
    bench.journal.setAside = 2;
    await bench.queue.start();
    await settle();
    expect(bench.queue.snapshot().setAside).toBe(2);
  });
});

it('what is added after moves, a restart and a renumbering stands behind everything', async () => {
  const bench = makeBench();
  bench.storage.isUp = false;
  bench.storage.always('headObject', new UploadError('offline', { isUnclear: true }));
  const ids: string[] = [];
  for (const n of [1, 2, 3, 4, 5]) ids.push(await bench.add(`/v/video_${n}.mp4`));
  for (const id of ids.slice(1)) await bench.queue.move(id, 'first');
  const again = await bench.relaunch();
  // Halving runs out of numbers, and all get new ones.
  for (let n = 0; n < 120; n += 1) await again.queue.move(again.queue.records()[2]!.id, 'up');
  const late = await again.add('/v/video_9.mp4');
  expect(again.queue.records().at(-1)?.id).toBe(late);
});
