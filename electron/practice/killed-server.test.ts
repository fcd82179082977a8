import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { practiceClient } from '../../tests/support/practice-client.ts';
import { startPracticeServer } from './practice-server.ts';

/**
 * The promise of bucket-folder.ts, tried with a real SIGKILL at a random moment: what was answered 200 is there
 * after the next start, byte for byte, and nothing else takes up space.
 */
const KILLS = 4;
const CREDENTIALS = { accessKeyId: 'PRACTICE', secretAccessKey: 'practice-secret' };
const Bucket = 'videos-test';

/** What the server has said yes to. */
interface Promised {
  answers: number;
  readonly objects: Map<string, Buffer>;
  readonly parts: Map<string, { readonly key: string; readonly etags: Map<number, string> }>;
}

async function startChild(folder: string): Promise<{ readonly child: ChildProcess; readonly client: S3Client }> {
  const options = JSON.stringify({ folder, credentials: CREDENTIALS, buckets: [Bucket], minPartSize: 1024 });
  const script = join(import.meta.dirname, '../../tests/support/practice-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  const endpoint = `http://127.0.0.1:${port.toString().trim()}`;
  return { child, client: practiceClient({ endpoint, credentials: CREDENTIALS }) };
}

/** Works until the server is gone. */
async function work(client: S3Client, promised: Promised): Promise<void> {
  for (;;) {
    const Key = randomBytes(4).toString('hex');
    const body = randomBytes(40_000);
    if (promised.objects.size % 3 === 0) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: body }));
      promised.objects.set(Key, body);
    }
    const { UploadId = '' } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: `${Key}-whole` }));
    const etags = new Map<number, string>();
    promised.parts.set(UploadId, { key: `${Key}-whole`, etags });
    for (const PartNumber of [1, 2]) {
      const Body = body.subarray((PartNumber - 1) * 20_000, PartNumber * 20_000);
      const { ETag = '' } = await client.send(
        new UploadPartCommand({ Bucket, Key: `${Key}-whole`, UploadId, PartNumber, Body }),
      );
      etags.set(PartNumber, ETag);
      promised.answers += 1;
    }
    const Parts = [...etags].map(([PartNumber, ETag]) => ({ PartNumber, ETag }));
    // Asked and not answered yet: afterwards it may be either, but not both and not neither.
    promised.parts.delete(UploadId);
    promised.objects.set(`${Key}-whole`, body);
    await client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: `${Key}-whole`, UploadId, MultipartUpload: { Parts } }),
    ).catch(
      (error: unknown) => {
        promised.objects.delete(`${Key}-whole`);
        throw error;
      },
    );
  }
}

async function dataBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const data = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.json'));
  const sizes = await Promise.all(data.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

it(`keeps its word through ${KILLS} SIGKILLs`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'practice-killed-'));
  const promised: Promised = { answers: 0, objects: new Map(), parts: new Map() };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { child, client } = await startChild(folder);
    const working = Promise.all(
      [work(client, promised), work(client, promised), work(client, promised)],
    ).catch(() => undefined);
    const enough = promised.answers + 5 + Math.floor(Math.random() * 20);
    while (promised.answers < enough) await sleep(1);
    child.kill('SIGKILL');
    await Promise.all([once(child, 'exit'), working]);
  }
  const server = await startPracticeServer({ folder, credentials: CREDENTIALS, buckets: [Bucket] });
  const client = practiceClient({ endpoint: server.endpoint, credentials: CREDENTIALS });
  for (const [Key, body] of promised.objects) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = await Body!.transformToByteArray();
    expect(createHash('md5').update(bytes).digest('hex')).toBe(createHash('md5').update(body).digest('hex'));
  }
  for (const [UploadId, { key, etags }] of promised.parts) {
    const { Parts = [] } = await client.send(new ListPartsCommand({ Bucket, Key: key, UploadId }));
    for (const [number, etag] of etags) expect(Parts.find((part) => part.PartNumber === number)?.ETag).toBe(etag);
  }
  const usage = await server.usage();
  expect(promised.objects.size).toBeGreaterThan(KILLS);
  expect(await dataBytes(folder)).toBe(usage.bytes + usage.unfinishedBytes);
  await server.stop();
  await rm(folder, { recursive: true });
}, 60_000);
