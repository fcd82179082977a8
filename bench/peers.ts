import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Target } from './job.ts';

export interface PeerJob {
  readonly file: string;
  readonly key: string;
  readonly target: Target;
  readonly caFile: string | null;
  readonly connections: number;
  /** For settings files; the bench's to remove. */
  readonly folder: string;
}

interface PeerCommand {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Another program that uploads to S3. */
export interface Peer {
  readonly name: string;
  readonly program: string;
  readonly titleWith: (connections: number) => string;
  /** The command and its environment; settings of the person who runs the bench have no part in it. */
  readonly command: (job: PeerJob) => Promise<PeerCommand>;
}

const rclone = (name: string, partMiB: number): Peer => ({
  name,
  program: 'rclone',
  titleWith: (connections) => `rclone, ${connections} × ${partMiB} MiB`,
  command: async ({ file, key, target, caFile, connections, folder }) => ({
    args: ['rclone', 'copyto', file, `:s3:${target.bucket}/${key}`, ...(caFile === null ? [] : ['--ca-cert', caFile])],
    env: {
      RCLONE_CONFIG: join(folder, 'rclone.conf'),
      RCLONE_S3_NO_CHECK_BUCKET: 'true',
      // Parts also where a file is small enough for one request.
      RCLONE_S3_UPLOAD_CUTOFF: `${partMiB}Mi`,
      RCLONE_S3_CHUNK_SIZE: `${partMiB}Mi`,
      RCLONE_S3_UPLOAD_CONCURRENCY: `${connections}`,
      RCLONE_S3_PROVIDER: 'Other',
      RCLONE_S3_ENDPOINT: target.endpoint,
      RCLONE_S3_REGION: target.region,
      RCLONE_S3_ACCESS_KEY_ID: target.accessKeyId,
      RCLONE_S3_SECRET_ACCESS_KEY: target.secretAccessKey,
    },
  }),
});

async function awsCommand({ file, key, target, caFile, connections, folder }: PeerJob): Promise<PeerCommand> {
  const config = join(folder, 'aws-config');
  const s3 = `  max_concurrent_requests = ${connections}\n  multipart_chunksize = 8MB\n  addressing_style = path\n`;
  await writeFile(config, `[default]\ns3 =\n${s3}`);
  return {
    args: ['aws', 's3', 'cp', file, `s3://${target.bucket}/${key}`, '--endpoint-url', target.endpoint, '--no-progress'],
    env: {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: config,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: target.region,
      AWS_ACCESS_KEY_ID: target.accessKeyId,
      AWS_SECRET_ACCESS_KEY: target.secretAccessKey,
      ...(caFile === null ? {} : { AWS_CA_BUNDLE: caFile }),
    },
  };
}

async function s3cmdCommand({ file, key, target, caFile, folder }: PeerJob): Promise<PeerCommand> {
  const { host, protocol } = new URL(target.endpoint);
  const config = join(folder, 's3cmd-config');
  const isHttps = protocol === 'https:';
  const keys = `access_key = ${target.accessKeyId}\nsecret_key = ${target.secretAccessKey}\n`;
  const place = `host_base = ${host}\nhost_bucket = ${host}\nbucket_location = ${target.region}\n`;
  const rest = `use_https = ${isHttps ? 'True' : 'False'}\nmultipart_chunk_size_mb = 8\n`;
  // It compares a part's ETag with the MD5 that it takes anyway, but not where KMS encrypts: our server hashes nothing.
  const encryption = 'server_side_encryption = True\nkms_key = bench\n';
  const trust = caFile === null ? '' : `ca_certs_file = ${caFile}\n`;
  await writeFile(config, `[default]\n${keys}${place}${rest}${encryption}${trust}`, { mode: 0o600 });
  return {
    args: ['s3cmd', '--config', config, '--no-progress', 'put', file, `s3://${target.bucket}/${key}`],
    env: {},
  };
}

const peers: readonly Peer[] = [
  rclone('rclone', 8),
  rclone('rclone-5', 5),
  rclone('rclone-16', 16),
  {
    name: 'aws',
    program: 'aws',
    titleWith: (connections) => `aws-cli, ${connections} × 8 MiB`,
    command: awsCommand,
  },
  { name: 's3cmd', program: 's3cmd', titleWith: () => 's3cmd, 1 × 8 MiB', command: s3cmdCommand },
];

export const peerNames = peers.map(({ name }) => name);

/** Measuring them needs a shell that can say what a command has cost, and /proc for their memory. */
export function installedPeers(): readonly Peer[] {
  if (process.platform !== 'linux' || !isInstalled('bash')) return [];
  return peers.filter(({ program }) => isInstalled(program));
}

/** What the programs say of themselves: figures without a version age badly. */
export function peerVersions(names: readonly string[]): readonly string[] {
  const programs = new Set(installedPeers().flatMap(({ name, program }) => (names.includes(name) ? [program] : [])));
  return [...programs].map((program) => {
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    return stdout.split('\n')[0]?.trim() ?? program;
  });
}

const isInstalled = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, program)));
