import type { MeterReading } from './meter.ts';
import type { Target } from './job.ts';
import type { Scheme } from './options.ts';
import { startServer } from './processes.ts';
import { writeCertificate } from './serve.ts';
import type { SinkKind } from './sink-checksums.ts';
import type { SinkOptions } from './sink-server.ts';

export interface OpenTarget {
  readonly target: Target;
  /** The file with the authority that clients must trust; null where the system's own are enough. */
  readonly caFile: string | null;
  readonly stop: () => void;
}

export interface SinkWish {
  readonly scheme: Scheme;
  readonly kind: SinkKind;
  /** For key and certificate. */
  readonly folder: string;
}

/** The sink believes anybody. */
const anyKeys = { region: 'us-east-1', bucket: 'bench', accessKeyId: 'bench', secretAccessKey: 'bench-secret' };

/** The bench's own server, in a process of its own, on loopback. */
export async function startSink(program: string, { scheme, kind, folder }: SinkWish): Promise<OpenTarget> {
  const host = '127.0.0.1';
  const tls = scheme === 'https' ? await writeCertificate(folder, host) : null;
  const options: SinkOptions = { host, port: 0, tls, kind, hasRival: false };
  const { port, stop } = await startServer(program, [JSON.stringify(options)]);
  return { target: { endpoint: `${scheme}://${host}:${port}`, ...anyKeys }, caFile: tls?.certificate ?? null, stop };
}

/** A server that is there already; the environment knows its keys. */
export function namedTarget(endpoint: string): OpenTarget {
  const target = {
    endpoint,
    region: process.env['REMESSA_S3_REGION'] ?? anyKeys.region,
    bucket: process.env['REMESSA_S3_BUCKET'] ?? anyKeys.bucket,
    accessKeyId: process.env['REMESSA_S3_ACCESS_KEY_ID'] ?? anyKeys.accessKeyId,
    secretAccessKey: process.env['REMESSA_S3_SECRET_ACCESS_KEY'] ?? anyKeys.secretAccessKey,
  };
  return { target, caFile: process.env['NODE_EXTRA_CA_CERTS'] ?? null, stop: () => undefined };
}

/** What the sink's meter says. */
export async function readMeter({ endpoint }: Target): Promise<MeterReading> {
  return (await (await fetch(`${endpoint}/-/meter`)).json()) as MeterReading;
}

export async function resetMeter({ endpoint }: Target): Promise<void> {
  await fetch(`${endpoint}/-/meter`, { method: 'DELETE' });
}
