import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Job } from '../job.ts';

interface RawOptions {
  readonly partSize: number;
  readonly connections: number;
  readonly isHashed: boolean;
  readonly urls: readonly string[];
}

/**
 * What the platform can do at most: whole Buffers read from the file and given to as many open connections. No
 * signature, journal, progress or retry. Returns null: the one who presigned the URLs puts the parts together.
 */
export async function uploadRaw({ file }: Job, options: RawOptions): Promise<null> {
  const { connections } = options;
  const isHttps = options.urls[0]?.startsWith('https:') === true;
  const agent = isHttps
    ? new HttpsAgent({ keepAlive: true, maxSockets: connections })
    : new HttpAgent({ keepAlive: true, maxSockets: connections });
  const send = isHttps ? httpsRequest : httpRequest;
  const source = await open(file, 'r');
  const { size } = await source.stat();
  let next = 0;
  const lane = async (): Promise<void> => {
    const memory = Buffer.allocUnsafeSlow(options.partSize);
    for (let index = next++; index < options.urls.length; index = next++) {
      const start = index * options.partSize;
      const body = memory.subarray(0, Math.min(options.partSize, size - start));
      await fill(source, start, body);
      if (options.isHashed) createHash('sha256').update(body).digest();
      await new Promise<void>((resolve, reject) => {
        const headers = { 'content-length': body.length };
        const answered = (answer: IncomingMessage): void => {
          if (answer.statusCode !== 200) reject(new Error(`The server answered ${answer.statusCode}`));
          answer.resume().once('end', resolve);
        };
        send(options.urls[index] ?? '', { method: 'PUT', agent, headers }, answered).once('error', reject).end(body);
      });
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  await source.close();
  agent.destroy();
  return null;
}

async function fill(source: FileHandle, position: number, into: Buffer): Promise<void> {
  for (let filled = 0; filled < into.length; ) {
    const { bytesRead } = await source.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) throw new Error('The file is shorter than it was');
    filled += bytesRead;
  }
}
