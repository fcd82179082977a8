import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startPracticeServer,
  type PracticeRequest,
  type PracticeServer,
  type PracticeServerOptions,
} from '../../electron/practice/practice-server.ts';

/** A practice bucket in a folder of its own, gone after `stop()`. */
export interface PracticeFixture {
  readonly server: PracticeServer;
  readonly endpoint: string;
  readonly folder: string;
  readonly bucket: string;
  readonly credentials: PracticeServerOptions['credentials'];
  /** Every request since the start, in the order in which they ended. */
  readonly requests: readonly PracticeRequest[];
  /** Names of the operations so far, such as `['CreateMultipartUpload', 'UploadPart']`. */
  readonly operations: () => readonly string[];
  readonly clearRequests: () => void;
  /** A new server on the same folder and port, as after a restart of the app. */
  readonly restart: (overrides?: Partial<PracticeServerOptions>) => Promise<PracticeFixture>;
  readonly stop: () => Promise<void>;
}

export const PRACTICE_BUCKET = 'videos-test';

export async function startPractice(overrides: Partial<PracticeServerOptions> = {}): Promise<PracticeFixture> {
  const folder = overrides.folder ?? (await mkdtemp(join(tmpdir(), 'practice-')));
  const requests: PracticeRequest[] = [];
  const options: PracticeServerOptions = {
    buckets: [PRACTICE_BUCKET],
    credentials: {
      accessKeyId: `PK${randomBytes(9).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
    },
    ...overrides,
    folder,
    onRequest: (entry) => {
      requests.push(entry);
      overrides.onRequest?.(entry);
    },
  };
  const server = await startPracticeServer(options).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    server,
    endpoint: server.endpoint,
    folder,
    bucket: options.buckets[0] ?? PRACTICE_BUCKET,
    credentials: options.credentials,
    requests,
    operations: () => requests.map((entry) => entry.operation),
    clearRequests: () => {
      requests.length = 0;
    },
    restart: async (changes = {}) => {
      await server.stop();
      return await startPractice(
        { ...overrides, credentials: options.credentials, port: server.port, ...changes, folder },
      );
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
