import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChosenFolders } from '../../electron/desks/chosen-folders.ts';
import { DestinationDesk } from '../../electron/desks/destination-desk.ts';
import { BucketClients } from '../../electron/s3/bucket-clients.ts';
import { addressOf } from '../../electron/s3/s3-client.ts';
import { CredentialStore } from '../../electron/store/credential-store.ts';
import { SettingsStore } from '../../electron/store/settings-store.ts';
import { UploadError } from '../../electron/uploads/upload-error.ts';
import type { FilledForm } from '../../shared/ipc.ts';
import type { TestReport } from '../../shared/replies.ts';
import { type Credentials, destinationDraftSchema } from '../../shared/settings.ts';
import { type Bench, makeBench } from './builders.ts';
import { MemoryKeychain } from './memory-keychain.ts';
import type { PracticeFixture } from './practice-fixture.ts';

/** Whatever a bucket is asked for is asked of a practice server. */
export type Server = Pick<PracticeFixture, 'endpoint' | 'bucket' | 'credentials'>;

export interface DestinationBench {
  readonly desk: DestinationDesk;
  readonly bench: Bench;
  readonly settings: SettingsStore;
  readonly credentials: CredentialStore;
  readonly keychain: MemoryKeychain;
  /** Keys that were found elsewhere, by their ids. */
  readonly imported: Map<string, Credentials>;
  /** How long the desk has waited, milliseconds each. */
  readonly sleeps: number[];
  /** Destinations whose migrations were stopped. */
  readonly left: string[];
}

/**
 * The desk over real stores in a folder, the real S3 client, and the engine over fakes. What the disk's own room does is
 * simple here: a folder is good unless its name says `unplugged`, and a claim is a file in it.
 */
export function makeDestinationBench(folder: string, server: Server): DestinationBench {
  const bench = makeBench();
  const settings = new SettingsStore(folder);
  const keychain = new MemoryKeychain();
  const credentials = new CredentialStore(keychain);
  const imported = new Map<string, Credentials>();
  const sleeps: number[] = [];
  const left: string[] = [];
  const desk: DestinationDesk = new DestinationDesk({
    settings,
    credentials,
    practice: { open: async () => ({ endpoint: server.endpoint, credentials: keyOf(server) }) },
    buckets: async () => new BucketClients((id) => desk.open(id), '0.0.0-test'),
    addressOf: async (draft) => addressOf(draft),
    claimFolder: async (path) => {
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'claimed'), '');
      return { volumeId: 'volume-1' };
    },
    testDisk: async (draft) => tested(draft.folder, !draft.folder.includes('unplugged')),
    folders: new ChosenFolders(join(folder, 'Remessa'), settings),
    queue: bench.queue,
    clock: {
      sleep: async (ms) => {
        sleeps.push(ms);
        await bench.clock.advance(ms);
      },
    },
    importedCredentials: (id) => {
      const found = imported.get(id);
      if (found === undefined) throw new UploadError('credentials-missing');
      return found;
    },
    practiceBucket: server.bucket,
    leaveMigration: async (id) => void left.push(id),
  });
  return { desk, bench, settings, credentials, keychain, imported, sleeps, left };
}

const tested = (endpoint: string, passed: boolean): TestReport => ({
  passed,
  steps: [{ step: 'write', state: passed ? 'passed' : 'failed', error: passed ? null : { code: 'disk-missing' } }],
  endpoint,
  clockBehindMs: null,
  region: null,
});

export const keyOf = ({ credentials }: Server): Credentials => ({ ...credentials, sessionToken: null });
export const wrongKey: Credentials = { accessKeyId: 'AKIAWRONG', secretAccessKey: 'planted-secret', sessionToken: null };

type Changes = Partial<FilledForm> & { readonly fields?: object };

/** A form of a bucket on the practice server, typed key included. */
export function bucketForm(server: Server, { fields, ...changes }: Changes = {}): FilledForm {
  const place = { region: 'auto', bucket: server.bucket, endpoint: server.endpoint };
  const draft = destinationDraftSchema.parse({ kind: 's3', name: 'Bucket', ...place, ...fields });
  return { id: null, draft, credentials: keyOf(server), importId: null, ...changes };
}

export function diskForm(path: string, changes: Changes = {}): FilledForm {
  const draft = destinationDraftSchema.parse({ kind: 'disk', name: 'Disk', folder: path });
  return { id: null, draft, credentials: null, importId: null, ...changes };
}

export const inKeychain = (form: FilledForm) => ({ ...form, keep: 'keychain' as const });
