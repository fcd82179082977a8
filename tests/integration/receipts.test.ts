import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MiB } from '../../electron/uploads/part-plan.ts';
import { makeReceipt } from '../../electron/uploads/make-receipt.ts';
import type { Receipt } from '../../shared/receipt.ts';
import { setDiskStage } from '../support/disk-stage.ts';
import { isStatus, addFile, until } from '../support/engine.ts';
import { temporaryFolder } from '../support/sample-video.ts';
import { type Stage, setStage } from '../support/stage.ts';

let stage: Stage;
let receipt: Receipt;
let file: string;
let path: string;

beforeAll(async () => {
  stage = await setStage();
  const queue = await stage.engine('receipts');
  path = await stage.video('video_7.mp4', 13 * MiB);
  const id = await addFile(queue, path);
  await until(queue, id, isStatus('completed'));
  const { address } = stage.target.open();
  const destination = { id: 'none', kind: 's3', name: 'test', ...address } as const;
  receipt = makeReceipt(queue.proof(id)!, destination, '1.2.3');
  file = join(stage.folder, 'receipt.json');
  await writeFile(file, JSON.stringify(receipt));
});
afterAll(() => stage.end());

/** `npm run verify` as a person would call it. */
async function verify(args: readonly string[], keys = stage.target.open().credentials) {
  const { AWS_SESSION_TOKEN: _token, ...env } = process.env;
  const child = spawn(process.execPath, ['scripts/verify.mjs', ...args], {
    env: { ...env, AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
  });
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (out += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

describe('a receipt', () => {
  it('proves the object again without downloading it, and the file on this computer', async () => {
    const before = stage.target.count('GetObject');
    const { code, out } = await verify([file, '--file', path]);
    expect(out).toContain('PROVED  videos/video_7.mp4');
    expect(out).toContain('the file on this computer');
    expect(code).toBe(0);
    expect(stage.target.count('GetObject')).toBe(before);
  });

  it('holds no secret', () => {
    const { secretAccessKey, accessKeyId } = stage.target.open().credentials;
    expect(JSON.stringify(receipt)).not.toContain(secretAccessKey);
    expect(JSON.stringify(receipt)).not.toContain(accessKeyId);
    expect(JSON.stringify(receipt)).not.toMatch(/X-Amz|Signature/);
  });

  it('does not prove a file of the same size that is another', async () => {
    const other = await stage.video('other.mp4', 13 * MiB);
    const { code, out } = await verify([file, '--file', other]);
    expect(out).toContain('DIFFERENT  the file on this computer');
    expect(code).toBe(1);
  });

  it('that cannot be checked says why, and that nothing is proved', async () => {
    const wrong = { accessKeyId: 'AKIAWRONGWRONG', secretAccessKey: 'wrong-wrong-wrong', sessionToken: null };
    expect(await verify([file], wrong)).toMatchObject({ code: 2, out: expect.stringContaining('CANNOT BE CHECKED') });
    const damaged = join(stage.folder, 'damaged.json');
    await writeFile(damaged, '{"kind":"remessa-receipt"');
    expect(await verify([damaged])).toMatchObject({ code: 2, out: expect.stringContaining('not a receipt') });
  });

  it('tells another object of the same size under the key, and one that is gone', async () => {
    const { client, bucket } = stage.target;
    const { key, contentType, uploadToken } = receipt.object;
    const Body = Buffer.alloc(13 * MiB, 1);
    // Even with our own mark on it.
    const Metadata = { 'remessa-token': uploadToken ?? '' };
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: contentType, Metadata }));
    const { code, out } = await verify([file, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)[0].report.checks).toContainEqual({ what: 'etag', result: 'different' });
    await stage.target.deleteObject(key);
    expect(await verify([file])).toMatchObject({ code: 1, out: expect.stringContaining('DIFFERENT  the object is there') });
  });
});

it('of a video on a disk is proved by its bytes: one that has rotted with its size and time unchanged is another', async () => {
  const disk = await temporaryFolder();
  const onDisk = await setDiskStage(disk.path);
  const queue = await onDisk.engine('receipts');
  const upload = await onDisk.sendAndCheck(queue, await onDisk.video('video_8.mp4', 11 * MiB));
  const destination = { id: 'd', kind: 'disk', name: 'disk', endpoint: disk.path, region: '', bucket: '', isPathStyle: true } as const;
  const told = join(stage.folder, 'disk.json');
  await writeFile(told, JSON.stringify(makeReceipt(queue.proof(upload.id)!, destination, '1.2.3')));
  expect(await verify([told])).toMatchObject({ code: 0, out: expect.stringContaining('PROVED  videos/video_8.mp4') });

  const object = onDisk.objectPath(upload.key);
  const { atime, mtime } = await stat(object);
  const bytes = await open(object, 'r+');
  await bytes.write(Buffer.from('rot'), 0, 3, 5 * MiB);
  await bytes.close();
  await utimes(object, atime, mtime);
  const { code, out } = await verify([told, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)[0].report.checks).toContainEqual({ what: 'checksum', result: 'different' });
  await onDisk.end();
  await disk.remove();
  expect(await verify([told])).toMatchObject({ code: 2, out: expect.stringContaining('is not there') });
});
