import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FilledForm } from '../../shared/ipc.ts';
import { content } from '../../tests/support/builders.ts';
import { bucketForm, diskForm, inKeychain, keyOf, makeDestinationBench, wrongKey } from '../../tests/support/destination-bench.ts';
import { hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { type PracticeFixture, startPractice } from '../../tests/support/practice-fixture.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { UploadError } from '../uploads/upload-error.ts';

vi.mock('electron-store', async () => ({ default: (await import('../../tests/support/json-store.ts')).JsonStore }));

let server: PracticeFixture;
beforeAll(async () => void (server = await startPractice()));
afterAll(() => server.stop());

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

const makeDesk = () => makeDestinationBench(folder.path, server);
const form = (changes: Parameters<typeof bucketForm>[1] = {}) => bucketForm(server, changes);

describe('saving a bucket', () => {
  it('proves it first, and keeps the key in the keychain and nowhere else', async () => {
    const { desk, settings, keychain } = makeDesk();
    const { id } = await desk.save(inKeychain(form()));
    expect(settings.current).toMatchObject({ currentDestinationId: id, destinations: [{ id, kind: 's3', name: 'Bucket' }] });
    expect(JSON.parse(keychain.items.get(id) ?? '')).toEqual(keyOf(server));
    expect(JSON.stringify(settings.current)).not.toContain(server.credentials.secretAccessKey);
    expect(await desk.open(id)).toMatchObject({ address: { bucket: server.bucket }, credentials: keyOf(server) });
  });

  it.each<readonly [string, () => FilledForm]>([
    ['credentials-rejected', () => form({ credentials: wrongKey })],
    ['bucket-not-found', () => form({ fields: { bucket: 'not-there' } })],
    ['offline', () => form({ fields: { endpoint: 'http://127.0.0.1:9' } })],
    ['credentials-missing', () => form({ credentials: null })],
    ['credentials-missing', () => form({ credentials: null, importId: 'unknown' })],
    ['destination-missing', () => form({ id: 'gone' })],
  ])('that is refused (%s) leaves nothing behind', async (code, make) => {
    const { desk, settings, keychain } = makeDesk();
    await expect(desk.save(inKeychain(make()))).rejects.toMatchObject({ code });
    expect(settings.current.destinations).toEqual([]);
    expect(keychain.items.size).toBe(0);
  });

  it('without a keychain is refused, or kept for this session', async () => {
    const { desk, settings, keychain } = makeDesk();
    keychain.trouble = new Error('none');
    await expect(desk.save(inKeychain(form()))).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(settings.current.destinations).toEqual([]);
    const { id } = await desk.save({ ...form(), keep: 'session' });
    expect((await desk.open(id)).credentials).toEqual(keyOf(server));
  });

  it('takes the key that was found elsewhere and never came to the window', async () => {
    const { desk, imported } = makeDesk();
    imported.set('i-1', keyOf(server));
    const { id } = await desk.save(inKeychain(form({ credentials: null, importId: 'i-1' })));
    expect((await desk.open(id)).credentials).toEqual(keyOf(server));
  });

  it('again without typing the key tries the saved one, and keeps its place in the list', async () => {
    const { desk, settings } = makeDesk();
    const { id } = await desk.save(inKeychain(form()));
    await desk.save(inKeychain(form({ id, credentials: null, fields: { name: 'Renamed' } })));
    expect(settings.current.destinations).toMatchObject([{ id, name: 'Renamed' }]);
    expect((await desk.open(id)).credentials).toEqual(keyOf(server));
  });

  it('with another key lets uploads go on that were refused', async () => {
    const { desk, bench } = makeDesk();
    const { id } = await desk.save(inKeychain(form()));
    bench.storages.set(id, new UploadError('credentials-missing'));
    const upload = await bench.add('/v/video_5.mp4', content, 1, id);
    expect(bench.row(upload)).toMatchObject({ status: 'waiting', reason: 'destination' });
    bench.storages.set(id, bench.storage);
    await desk.save(inKeychain(form({ id })));
    await settle();
    expect(bench.row(upload).status).toBe('completed');
  });
});

describe('another place', () => {
  const elsewhere = (id: string): FilledForm => form({ id, fields: { bucket: 'other-bucket' } });

  it.each(['uploading', 'completed', 'failed'] as const)('is refused while an upload is %s', async (status) => {
    const { desk, bench, settings } = makeDesk();
    const { id } = await desk.save(inKeychain(form()));
    bench.storages.set(id, bench.storage);
    if (status === 'uploading') bench.storage.always('headObject', hang);
    if (status === 'failed') bench.storage.putForeign('videos/video_5.mp4');
    const upload = await bench.add('/v/video_5.mp4', content, 1, id);
    expect(bench.row(upload).status).toBe(status);
    server.clearRequests();
    await expect(desk.save(inKeychain(elsewhere(id)))).rejects.toMatchObject({ code: 'other-place' });
    expect(settings.current.destinations).toMatchObject([{ bucket: server.bucket }]);
    expect(server.operations()).toEqual([]);
    // The same place under another name is no other place.
    await desk.save(inKeychain(form({ id, fields: { name: 'Renamed', publicBaseUrl: 'https://v.example.com' } })));
    await bench.queue.stop();
  });

  it('is fine when nothing of it is there any more', async () => {
    const { desk, bench, settings } = makeDesk();
    const { id } = await desk.save(inKeychain(form()));
    bench.storages.set(id, bench.storage);
    await bench.add('/v/video_5.mp4', content, 1, id);
    bench.settings.onConflict = 'skip';
    bench.storage.putForeign('videos/video_6.mp4');
    const skipped = await bench.add('/v/video_6.mp4', content, 1, id);
    expect(bench.row(skipped).status).toBe('skipped');
    await bench.queue.noteDeleted(id, 'videos/video_5.mp4', 'erased');
    await mkdir(join(folder.path, 'x'));
    await desk.folderChosen(join(folder.path, 'x'));
    await desk.save({ ...diskForm(join(folder.path, 'x'), { id }), keep: 'session' });
    expect(settings.current.destinations).toMatchObject([{ id, kind: 'disk' }]);
  });
});

describe('a folder', () => {
  it('that nobody has chosen is refused, before anything is done to it', async () => {
    const { desk, settings } = makeDesk();
    const path = join(folder.path, 'secret');
    await mkdir(path);
    await expect(desk.test(diskForm(path))).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(desk.save(inKeychain(diskForm(path)))).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await readdir(path)).toEqual([]);
    expect(settings.current.destinations).toEqual([]);
  });

  it('that a person has chosen is tried, claimed and saved, without a keychain too', async () => {
    const { desk, settings, keychain } = makeDesk();
    keychain.trouble = new Error('none');
    const path = join(folder.path, 'videos');
    await mkdir(path);
    expect(await desk.folderChosen(path)).toEqual({ folder: path, freeBytes: expect.any(Number) });
    const { id } = await desk.save(inKeychain(diskForm(path)));
    expect(settings.destination(id)).toMatchObject({ folder: path, volumeId: 'volume-1' });
    expect(await readdir(path)).toEqual(['claimed']);
  });

  it('that is saved may be named after a restart, and one that was only looked at may not', async () => {
    const [saved, other] = [join(folder.path, 'saved'), join(folder.path, 'other')];
    const first = makeDesk();
    for (const path of [saved, other]) {
      await mkdir(path);
      await first.desk.folderChosen(path);
    }
    await first.desk.save(inKeychain(diskForm(saved)));
    const { desk } = makeDesk();
    await expect(desk.test(diskForm(saved))).resolves.toMatchObject({ passed: true });
    await expect(desk.test(diskForm(other))).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('that is not there is told when it is chosen', async () => {
    await expect(makeDesk().desk.folderChosen(join(folder.path, 'nothing'))).rejects.toMatchObject({ code: 'disk-missing' });
  });

  it('that fails its test is not claimed', async () => {
    const { desk, settings } = makeDesk();
    const path = join(folder.path, 'unplugged');
    await mkdir(path);
    await desk.folderChosen(path);
    await expect(desk.save(inKeychain(diskForm(path)))).rejects.toMatchObject({ code: 'disk-missing' });
    expect([await readdir(path), settings.current.destinations]).toEqual([[], []]);
  });
});

describe('this computer', () => {
  it('needs nobody’s word, and is one however often it is asked for', async () => {
    const { desk, settings } = makeDesk();
    const [first, second] = await Promise.all([desk.addThisComputer('Here'), desk.addThisComputer('Here')]);
    const third = await desk.addThisComputer('Still here');
    expect([second, third]).toEqual([first, first]);
    expect(settings.current.destinations).toMatchObject([{ name: 'Here', folder: join(folder.path, 'Remessa'), volumeId: 'volume-1' }]);
    expect(settings.current.currentDestinationId).toBe(first.id);
  });
});

describe('small changes', () => {
  it('need no proof', async () => {
    const { desk, settings } = makeDesk();
    const { id } = await desk.save(inKeychain(form()));
    const { id: copy } = await desk.addThisComputer('Here');
    server.clearRequests();
    desk.rename(id, 'Other');
    desk.use(id);
    desk.copyTo(copy);
    expect(settings.current).toMatchObject({ currentDestinationId: id, copyDestinationId: copy, destinations: [{ name: 'Other' }, {}] });
    desk.copyTo(null);
    expect(settings.current.copyDestinationId).toBeNull();
    expect(server.operations()).toEqual([]);
  });

  it('of what is not there are refused', async () => {
    const { desk, settings } = makeDesk();
    const missing = expect.objectContaining({ code: 'destination-missing' });
    expect(() => desk.rename('gone', 'x')).toThrow(missing);
    expect(() => desk.use('gone')).toThrow(missing);
    expect(() => desk.copyTo('gone')).toThrow(missing);
    await expect(desk.open('gone')).rejects.toEqual(missing);
    expect(settings.current.revision).toBe(0);
  });
});

describe('opening', () => {
  it('the practice bucket asks its process for address and key', async () => {
    const { desk, settings } = makeDesk();
    settings.saveDestination({ kind: 'practice', name: 'Practice', id: 'p' });
    expect(await desk.open('p')).toEqual({
      address: { endpoint: server.endpoint, region: 'auto', bucket: server.bucket, isPathStyle: true },
      credentials: keyOf(server),
    });
  });

  it('a disk as a bucket is not possible', async () => {
    const { desk } = makeDesk();
    const { id } = await desk.addThisComputer('Here');
    await expect(desk.open(id)).rejects.toMatchObject({ code: 'not-supported' });
  });
});
