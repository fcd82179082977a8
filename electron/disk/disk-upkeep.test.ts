import { randomBytes } from 'node:crypto';
import { onceEach } from '../../tests/support/writing.ts';
import { createServer } from 'node:http';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesIn, setDiskStage, type DiskStage } from '../../tests/support/disk-stage.ts';
import { crc64 } from '../../tests/support/received-body.ts';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { DoctorReport } from '../../shared/doctor.ts';
import { examine } from '../upkeep/examine.ts';

const patient = new AbortController().signal;
const bytes = randomBytes(300_000);
const object = { key: 'videos/a.mp4', size: bytes.length, contentType: 'video/mp4', uploadToken: 'ours', originalName: 'a.mp4' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let stage: DiskStage;
beforeEach(async () => {
  folder = await temporaryFolder();
  stage = await setDiskStage(folder.path);
});
afterEach(async () => {
  await stage.end();
  await folder.remove();
});

async function* piecesOf(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
const write = (pieces: AsyncIterable<Uint8Array>, changes: Partial<typeof object> = {}, signal = patient) =>
  stage.upkeep.write({ ...object, ...changes }, onceEach(pieces, { signal, onSent: (sent) => sentBytes.push(sent) }));
let sentBytes: number[] = [];
beforeEach(() => {
  sentBytes = [];
});

async function readAll(key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const piece of (await stage.upkeep.read(key, patient)).pieces) chunks.push(piece);
  return Buffer.concat(chunks);
}

describe('writing and reading', () => {
  it('makes an object of what it reads, over whatever was there, and gives it back', async () => {
    await mkdir(join(folder.path, 'videos'));
    await writeFile(stage.objectPath(object.key), 'theirs');
    await write(piecesOf(bytes.subarray(0, 100_000), bytes.subarray(100_000)));
    expect(sentBytes).toEqual([100_000, 300_000]);
    expect((await readAll(object.key)).equals(bytes)).toBe(true);
    expect(await stage.storage.headObject(object.key, patient)).toMatchObject({ uploadToken: 'ours', crc64nvme: crc64(bytes) });
    expect(await stage.staged()).toEqual([]);
  });

  it('leaves nothing of what could not be written whole', async () => {
    const controller = new AbortController();
    async function* interrupted(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 1000);
      controller.abort(new Error('stopped'));
      yield bytes.subarray(1000);
    }
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 1000);
      throw new Error('the source is gone');
    }
    await expect(write(interrupted(), {}, controller.signal)).rejects.toThrow('stopped');
    await expect(write(broken())).rejects.toMatchObject({ code: 'internal' });
    await expect(write(piecesOf(bytes.subarray(1)))).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(write(piecesOf(bytes, bytes))).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await stage.visible()).toEqual([]);
    expect(await stage.staged()).toEqual([]);
  });

  it('of what is not there is said so', async () => {
    await expect(stage.upkeep.read('videos/none.mp4', patient)).rejects.toMatchObject({ code: 'object-missing' });
  });

  it('tells the type of what somebody else put there by its name', async () => {
    await writeFile(join(folder.path, 'b.mp4'), 'b');
    await writeFile(join(folder.path, 'notes.txt'), 'n');
    expect(await stage.upkeep.read('b.mp4', patient)).toMatchObject({ size: 1, contentType: 'video/mp4' });
    expect(await stage.upkeep.read('notes.txt', patient)).toMatchObject({ contentType: null });
  });
});

describe('deleting', () => {
  it('takes the file, what is known of it, and the folders that are empty then, up to the folder itself', async () => {
    await write(piecesOf(bytes), { key: 'videos/2026/01/a.mp4' });
    await write(piecesOf(bytes), { key: 'videos/b.mp4' });
    expect(await stage.upkeep.deleteObject('videos/2026/01/a.mp4', patient)).toBe('erased');
    expect(await stage.visible()).toEqual(['videos/b.mp4']);
    await stage.upkeep.deleteObject('videos/b.mp4', patient);
    expect(await stage.visible()).toEqual([]);
    expect((await filesIn(join(folder.path, '.remessa'))).filter((file) => file.endsWith('.json'))).toEqual(['destination.json']);
    // Nothing happens where there is none.
    expect(await stage.upkeep.deleteObject('videos/b.mp4', patient)).toBe('erased');
  });

  it('does not take a folder, nor one that is not empty', async () => {
    await mkdir(join(folder.path, 'videos/a.mp4/inner'), { recursive: true });
    await expect(stage.upkeep.deleteObject('videos/a.mp4', patient)).rejects.toMatchObject({ code: 'invalid-key' });
    expect(await stage.visible()).toEqual(['videos/a.mp4/inner/']);
  });
});

describe('listing', () => {
  it('has the objects under a prefix, whoever put them there', async () => {
    await write(piecesOf(bytes));
    await writeFile(join(folder.path, 'videos', 'theirs.mp4'), 'theirs');
    const found: unknown[] = [];
    for await (const one of stage.upkeep.list('videos/', patient)) found.push(one);
    expect(found).toMatchObject([{ key: 'videos/a.mp4', size: bytes.length }, { key: 'videos/theirs.mp4', size: 6 }]);
  });

  it('of a disk that is not there is an error, and not an empty one', async () => {
    await rm(join(folder.path, '.remessa'), { recursive: true });
    await expect(stage.upkeep.list('', patient)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'disk-missing' });
  });
});

describe('what nobody finished', () => {
  const hoursAgo = new Date(Date.now() - 2 * 60 * 60_000);
  const age = async (uploadId: string): Promise<void> => {
    for (const file of ['data.part', '']) {
      const path = join(folder.path, '.remessa/uploads', uploadId, file);
      await utimes(path, hoursAgo, hoursAgo).catch(() => undefined);
    }
  };

  it('is found by its key, with its time, and can be dropped', async () => {
    const { uploadId } = await stage.storage.createMultipartUpload(object, patient);
    await stage.storage.createMultipartUpload({ ...object, key: 'other/b.mp4' }, patient);
    const found = await stage.upkeep.unfinished('videos/', patient);
    expect(found).toMatchObject([{ key: object.key, uploadId }]);
    expect(Math.abs((found[0]?.initiatedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    await stage.storage.abortMultipartUpload(object.key, uploadId, patient);
    expect((await stage.upkeep.unfinished('', patient)).map(({ key }) => key)).toEqual(['other/b.mp4']);
  });

  it('leaves out what is just being written in one piece, and shows what a crash has left of it', async () => {
    let during: readonly unknown[] | null = null;
    async function* pieces(): AsyncGenerator<Uint8Array> {
      during = await stage.upkeep.unfinished('', patient);
      yield bytes;
    }
    await write(pieces());
    expect(during).toEqual([]);
    // The folder as it was in that moment.
    const left = '0123456789abcdef-w-0123456789abcdef-00000000-0000-4000-8000-000000000001';
    const path = join(folder.path, '.remessa/uploads', left);
    await mkdir(path);
    await writeFile(join(path, 'data.part'), bytes);
    const note = { kind: 'remessa-upload', schemaVersion: 1, ...object, appVersion: '0', initiatedAt: 1 };
    await writeFile(join(path, 'upload.json'), JSON.stringify(note));
    expect(await stage.upkeep.unfinished('', patient)).toEqual([]);
    await age(left);
    expect(await stage.upkeep.unfinished('', patient)).toEqual([{ key: object.key, uploadId: left, initiatedAt: 1 }]);
    await stage.storage.abortMultipartUpload(object.key, left, patient);
    expect(await stage.staged()).toEqual([]);
  });

  it('and has no note is swept when it is old', async () => {
    const { uploadId } = await stage.storage.createMultipartUpload(object, patient);
    await rm(join(folder.path, '.remessa/uploads', uploadId, 'upload.json'));
    expect(await stage.upkeep.unfinished('', patient)).toEqual([]);
    expect(await stage.staged()).toEqual([uploadId]);
    await age(uploadId);
    expect(await stage.upkeep.unfinished('', patient)).toEqual([]);
    expect(await stage.staged()).toEqual([]);
  });
});

describe('the configuration check', () => {
  const report = async (): Promise<Omit<DoctorReport, 'destinationId' | 'revision'>> =>
    examine(stage.upkeep.examination(), { signal: patient, tell: (told) => told });
  const stateOf = (told: Pick<DoctorReport, 'checks'>): Record<string, string> =>
    Object.fromEntries(told.checks.map(({ name, state, problem }) => [name, problem ?? state]));

  it('passes where all is well, and leaves nothing', async () => {
    const told = await report();
    const { 'public-url': address, space, ...others } = stateOf(told);
    expect(address).toBe('no-public-url');
    expect(['passed', 'space-low']).toContain(space);
    expect(new Set(Object.values(others))).toEqual(new Set(['passed']));
    expect(Object.keys(others)).toHaveLength(11);
    expect(told.checks.find(({ name }) => name === 'speed')?.facts['bytesPerSecond']).toBeGreaterThan(1000);
    expect(told.isCleanedUp).toBe(true);
    // A folder for the notes of objects stays: it is one of 256.
    const left = (await filesIn(folder.path)).map((file) => file.replace(/[0-9a-f]{2}\/$/, ''));
    expect(left).toEqual(['.remessa/destination.json', '.remessa/objects/', '.remessa/uploads/']);
  });

  it('finds a quota that is used up', async () => {
    await write(piecesOf(bytes));
    stage.address = { ...stage.address, quotaBytes: 300_000 };
    const told = await report();
    expect(told.checks.find(({ name }) => name === 'space')).toMatchObject({
      state: 'warned', problem: 'over-quota', facts: { quotaBytes: 300_000, usedBytes: 300_000 },
    });
    expect(told.checks.find(({ name }) => name === 'put')).toMatchObject({ state: 'failed', error: { code: 'quota-exceeded' } });
    expect(told.isCleanedUp).toBe(true);
  });

  it('finds that the disk is not there, and touches nothing', async () => {
    await rm(join(folder.path, '.remessa'), { recursive: true });
    const told = await report();
    expect(told.checks.find(({ name }) => name === 'folder')).toMatchObject({ state: 'failed', error: { code: 'disk-missing' } });
    expect(told.checks.filter(({ state }) => state === 'skipped').length).toBe(told.checks.length - 2);
    expect(await filesIn(folder.path)).toEqual([]);
    stage.address = { ...stage.address, volumeId: null };
    expect(stateOf(await report())['settings']).toBe('incomplete');
    expect(await filesIn(folder.path)).toEqual([]);
  });

  it('looks at the folder through its public address', async () => {
    const server = createServer((request, answer) => {
      const path = join(folder.path, decodeURIComponent(request.url ?? '').slice('/v/'.length));
      readFile(path).then(
        (content) => answer.writeHead(206, { 'content-type': 'video/mp4' }).end(content.subarray(0, 1024)),
        () => answer.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    stage.address = { ...stage.address, publicBaseUrl: `http://127.0.0.1:${port}/v` };
    expect(stateOf(await report())['public-url']).toBe('passed');
    stage.address = { ...stage.address, publicBaseUrl: `http://127.0.0.1:${port}/elsewhere` };
    expect(stateOf(await report())['public-url']).toBe('public-status');
    await new Promise((resolve) => server.close(resolve));
  });
});
