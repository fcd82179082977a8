import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPractice, type PracticeFixture } from '../../tests/support/practice-fixture.ts';
import { signRaw } from '../../tests/support/practice-request.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
let practice: PracticeFixture;
let s3: S3Client;

beforeEach(async () => {
  practice = await startPractice({ minPartSize: 64 * KiB });
  s3 = practiceClient(practice);
});
afterEach(async () => {
  await practice.stop();
});

const at = (Key: string): { readonly Bucket: string; readonly Key: string } => ({ Bucket: practice.bucket, Key });

async function put(key: string, body: Buffer): Promise<void> {
  await s3.send(new PutObjectCommand({ ...at(key), Body: body }));
}

async function read(key: string): Promise<Buffer> {
  const { Body } = await practiceClient(practice).send(new GetObjectCommand(at(key)));
  return Buffer.from(await Body!.transformToByteArray());
}

async function beginUpload(key: string, bodies: readonly Buffer[]) {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at(key)));
  const parts = [];
  for (const [index, Body] of bodies.entries()) {
    const { ETag } = await s3.send(new UploadPartCommand({ ...at(key), UploadId, PartNumber: index + 1, Body }));
    parts.push({ PartNumber: index + 1, ETag });
  }
  return { UploadId, MultipartUpload: { Parts: parts } };
}

const isData = (name: string): boolean => !name.endsWith('.json');

/** Every file below the bucket, relative. */
async function files(): Promise<readonly string[]> {
  const entries = await readdir(
    join(practice.folder, `bucket-${practice.bucket}`),
    { recursive: true, withFileTypes: true },
  );
  return entries.filter((entry) => entry.isFile()).map(
    (entry) => join(entry.parentPath.slice(practice.folder.length), entry.name),
  );
}

describe('after a restart', () => {
  it('has objects, unfinished uploads and their parts', async () => {
    const whole = [randomBytes(64 * KiB), randomBytes(10)];
    await put('object', Buffer.from('body'));
    await s3.send(new CompleteMultipartUploadCommand({ ...at('finished'), ...(await beginUpload('finished', whole)) }));
    const open = await beginUpload('open', [whole[0]!]);
    const usage = await practice.server.usage();
    expect(usage).toEqual({ objects: 2, bytes: 64 * KiB + 14, unfinishedUploads: 1, unfinishedBytes: 64 * KiB, hiddenBytes: 0 });
    practice = await practice.restart();
    s3 = practiceClient(practice);
    expect(await practice.server.usage()).toEqual(usage);
    expect((await read('object')).toString()).toBe('body');
    expect((await read('finished')).equals(Buffer.concat(whole))).toBe(true);
    const listed = await s3.send(new ListPartsCommand({ ...at('open'), UploadId: open.UploadId }));
    expect(listed.Parts).toMatchObject([{ PartNumber: 1, Size: 64 * KiB, ETag: open.MultipartUpload.Parts[0]?.ETag }]);
    await s3.send(new CompleteMultipartUploadCommand({ ...at('open'), ...open }));
    expect((await read('open')).equals(whole[0]!)).toBe(true);
  });

  it('has swept everything that a killed process may leave', async () => {
    await put('object', Buffer.from('body'));
    const { UploadId } = await beginUpload('open', [Buffer.from('part')]);
    const before = (await files()).toSorted();
    const root = join(practice.folder, `bucket-${practice.bucket}`);
    await mkdir(join(root, 'data', 'orphan'));
    await mkdir(join(root, 'data', 'empty'));
    for (const leftover of [
      'incoming/half', 'data/orphan/body', 'objects/x.json.1.tmp', 'objects/torn.json', `data/${UploadId}/unnamed`,
      `data/${UploadId}/part-2.json`, `data/${UploadId}/part-1.json.2.tmp`,
    ]) {
      await writeFile(join(root, leftover), '{"torn":');
    }
    practice = await practice.restart();
    expect((await files()).toSorted()).toEqual(before);
  });

  it('takes a finished manifest for an end of its upload', async () => {
    const parts = [Buffer.from('x')];
    const open = await beginUpload('k', parts);
    await s3.send(new CompleteMultipartUploadCommand({ ...at('k'), ...open }));
    // As if killed between the manifest and the removal of upload.json.
    const path = join(practice.folder, `bucket-${practice.bucket}`, 'data', open.UploadId ?? '', 'upload.json');
    await writeFile(path, JSON.stringify({ uploadId: open.UploadId, key: 'k', initiatedMs: Date.now(), headers: {} }));
    practice = await practice.restart();
    expect(await practice.server.usage()).toMatchObject({ objects: 1, unfinishedUploads: 0 });
  });
});

describe('files', () => {
  it('never carry a key in their name', async () => {
    for (const key of ['../../../escape', 'con', 'a/b', 'näme']) await put(key, Buffer.from('x'));
    const names = (await files()).join('\n');
    expect(names).not.toMatch(/escape|con|näme|\.\./);
    expect(await readdir(practice.folder)).toEqual([`bucket-${practice.bucket}`]);
  });

  it('are not copied by Complete', async () => {
    const open = await beginUpload('k', [randomBytes(64 * KiB), randomBytes(64 * KiB)]);
    const before = (await files()).filter(isData).toSorted();
    await s3.send(new CompleteMultipartUploadCommand({ ...at('k'), ...open }));
    expect((await files()).filter(isData).toSorted()).toEqual(before);
    expect(before).toHaveLength(2);
  });

  it('go when their object is overwritten or deleted', async () => {
    await put('k', Buffer.from('one'));
    await put('k', Buffer.from('two'));
    expect((await files()).filter((name) => name.endsWith('body'))).toHaveLength(1);
    await fetch(`${practice.endpoint}/${practice.bucket}/k`, {
      method: 'DELETE', headers: signRaw(practice, { method: 'DELETE', path: `/${practice.bucket}/k` }),
    });
    expect(await files()).toEqual([]);
  });

  it('go when their part was sent again, or is not in the list of Complete', async () => {
    const open = await beginUpload('k', [randomBytes(64 * KiB), randomBytes(64 * KiB), randomBytes(10)]);
    await s3.send(
      new UploadPartCommand({ ...at('k'), UploadId: open.UploadId, PartNumber: 2, Body: randomBytes(64 * KiB) }),
    );
    expect((await files()).filter(isData)).toHaveLength(3);
    const Parts = open.MultipartUpload.Parts.slice(0, 1);
    await s3.send(
      new CompleteMultipartUploadCommand({ ...at('k'), UploadId: open.UploadId, MultipartUpload: { Parts } }),
    );
    expect((await files()).filter(isData)).toHaveLength(1);
  });

  it('stay while somebody reads them', async () => {
    // Two segments, the second not open yet: on Linux an open file would outlive its name by itself.
    const halves = [randomBytes(16 * MiB), randomBytes(MiB)];
    await s3.send(new CompleteMultipartUploadCommand({ ...at('k'), ...(await beginUpload('k', halves)) }));
    const raw = { path: `/${practice.bucket}/k` };
    const request = httpGet(`${practice.endpoint}${raw.path}`, { headers: signRaw(practice, raw) });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await put('k', Buffer.from('two'));
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(Buffer.concat(halves))).toBe(true);
    // The folder may vanish while it is listed.
    await expect.poll(() => files().catch(() => []), { interval: 5 }).toHaveLength(2);
    expect((await read('k')).toString()).toBe('two');
  });
});

describe('empty()', () => {
  it('removes objects and uploads, while the server runs and parts arrive', async () => {
    await put('object', Buffer.from('body'));
    const open = await beginUpload('open', [randomBytes(1000)]);
    const late = s3.send(
      new UploadPartCommand({ ...at('open'), UploadId: open.UploadId, PartNumber: 2, Body: randomBytes(8 * MiB) }),
    );
    const outcome = late.then(() => 'stored', (error: { readonly name: string }) => error.name);
    await practice.server.empty();
    expect(['stored', 'NoSuchUpload']).toContain(await outcome);
    expect(await practice.server.usage()).toEqual({ objects: 0, bytes: 0, unfinishedUploads: 0, unfinishedBytes: 0, hiddenBytes: 0 });
    expect(await files()).toEqual([]);
    await put('object', Buffer.from('again'));
    expect((await read('object')).toString()).toBe('again');
  });
});
