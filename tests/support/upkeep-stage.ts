import { BucketClients, type OpenDestination } from '../../electron/s3/bucket-clients.ts';
import type { PracticeServerOptions } from '../../electron/practice/practice-server.ts';
import { examine } from '../../electron/upkeep/examine.ts';
import type { Upkeep } from '../../electron/upkeep/ports.ts';
import type { ObjectStorage } from '../../electron/uploads/ports.ts';
import type { CheckName, CheckResult, DoctorReport } from '../../shared/doctor.ts';
import type { Destination } from '../../shared/settings.ts';
import { destinationId } from './engine.ts';
import { openTarget, type S3Target } from './s3-target.ts';

type S3Destination = Extract<Destination, { kind: 's3' }>;
export type Told = Omit<DoctorReport, 'destinationId' | 'revision'>;

export interface UpkeepChanges {
  readonly destination?: Partial<S3Destination>;
  readonly address?: Partial<OpenDestination['address']>;
  readonly credentials?: Partial<OpenDestination['credentials']>;
}

/** A server behind a proxy that misbehaves on demand, and what the app does to a bucket on it. */
export interface UpkeepStage {
  readonly target: S3Target;
  readonly upkeep: (changes?: UpkeepChanges) => Promise<Upkeep>;
  readonly storage: () => Promise<ObjectStorage>;
  /** Runs the configuration check; `onStep` may interrupt it. */
  readonly check: (changes?: UpkeepChanges, audience?: { signal: AbortSignal; onStep: (told: Told) => void }) => Promise<Told>;
  readonly end: () => Promise<void>;
}

export async function setUpkeepStage(options: Partial<PracticeServerOptions> = {}): Promise<UpkeepStage> {
  const target = await openTarget(options);
  const clientsFor = ({ address, credentials }: UpkeepChanges): BucketClients =>
    new BucketClients(async () => {
      const opened = target.open();
      return {
        address: { ...opened.address, ...address },
        credentials: { ...opened.credentials, ...credentials },
      };
    }, '0.0.0-test');
  const upkeep = (changes: UpkeepChanges = {}): Promise<Upkeep> =>
    clientsFor(changes).upkeepFor({
      id: destinationId,
      kind: 's3',
      name: 'Test',
      region: 'us-east-1',
      bucket: target.bucket,
      prefix: '',
      endpoint: target.proxy.endpoint,
      publicBaseUrl: null,
      ...changes.destination,
    });
  return {
    target,
    upkeep,
    storage: () => clientsFor({}).storageFor(destinationId),
    check: async (changes, { signal, onStep } = { signal: new AbortController().signal, onStep: () => undefined }) =>
      examine((await upkeep(changes)).examination(), {
        signal,
        tell: (told) => {
          onStep(told);
          return told;
        },
      }),
    end: () => target.stop(),
  };
}

/** The checks that are not simply passed, in few words: `put failed access-denied s3:PutObject`. */
export const remarks = ({ checks }: Told): readonly string[] =>
  checks
    .filter(({ state }) => state !== 'passed')
    .map(({ name, state, problem, error, permission }) =>
      [name, state, problem ?? error?.code, permission].filter((word) => word !== undefined && word !== null).join(' '),
    );

export const named = ({ checks }: Told, name: CheckName): CheckResult => {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`No check ${name}`);
  return found;
};
