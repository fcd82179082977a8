import { beforeEach, describe, expect, it } from 'vitest';
import { type CopyBench, copyRow as row, makeCopyBench } from '../../tests/support/copy-bench.ts';
import { UploadError } from '../uploads/upload-error.ts';

let { source, target, ended, send }: CopyBench = makeCopyBench();
beforeEach(() => {
  ({ source, target, ended, send } = makeCopyBench());
});

describe('two rows', () => {
  it('never end under one key', async () => {
    source.put('old/video_1-2.mp4', 'content -2');
    source.put('old/video_1.mp4', 'content  1');
    target.put('new/video_1.mp4', 'another');
    await send([row('video_1-2'), row('video_1', { status: 'different' })], 'rename');
    expect(ended.map(({ path, key, status }) => `${path} ${key} ${status}`).sort()).toEqual([
      'old/video_1-2.mp4 new/video_1-2.mp4 sent',
      'old/video_1.mp4 new/video_1-3.mp4 sent',
    ]);
    expect(target.objects.get('new/video_1-2.mp4')?.bytes.toString()).toBe('content -2');
    expect(target.objects.get('new/video_1-3.mp4')?.bytes.toString()).toBe('content  1');
  });
});

describe('an object that comes while a copy is made', () => {
  it.each([
    ['skip', 'skipped', 'new/a.mp4', 'of the queue'],
    ['rename', 'sent', 'new/a-2.mp4', 'of the queue'],
    ['replace', 'sent', 'new/a.mp4', '0123456789'],
  ] as const)('is dealt with by the rule, too: %s', async (rule, status, key, stays) => {
    source.put('old/a.mp4', '0123456789');
    const write = target.write.bind(target);
    let writes = 0;
    target.write = async (object, writing) => {
      if ((writes += 1) === 1) target.put('new/a.mp4', 'of the queue', { uploadToken: 'queue' });
      await write(object, writing);
    };
    await send([row('a')], rule);
    expect(ended).toMatchObject([{ status, key }]);
    expect(target.objects.get('new/a.mp4')?.bytes.toString()).toBe(stays);
  });
});

it('nothing is read of a source whose target takes nothing', async () => {
  for (const name of ['a', 'b', 'c']) source.put(`old/${name}.mp4`, '0123456789');
  target.write = async () => {
    throw new UploadError('disk-full');
  };
  await send(['a', 'b', 'c'].map((name) => row(name))).catch(() => undefined);
  expect(source.operations.filter((operation) => operation.startsWith('read'))).toEqual([]);
});

it.each(['source.headObject', 'source.read', 'target.headObject'] as const)('%s that is never answered is asked again', async (what) => {
  source.put('old/a.mp4', '0123456789');
  const place = what.startsWith('source') ? source : target;
  const name = what.endsWith('read') ? 'read' : 'headObject';
  const real = place[name].bind(place) as (key: string, signal: AbortSignal) => Promise<never>;
  let asked = 0;
  place[name] = (key: string, signal: AbortSignal): Promise<never> =>
    (asked += 1) === 1 ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))) : real(key, signal);
  await send([row('a')]);
  expect(ended).toMatchObject([{ status: 'sent' }]);
});

it('a key that may not list, and so gets 403 for what is not there, copies all the same', async () => {
  source.put('old/a.mp4', '0123456789');
  const head = target.headObject.bind(target);
  target.headObject = async (key, signal) => {
    const found = await head(key, signal);
    if (found === null) throw new UploadError('access-denied', { httpStatus: 403 });
    return found;
  };
  await send([row('a')]);
  expect(ended).toMatchObject([{ status: 'sent' }]);
});
