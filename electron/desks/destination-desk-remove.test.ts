import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Destination } from '../../shared/settings.ts';
import { content } from '../../tests/support/builders.ts';
import { type DestinationBench, type Server, bucketForm, makeDestinationBench, wrongKey } from '../../tests/support/destination-bench.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { settle } from '../../tests/support/manual-clock.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { UploadError } from '../uploads/upload-error.ts';

vi.mock('electron-store', async () => ({ default: (await import('../../tests/support/json-store.ts')).JsonStore }));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

/** Nobody has to answer when a destination is removed: its uploads ask their own storage. */
const server: Server = { endpoint: 'http://127.0.0.1:9', bucket: 'lessons', credentials: wrongKey };

const disk = (id: string): Destination => ({
  kind: 'disk',
  id,
  name: id,
  folder: `/${id}`,
  volumeId: null,
  quotaGB: null,
  publicBaseUrl: null,
});

/** The destination `r2` with a key, `other` without, and an upload to the first that cannot get on. */
async function withPending(answer: Parameters<FakeObjectStorage['always']>[1] = hang) {
  const made = makeDestinationBench(folder.path, server);
  const { bench, settings, credentials } = made;
  const { draft } = bucketForm(server);
  settings.saveDestination({ ...draft, id: 'r2' });
  settings.saveDestination(disk('other'));
  await credentials.save('r2', wrongKey, 'keychain');
  const other = new FakeObjectStorage(bench.clock);
  bench.storages.set('other', other);
  bench.storage.always('uploadPart', answer);
  const id = await bench.add();
  return { ...made, id, other };
}
const remains = ({ settings, keychain }: DestinationBench) => ({
  destinations: settings.current.destinations.map(({ id }) => id),
  keys: [...keychain.items.keys()],
});
const everything = { destinations: ['r2', 'other'], keys: ['r2'] };
const gone = { destinations: ['other'], keys: [] };

describe('removing a destination', () => {
  it('takes the key along, and leaves what was sent in the list', async () => {
    const made = await withPending(null);
    expect(made.bench.row(made.id).status).toBe('completed');
    await made.desk.remove('r2', { pending: 'none' });
    expect(remains(made)).toEqual(gone);
    expect(made.bench.row(made.id).status).toBe('completed');
    expect(made.sleeps).toEqual([]);
  });

  it('is refused at once while uploads are on their way and nobody has said what becomes of them', async () => {
    const made = await withPending();
    await expect(made.desk.remove('r2', { pending: 'none' })).rejects.toMatchObject({ code: 'destination-busy' });
    expect(remains(made)).toEqual(everything);
    expect([made.bench.row(made.id).status, made.sleeps]).toEqual(['uploading', []]);
    await made.bench.queue.stop();
  });

  it('stops a migration to or from it, and none when it is not removed', async () => {
    const made = await withPending();
    await made.desk.remove('r2', { pending: 'none' }).catch(() => undefined);
    expect(made.left).toEqual([]);
    await made.desk.remove('r2', { pending: 'cancel' });
    expect(made.left).toEqual(['r2']);
  });

  it('takes no upload to a destination that is not there', async () => {
    const made = await withPending();
    await expect(made.desk.sendTo([made.id], 'gone')).rejects.toMatchObject({ code: 'destination-missing' });
    expect(made.bench.row(made.id)).toMatchObject({ status: 'uploading', destinationId: 'r2' });
    await made.desk.sendTo([made.id], 'other');
    expect(made.bench.row(made.id).destinationId).toBe('other');
    await made.bench.queue.stop();
  });

  it('with cancel waits until the server has forgotten them', async () => {
    const made = await withPending();
    await made.desk.remove('r2', { pending: 'cancel' });
    expect(made.bench.storage.unfinished.size).toBe(0);
    expect(made.bench.queue.records()).toEqual([]);
    expect(remains(made)).toEqual(gone);
  });

  it('with cancel stays when the server cannot be asked: its parts would stay for ever', async () => {
    const made = await withPending();
    made.bench.storage.isUp = false;
    made.bench.storage.always('abort', new UploadError('offline'));
    await expect(made.desk.remove('r2', { pending: 'cancel' })).rejects.toMatchObject({ code: 'destination-busy' });
    expect(made.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(20_000);
    expect(remains(made)).toEqual(everything);
    expect(made.bench.row(made.id).status).toBe('canceling');
    // Then it may be given up, by a second word.
    await made.desk.remove('r2', { pending: 'forget' });
    expect([made.bench.queue.records(), remains(made)]).toEqual([[], gone]);
    await made.bench.queue.stop();
  });

  it('with move sends them elsewhere', async () => {
    const made = await withPending();
    await made.desk.remove('r2', { pending: 'move', to: 'other' });
    await settle();
    expect(made.bench.row(made.id)).toMatchObject({ status: 'completed', destinationId: 'other' });
    expect(made.other.objects.get('videos/video_5.mp4')?.bytes.toString()).toBe(content);
    expect(made.bench.storage.unfinished.size).toBe(0);
    expect(remains(made)).toEqual(gone);
  });

  it('with move takes the others along when one is being canceled, and then waits for that one', async () => {
    const made = await withPending();
    const { bench, desk } = made;
    bench.storage.isUp = false;
    bench.storage.always('abort', new UploadError('offline'));
    await bench.queue.cancel([made.id]);
    const second = await bench.add('/v/video_6.mp4');
    await expect(desk.remove('r2', { pending: 'move', to: 'other' })).rejects.toMatchObject({ code: 'destination-busy' });
    expect(bench.row(made.id)).toMatchObject({ status: 'canceling', destinationId: 'r2' });
    expect(bench.row(second)).toMatchObject({ status: 'completed', destinationId: 'other' });
    expect(remains(made)).toEqual(everything);
    await bench.queue.stop();
  });

  it.each([
    ['destination-missing', 'gone'],
    ['invalid-request', 'r2'],
  ])('with move to nowhere is refused (%s), and nothing is touched', async (code, to) => {
    const made = await withPending();
    await expect(made.desk.remove('r2', { pending: 'move', to })).rejects.toMatchObject({ code });
    expect([remains(made), made.bench.row(made.id).status, made.sleeps]).toEqual([everything, 'uploading', []]);
    await made.bench.queue.stop();
  });

  it('with forget leaves to the server what it has', async () => {
    const made = await withPending();
    await made.desk.remove('r2', { pending: 'forget' });
    expect(made.bench.queue.records()).toEqual([]);
    expect([made.bench.storage.unfinished.size, made.bench.storage.count('abort')]).toEqual([1, 0]);
    expect(remains(made)).toEqual(gone);
  });

  it('waits for none of another destination', async () => {
    const made = await withPending();
    await made.desk.remove('other', { pending: 'cancel' });
    expect([remains(made).destinations, made.bench.row(made.id).status]).toEqual([['r2'], 'uploading']);
    await made.bench.queue.stop();
  });

  it('a disk needs no keychain, and a bucket stays while its key cannot be taken away', async () => {
    const made = await withPending(null);
    made.keychain.trouble = new Error('locked');
    await made.desk.remove('other', { pending: 'none' });
    expect(remains(made).destinations).toEqual(['r2']);
    await expect(made.desk.remove('r2', { pending: 'none' })).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(remains(made).destinations).toEqual(['r2']);
  });

  it('lets uploads be given up whose destination was lost with damaged settings', async () => {
    const made = await withPending();
    made.settings.removeDestination('r2');
    await made.desk.remove('r2', { pending: 'forget' });
    expect([made.bench.queue.records(), remains(made)]).toEqual([[], gone]);
  });
});
