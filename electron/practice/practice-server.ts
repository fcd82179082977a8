import { createServer, type Server } from 'node:http';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { BucketDisk, type BucketUsage } from './bucket-disk.ts';
import type { OperationName } from './route-request.ts';
import { serveRequest, type PracticeHouse, type PracticeRequest } from './serve-request.ts';
import { faultDocument, S3Fault } from './s3-fault.ts';
import { rulesOf } from './s3-rules.ts';

export { BUCKET_LEVEL } from './route-request.ts';
export type { PracticeRequest } from './serve-request.ts';

/** How a practice bucket is to behave. */
export interface PracticeServerOptions {
  /** Everything lives below it. */
  readonly folder: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** They exist from the start; there is no CreateBucket. */
  readonly buckets: readonly string[];
  /** Preferred; when it is taken or 0, any free one. */
  readonly port?: number | undefined;
  /** Accepted in signatures beside `auto` and `us-east-1`, as R2 does. */
  readonly region?: string | undefined;
  readonly rules?: 'r2' | 'aws' | undefined;
  /** `opaque`: part ETags that are not the MD5, as some report of R2. */
  readonly partEtags?: 'md5' | 'opaque' | undefined;
  /** `ignored`: x-amz-checksum-* is neither checked nor kept nor answered, as in Ceph radosgw 16. */
  readonly checksums?: 'full' | 'ignored' | undefined;
  /** What becomes of `If-None-Match: *`: `ignored` overwrites all the same, `unknown` refuses the header. */
  readonly conditions?: 'honoured' | 'ignored' | 'unknown' | undefined;
  /** Objects that are replaced or deleted are only hidden (S3 with versioning; R2 has none). */
  readonly keepsVersions?: boolean | undefined;
  /** What the credentials may not do; `BUCKET_LEVEL` makes them those of an object-scoped token. */
  readonly refuses?: readonly OperationName[] | undefined;
  /** Unsigned GET and HEAD of objects. */
  readonly publicRead?: boolean | undefined;
  /** After each request. */
  readonly onRequest?: ((entry: PracticeRequest) => void) | undefined;
  /** What the server's clock is ahead of ours. */
  readonly clockOffsetMs?: number | undefined;
  readonly minPartSize?: number | undefined;
}

export interface PracticeServer {
  readonly endpoint: string;
  readonly port: number;
  readonly usage: () => Promise<BucketUsage>;
  /** Objects and unfinished uploads of all buckets; CORS and lifecycle rules stay. */
  readonly empty: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export async function startPracticeServer(options: PracticeServerOptions): Promise<PracticeServer> {
  const house = await openHouse(options);
  const pending = new Set<Promise<void>>();
  const server = createServer(
    // Metadata may have 8,192 bytes (R2); Node's default for all headers is 16 KiB.
    { keepAlive: true, keepAliveTimeout: 60_000, requestTimeout: 0, noDelay: true, maxHeaderSize: 64 * 1024 },
    (message, response) => {
      const work = serveRequest(house, message, response).finally(() => pending.delete(work));
      pending.add(work);
    },
  );
  server.on('clientError', answerBrokenHttp);
  const port = await listen(server, options.port ?? 0);
  const buckets = [...house.buckets.values()];
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    usage: async () => sumUsage(buckets.map((bucket) => bucket.usage())),
    empty: async () => {
      for (const bucket of buckets) await bucket.exclusive(() => bucket.empty());
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all(pending);
    },
  };
}

async function openHouse(options: PracticeServerOptions): Promise<PracticeHouse> {
  await mkdir(options.folder, { recursive: true });
  const rules = rulesOf(options.rules ?? 'r2', options.minPartSize);
  const keepsVersions = options.keepsVersions ?? false;
  if (keepsVersions && !rules.hasVersions) throw new Error('R2 keeps no versions: use the rules of AWS.');
  const buckets = new Map<string, BucketDisk>();
  for (const name of options.buckets) {
    // The name becomes part of a path.
    if (!BUCKET_NAME.test(name)) throw new Error(`Not a bucket name: ${name}`);
    buckets.set(name, await BucketDisk.open(options.folder, name, { lifecycle: rules.defaultLifecycle, keepsVersions }));
  }
  const region = options.region ?? 'auto';
  const now = (): number => Date.now() + (options.clockOffsetMs ?? 0);
  return {
    buckets,
    judge: { credentials: options.credentials, regions: [region, 'auto', 'us-east-1'], now },
    settings: {
      rules,
      partEtags: options.partEtags ?? 'md5',
      checksums: options.checksums ?? 'full',
      conditions: options.conditions ?? 'honoured',
      keepsVersions,
      refuses: new Set(options.refuses ?? []),
      publicRead: options.publicRead ?? false,
      region,
      now,
    },
    onRequest: options.onRequest ?? (() => undefined),
  };
}

/** Loopback only, never a wider address: whoever can reach the port could try signatures on it. */
async function listen(server: Server, preferredPort: number): Promise<number> {
  const tryPort = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await tryPort(preferredPort);
  } catch (error) {
    if (preferredPort === 0) throw error;
    await tryPort(0);
  }
  return (server.address() as AddressInfo).port;
}

/** What Node's parser refuses: above all a connection that ended before the body did. */
function answerBrokenHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code = error.code === 'HPE_INVALID_EOF_STATE' ? 'IncompleteBody' : 'InvalidRequest';
  const body = faultDocument(new S3Fault(code, 'The request is not whole.'), '', '');
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/xml', `Content-Length: ${body.length}`];
  socket.end([...head, 'Connection: close', '', body].join('\r\n'));
}

function sumUsage(all: readonly BucketUsage[]): BucketUsage {
  const sum = (pick: (usage: BucketUsage) => number): number => all.reduce((total, usage) => total + pick(usage), 0);
  return {
    objects: sum((usage) => usage.objects),
    bytes: sum((usage) => usage.bytes),
    unfinishedUploads: sum((usage) => usage.unfinishedUploads),
    unfinishedBytes: sum((usage) => usage.unfinishedBytes),
    hiddenBytes: sum((usage) => usage.hiddenBytes),
  };
}
