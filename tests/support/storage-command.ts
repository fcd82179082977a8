import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { PracticeFixture } from './practice-fixture.ts';
import type { S3Target } from './s3-target.ts';

const root = resolve(import.meta.dirname, '../..');

export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandSetting {
  readonly env: Readonly<Record<string, string>>;
  /** Hears what it has said so far, while it runs. */
  readonly onText?: (text: string, child: ChildProcess) => void;
}

/** The storage commands, started as npm starts them. */
export interface StorageCommands {
  readonly run: (name: string, args: readonly string[], setting: CommandSetting) => Promise<CommandEnd>;
  /** Whatever is still at it after a test has failed. */
  readonly killAll: () => void;
}

/** Nothing of this computer's own settings gets in. */
function cleanEnv(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(R2_|AWS_|USE_|INIT_CWD|npm_|.*_proxy$)/i.test(name));
  return { ...Object.fromEntries(own), LANG: 'C', ...env };
}

export function storageCommands(): StorageCommands {
  const running = new Set<ChildProcess>();
  return {
    run: async (name, args, { env, onText = () => undefined }) => {
      const command = ['scripts/storage.mjs', name, '--', ...args];
      const child = spawn(process.execPath, command, { cwd: root, env: cleanEnv(env), detached: true });
      running.add(child);
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text: Buffer) => {
        stdout += text.toString();
        onText(stdout, child);
      });
      child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      running.delete(child);
      return { code, stdout, stderr };
    },
    killAll: () => {
      for (const child of running) killGroup(child, 'SIGKILL');
      running.clear();
    },
  };
}

/** Launcher and program together, as Ctrl+C in a terminal reaches them. */
export const killGroup = (child: ChildProcess, signal: NodeJS.Signals): void => void process.kill(-Number(child.pid), signal);

/** Where the web service would have them: the settings of a server that behaves like R2. */
export function r2Settings({ endpoint, bucket, credentials }: Pick<PracticeFixture, 'endpoint' | 'bucket' | 'credentials'>) {
  return {
    R2_ACCOUNT_ID: 'a'.repeat(32),
    R2_ACCESS_KEY_ID: credentials.accessKeyId,
    R2_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    R2_BUCKET_NAME: bucket,
    R2_ENDPOINT_URL: endpoint,
  };
}

/** The settings of the server that the tests run against: as R2's, or, where it knows no region `auto`, as S3's. */
export function targetSettings({ name, proxy, bucket, open }: S3Target): Readonly<Record<string, string>> {
  const { credentials, address } = open();
  if (name === 'practice') return { ...r2Settings({ endpoint: proxy.endpoint, bucket, credentials }) };
  return {
    USE_S3_STORAGE: 'true',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_S3_BUCKET_NAME: bucket,
    AWS_S3_REGION: address.region,
    AWS_ENDPOINT_URL: proxy.endpoint,
  };
}

export const envFileText = (env: Readonly<Record<string, string>>): string =>
  ['# production', ...Object.entries(env).map(([name, value]) => `${name}="${value}"`), ''].join('\n');
