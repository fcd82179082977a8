import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Destination, destinationSchema } from '../../shared/settings.ts';
import { content, makeBench } from '../../tests/support/builders.ts';
import { FakeObjectStorage, hang } from '../../tests/support/fake-object-storage.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { BucketClients } from '../s3/bucket-clients.ts';
import { LinkLedger } from '../store/link-ledger.ts';
import { SettingsStore } from '../store/settings-store.ts';
import { LinkDesk } from './link-desk.ts';

vi.mock('electron-store', async () => ({ default: (await import('../../tests/support/json-store.ts')).JsonStore }));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

/** Nobody answers there: signing needs no server, and the clock of this computer is the best there is. */
const address = { endpoint: 'http://127.0.0.1:9', region: 'auto', bucket: 'lessons', isPathStyle: true };
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'planted-secret', sessionToken: null };
const bucket = (id: string, publicBaseUrl: string | null): Destination =>
  destinationSchema.parse({ kind: 's3', id, name: id, region: 'auto', bucket: 'lessons', publicBaseUrl });
const disk = (id: string, publicBaseUrl: string | null): Destination =>
  destinationSchema.parse({ kind: 'disk', id, name: id, folder: '/mnt/videos', publicBaseUrl });

function makeDesk() {
  const bench = makeBench();
  const settings = new SettingsStore(folder.path);
  const places = [
    bucket('signed', null),
    bucket('public', 'https://v.example.com/lessons/'),
    disk('disk', null),
    disk('served', 'https://disk.example.com'),
    destinationSchema.parse({ kind: 'practice', id: 'practice', name: 'Practice' }),
  ];
  for (const place of places) {
    settings.saveDestination(place);
    bench.storages.set(place.id, new FakeObjectStorage(bench.clock));
  }
  const clients = new BucketClients(async () => ({ address, credentials }), '0.0.0-test');
  const ledgerPath = join(folder.path, 'links.jsonl');
  const ledger = new LinkLedger(ledgerPath);
  const desk = new LinkDesk({ queue: bench.queue, settings, buckets: async () => clients, ledger });
  const send = (name: string, destinationId: string): Promise<string> => bench.add(`/v/${name}`, content, 1, destinationId);
  return { bench, settings, desk, ledger, ledgerPath, clients, send };
}

const hourMs = 3_600_000;

describe('links', () => {
  it('are public where the destination has a public address, and last', async () => {
    const { desk, send } = makeDesk();
    const { text, report } = await desk.links([await send('video_5.mp4', 'public')]);
    expect(text).toBe('https://v.example.com/lessons/videos/video_5.mp4');
    expect(report).toEqual({ count: 1, kind: 'public', expiresAt: null });
  });

  it.each([1, 24, 168])('are signed for %i hours where it has none', async (hours) => {
    const { desk, settings, send } = makeDesk();
    settings.savePreferences({ linkHours: hours });
    const before = Date.now();
    const { text, report } = await desk.links([await send('video_5.mp4', 'signed')]);
    const url = new URL(text);
    expect(`${url.origin}${url.pathname}`).toBe('http://127.0.0.1:9/lessons/videos/video_5.mp4');
    expect(url.searchParams.get('X-Amz-Expires')).toBe(String(hours * 3600));
    expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
    expect(report).toMatchObject({ count: 1, kind: 'presigned' });
    expect(Math.abs((report.expiresAt ?? 0) - before - hours * hourMs)).toBeLessThan(60_000);
  });

  it('of the practice bucket are signed, too', async () => {
    const { desk, send } = makeDesk();
    expect((await desk.links([await send('video_5.mp4', 'practice')])).report.kind).toBe('presigned');
  });

  it('of a disk are paths, unless a server shows its files', async () => {
    const { desk, send } = makeDesk();
    const onDisk = await desk.links([await send('video_5.mp4', 'disk')]);
    expect(onDisk).toEqual({
      text: join('/mnt/videos', 'videos', 'video_5.mp4'),
      report: { count: 1, kind: 'path', expiresAt: null },
    });
    const served = await desk.links([await send('video_6.mp4', 'served')]);
    expect([served.text, served.report.kind]).toEqual(['https://disk.example.com/videos/video_6.mp4', 'public']);
  });

  it('of several videos come in the order asked for, with the first time at which one expires', async () => {
    const { desk, settings, send } = makeDesk();
    const ids = [await send('video_1.mp4', 'disk'), await send('video_2.mp4', 'signed'), await send('video_3.mp4', 'public')];
    settings.savePreferences({ linkHours: 2 });
    const { text, report } = await desk.links([...ids].reverse());
    expect(text.split('\n').map((link) => /video_\d/.exec(link)?.[0])).toEqual(['video_3', 'video_2', 'video_1']);
    expect(report).toEqual({ count: 3, kind: 'mixed', expiresAt: expect.any(Number) });
    expect(Math.abs((report.expiresAt ?? 0) - Date.now() - 2 * hourMs)).toBeLessThan(60_000);
  });
});

it('links say when the first of them expires', async () => {
  const { bench, settings, ledger, clients, send } = makeDesk();
  const times = [3000, 1000, 2000];
  const presignedUrl = async () => ({ url: 'https://signed.example.com', expiresAt: times.shift() ?? 0 });
  const buckets = async () => ({ publicUrl: (base: string, key: string) => clients.publicUrl(base, key), presignedUrl });
  const desk = new LinkDesk({ queue: bench.queue, settings, buckets, ledger });
  const ids = [await send('video_1.mp4', 'signed'), await send('video_2.mp4', 'signed'), await send('video_3.mp4', 'signed')];
  expect((await desk.links(ids)).report).toEqual({ count: 3, kind: 'presigned', expiresAt: 1000 });
});

it('a file on a disk has a path that this computer can show, served or not; one in a bucket has none', async () => {
  const { desk, send } = makeDesk();
  expect(desk.pathOf(await send('video_5.mp4', 'served'))).toBe(join('/mnt/videos', 'videos', 'video_5.mp4'));
  const inBucket = await send('video_6.mp4', 'signed');
  expect(() => desk.pathOf(inBucket)).toThrowError(expect.objectContaining({ code: 'not-supported' }));
  expect(() => desk.pathOf('unknown')).toThrowError(expect.objectContaining({ code: 'invalid-request' }));
});

describe('what was given out', () => {
  it('is remembered with its end, and never the link itself', async () => {
    const { desk, ledger, ledgerPath, send } = makeDesk();
    const { text, report } = await desk.links([await send('video_5.mp4', 'signed'), await send('video_6.mp4', 'public')]);
    expect(await ledger.alive('signed', 'videos/video_5.mp4')).toMatchObject([{ expiresAt: report.expiresAt }]);
    expect(await ledger.alive('public', 'videos/video_6.mp4')).toMatchObject([{ expiresAt: null }]);
    const kept = await readFile(ledgerPath, 'utf8');
    const signature = /X-Amz-Signature=([0-9a-f]+)/.exec(text)?.[1] ?? '-';
    for (const secret of [signature, 'http', 'X-Amz', credentials.accessKeyId, credentials.secretAccessKey]) {
      expect(kept).not.toContain(secret);
    }
  });
});

describe('no link', () => {
  it('is made of a video that is not there, nor of the others that were asked for with it', async () => {
    const { desk, bench, ledger, send } = makeDesk();
    const sent = await send('video_5.mp4', 'signed');
    bench.storage.always('headObject', hang);
    const onItsWay = await bench.add('/v/video_6.mp4');
    for (const ids of [[onItsWay], [sent, onItsWay], [sent, 'unknown']]) {
      await expect(desk.links(ids)).rejects.toMatchObject({ code: 'invalid-request' });
    }
    expect(await ledger.alive('signed', 'videos/video_5.mp4')).toEqual([]);
    await bench.queue.stop();
  });

  it('is made of one that was deleted, or whose destination is gone', async () => {
    const { desk, bench, settings, send } = makeDesk();
    const [deleted, lost] = [await send('video_5.mp4', 'signed'), await send('video_6.mp4', 'public')];
    await bench.queue.noteDeleted('signed', 'videos/video_5.mp4', 'erased');
    await expect(desk.links([deleted])).rejects.toMatchObject({ code: 'invalid-request' });
    settings.removeDestination('public');
    await expect(desk.links([lost])).rejects.toMatchObject({ code: 'destination-missing' });
  });
});
