import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificate } from './certificate.ts';
import type { Target } from './job.ts';
import type { Scheme } from './options.ts';
import { startServer } from './processes.ts';

export interface OpenTarget {
  readonly target: Target;
  /** The file with the authority that clients must trust; null where the system's own are enough. */
  readonly caFile: string | null;
  readonly stop: () => void;
}

/** The bench's own server, in a process of its own, on loopback. */
export async function startSink(program: string, scheme: Scheme, folder: string): Promise<OpenTarget> {
  const files = scheme === 'https' ? await writeCertificate(folder) : null;
  const { port, stop } = await startServer(program, files === null ? [] : [files.key, files.certificate]);
  const target = {
    endpoint: `${scheme}://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'bench',
    accessKeyId: 'bench',
    secretAccessKey: 'bench-secret',
  };
  return { target, caFile: files?.certificate ?? null, stop };
}

/** A server that is there already; the environment knows its keys. */
export function namedTarget(endpoint: string): OpenTarget {
  const target = {
    endpoint,
    region: process.env['REMESSA_S3_REGION'] ?? 'us-east-1',
    bucket: from('REMESSA_S3_BUCKET'),
    accessKeyId: from('REMESSA_S3_ACCESS_KEY_ID'),
    secretAccessKey: from('REMESSA_S3_SECRET_ACCESS_KEY'),
  };
  return { target, caFile: process.env['NODE_EXTRA_CA_CERTS'] ?? null, stop: () => undefined };
}

function from(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`--endpoint needs ${name} in the environment`);
  return value;
}

async function writeCertificate(folder: string): Promise<{ readonly key: string; readonly certificate: string }> {
  const { key, certificate } = makeCertificate();
  const files = { key: join(folder, 'sink-key.pem'), certificate: join(folder, 'sink-certificate.pem') };
  await writeFile(files.key, key, { mode: 0o600 });
  await writeFile(files.certificate, certificate);
  return files;
}
