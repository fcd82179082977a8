import { beforeEach, describe, expect, it } from 'vitest';
import { type CopyBench, copyRow as row, makeCopyBench } from '../../tests/support/copy-bench.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { UploadError } from '../uploads/upload-error.ts';

let { clock, source, target, ended, partial, copies, progress, send }: CopyBench = makeCopyBench();
beforeEach(() => {
  ({ clock, source, target, ended, partial, copies, progress, send } = makeCopyBench());
});

describe('a copy', () => {
  it('arrives whole, is proved, and tells how far it is', async () => {
    source.put('old/a.mp4', '0123456789', { contentType: 'video/quicktime' });
    await send([row('a')]);
    expect(ended).toEqual([row('a', { status: 'sent', url: 'https://v.example/new/a.mp4' })]);
    expect(target.objects.get('new/a.mp4')).toMatchObject({ contentType: 'video/quicktime', uploadToken: expect.any(String) });
    expect(target.objects.get('new/a.mp4')?.bytes.toString()).toBe('0123456789');
    expect(partial).toEqual([4, 8, 10].map((bytes) => ['old/a.mp4', bytes]));
  });

  it('of something that is no video by its type is a video', async () => {
    source.put('old/a.mp4', '0123456789', { contentType: 'binary/octet-stream' });
    await send([row('a')]);
    expect(target.objects.get('new/a.mp4')?.contentType).toBe('video/mp4');
  });

  it('whose bytes changed on the way from the source is none', async () => {
    source.put('old/a.mp4', '0123456789');
    source.spoil = (bytes) => Buffer.from(bytes.toString().replace('5', 'x'));
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'failed', error: { code: 'object-mismatch' }, url: '' }]);
    expect(target.objects.size).toBe(0);
  });

  it('that the target keeps as something else is none', async () => {
    source.put('old/a.mp4', '0123456789');
    const write = target.write.bind(target);
    target.write = async (object, writing) => {
      await write(object, writing);
      target.put(object.key, '012345678X', { uploadToken: object.uploadToken });
    };
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'failed', error: { code: 'object-mismatch' } }]);
  });

  it('that another program has replaced before we looked is none', async () => {
    source.put('old/a.mp4', '0123456789');
    const write = target.write.bind(target);
    target.write = async (object, writing) => {
      await write(object, writing);
      target.put(object.key, '0123456789', { uploadToken: 'of somebody else' });
    };
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'failed', error: { code: 'object-mismatch' } }]);
  });

  it('is made again as a whole when the source ends too early', async () => {
    source.put('old/a.mp4', '0123456789');
    let reads = 0;
    source.spoil = (bytes) => ((reads += 1) === 1 ? bytes.subarray(0, 7) : bytes);
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'sent' }]);
    expect(target.objects.get('new/a.mp4')?.bytes.toString()).toBe('0123456789');
    expect(partial.map(([, bytes]) => bytes)).toEqual([4, 7, 0, 4, 8, 10]);
  });
});

describe('an answer that was lost', () => {
  it.each(['skip', 'rename'] as const)('does not make a second object: the first is known by its mark (%s)', async (rule) => {
    source.put('old/a.mp4', '0123456789');
    const write = target.write.bind(target);
    target.write = async (object, writing) => {
      await write(object, writing);
      throw new UploadError('connection-lost', { isUnclear: true });
    };
    await send([row('a')], rule);
    expect(ended).toMatchObject([{ status: 'sent', key: 'new/a.mp4' }]);
    expect(target.operations.filter((operation) => operation.startsWith('write'))).toEqual(['write new/a.mp4']);
    expect([...target.objects.keys()]).toEqual(['new/a.mp4']);
  });

  it('of an object with other bytes than the source has is not taken for it', async () => {
    source.put('old/a.mp4', '0123456789');
    const write = target.write.bind(target);
    target.write = async (object, writing) => {
      await write(object, writing);
      target.put(object.key, '0123456780', { uploadToken: object.uploadToken });
      throw new UploadError('connection-lost', { isUnclear: true });
    };
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'skipped' }]);
  });
});

describe('a failure', () => {
  it('of a source that falls silent is noticed after a minute, however slow the target may be', async () => {
    source.put('old/a.mp4', '0123456789');
    const read = source.read.bind(source);
    let reads = 0;
    source.read = async (key, signal) => {
      const found = await read(key, signal);
      if ((reads += 1) > 1) return found;
      const silent = async function* silent(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('0123');
        await new Promise(() => undefined);
      };
      return { ...found, pieces: silent() };
    };
    const write = target.write.bind(target);
    target.write = async (object, writing) => {
      if (reads > 1) await clock.sleep(600_000, writing.signal);
      return write(object, writing);
    };
    await send([row('a')]);
    expect(reads).toBe(2);
    expect(ended).toMatchObject([{ status: 'sent' }]);
    expect(clock.now()).toBeLessThan(Date.UTC(2026, 0, 1) + 20 * 60_000);
  });

  it('of a server that confirms no checksums is not one of the video', async () => {
    source.put('old/a.mp4', '0123456789');
    target.failures.push(['write', new UploadError('checksum-unconfirmed')]);
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'sent' }]);
  });

  it.each(['connection-lost', 'timeout', 'server-error', 'rate-limited'] as const)('that passes (%s) is waited for', async (code) => {
    source.put('old/a.mp4', '0123456789');
    target.failures.push(['write', new UploadError(code)], ['head', new UploadError(code)]);
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'sent' }]);
  });

  it('of the line is waited for however long it takes', async () => {
    source.put('old/a.mp4', '0123456789');
    for (let n = 0; n < 300; n += 1) source.failures.push(['read', new UploadError('offline')]);
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'sent' }]);
    expect(clock.now()).toBeGreaterThan(Date.UTC(2026, 0, 1) + 300 * 25_000);
  });

  it('of one object does not keep the others', async () => {
    source.put('old/b.mp4', '0123456789');
    await send([row('a'), row('b')]);
    expect(ended.map(({ id, status, error }) => [id, status, error?.code])).toEqual([
      ['a', 'failed', 'object-missing'],
      ['b', 'sent', undefined],
    ]);
  });

  it('that every copy would meet ends all of them', async () => {
    for (const name of 'abcdef') source.put(`old/${name}.mp4`, '0123456789');
    target.write = async () => {
      throw new UploadError('credentials-missing');
    };
    await expect(send('abcdef'.split('').map((name) => row(name)))).rejects.toMatchObject({ code: 'credentials-missing' });
    expect(ended).toEqual([]);
  });

  it('to read single objects is theirs, and five in a row are everybody’s', async () => {
    const names = 'abcdefghijkl'.split('');
    for (const name of names) source.put(`old/${name}.mp4`, '0123456789');
    const closed = new Set(['old/b.mp4', 'old/c.mp4']);
    const read = source.read.bind(source);
    source.read = async (key, signal) => {
      if (closed.has(key)) throw new UploadError('access-denied', { httpStatus: 403 });
      return read(key, signal);
    };
    await send(names.map((name) => row(name)));
    expect(ended.filter(({ status }) => status === 'failed').map(({ id }) => id).sort()).toEqual(['b', 'c']);
    for (const name of names) closed.add(`old/${name}.mp4`);
    await expect(send(names.map((name) => row(name, { key: `other/${name}.mp4` })))).rejects.toMatchObject({ code: 'access-denied' });
  });
});

describe('another object under the key', () => {
  it.each([
    ['skip', 'skipped', 'new/a.mp4', 'another'],
    ['replace', 'sent', 'new/a.mp4', '0123456789'],
    ['rename', 'sent', 'new/a-3.mp4', 'another'],
  ] as const)('is dealt with as it was told: %s', async (rule, status, key, stays) => {
    source.put('old/a.mp4', '0123456789');
    target.put('new/a.mp4', 'another');
    target.put('new/a-2.mp4', 'one more');
    await send([row('a', { status: 'different' })], rule);
    expect(ended).toMatchObject([{ status, key }]);
    expect(target.objects.get('new/a.mp4')?.bytes.toString()).toBe(stays);
    expect(target.objects.get('new/a-2.mp4')?.bytes.toString()).toBe('one more');
  });

  it('that came after the plan is seen, too', async () => {
    source.put('old/a.mp4', '0123456789');
    target.put('new/a.mp4', 'another');
    await send([row('a')]);
    expect(ended).toMatchObject([{ status: 'skipped' }]);
    expect(target.operations).toEqual(['head new/a.mp4']);
  });
});

it('stops soon after its signal, and tells nothing of what it cut off', async () => {
  const controller = new AbortController();
  source.put('old/a.mp4', '0123456789');
  source.put('old/b.mp4', '0123456789');
  for (let n = 0; n < 50; n += 1) source.failures.push(['read', new UploadError('offline')]);
  const sending = copies().send([row('a'), row('b'), row('c')], progress(controller.signal), true);
  await settle();
  controller.abort(new Error('stopped'));
  await expect(sending).rejects.toThrow('stopped');
  expect(ended).toEqual([]);
});
