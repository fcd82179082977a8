import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../shared/doctor.ts';
import { makeCertificate } from '../support/certificate.ts';
import { delayAnswer } from '../support/faults.ts';
import { openTarget, type S3Target } from '../support/s3-target.ts';
import { temporaryFolder } from '../support/sample-video.ts';

/** The program asks as R2 is asked (region `auto`), which radosgw refuses. */
const isPractice = process.env['REMESSA_S3_ENDPOINT'] === undefined;
if (!isPractice) process.stdout.write('storage:check: not run against radosgw, which knows no region auto\n');

const root = resolve(import.meta.dirname, '../..');
let target: S3Target;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const running: ChildProcess[] = [];
beforeAll(async () => {
  target = await openTarget();
  folder = await temporaryFolder();
});
afterEach(() => {
  target.proxy.setDecide(() => null);
  for (const child of running.splice(0)) if (child.exitCode === null && child.signalCode === null) process.kill(-Number(child.pid), 'SIGKILL');
});
afterAll(async () => {
  await target.stop();
  await folder.remove();
});

const secret = (): string => target.open().credentials.secretAccessKey;
const settings = (): Record<string, string> => ({
  R2_ACCOUNT_ID: 'a'.repeat(32),
  R2_ACCESS_KEY_ID: target.open().credentials.accessKeyId,
  R2_SECRET_ACCESS_KEY: secret(),
  R2_BUCKET_NAME: target.bucket,
  R2_ENDPOINT_URL: target.proxy.endpoint,
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing of this computer's own settings gets in. */
const cleanEnv = (env: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const own = Object.entries(process.env).filter(([name]) => !/^(R2_|AWS_|USE_|INIT_CWD|npm_)/.test(name));
  return { ...Object.fromEntries(own), LANG: 'C', ...env };
};

/** Starts the program as npm does; `onText` hears what it says while it runs. */
async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = settings(),
  onText: (text: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const command = ['scripts/storage-check.mjs', '--', ...args];
  const child = spawn(process.execPath, command, { cwd: root, env: cleanEnv(env), detached: true });
  running.push(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
    onText(stdout, child);
  });
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const left = async (): Promise<string> => `${await target.objectCount()} objects, ${await target.unfinishedUploads()} uploads`;
const nothing = '0 objects, 0 uploads';

interface Json {
  readonly healthy: boolean;
  readonly isCleanedUp: boolean;
  readonly destination: { readonly kind: string; readonly bucket: string };
  readonly checks: ReadonlyArray<CheckResult & { readonly said: string; readonly remedy: string }>;
}

describe.runIf(isPractice)('npm run storage:check', () => {
  it('says line by line that a destination is healthy', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('✓ Access key: The key was accepted.');
    expect(stdout).toContain('! Playing on pages (worth a look): No website may play the videos inside its own pages.');
    expect(stdout).toContain('Everything that uploads need works. One thing is worth a look.');
    expect(stdout + stderr).not.toContain(secret());
    expect(await left()).toBe(nothing);
  });

  it('speaks Portuguese', async () => {
    const { code, stdout } = await run(['--lang', 'pt-br']);
    expect(code).toBe(0);
    expect(stdout).toContain('✓ Chave de acesso: A chave foi aceita.');
    expect(stdout).toContain('Tudo de que os envios precisam funciona.');
  });

  it('says as JSON what does not work, and why', async () => {
    const { code, stdout } = await run(['--json'], { ...settings(), R2_SECRET_ACCESS_KEY: 'not-the-secret-at-all' });
    expect(code).toBe(1);
    const report = JSON.parse(stdout) as Json;
    expect(report).toMatchObject({ healthy: false, isCleanedUp: true, destination: { kind: 'r2', bucket: target.bucket } });
    expect(report.checks.find(({ name }) => name === 'credentials')).toMatchObject({
      state: 'failed',
      error: { code: 'credentials-rejected' },
      said: 'The access key was rejected.',
      remedy: expect.stringMatching(/^Check the key/),
    });
    expect(stdout).not.toContain('not-the-secret-at-all');
  });

  it('takes the settings from a file, and then from nowhere else', async () => {
    const path = join(folder.path, 'production.env');
    const lines = Object.entries({ USE_R2_STORAGE: 'true', ...settings() }).map(([name, value]) => `${name}="${value}"`);
    await writeFile(path, ['# production', ...lines, ''].join('\n'));
    const { code, stdout } = await run(['--env-file', path, '--json'], { USE_S3_STORAGE: 'true', R2_BUCKET_NAME: 'another' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ healthy: true, destination: { bucket: target.bucket } });
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help'], {});
    expect(code).toBe(0);
    expect(stdout).toContain('--env-file FILE');
  });

  it.each<[string, readonly string[], Record<string, string>, string]>([
    ['nothing is set', [], {}, 'No destination is named'],
    ['something is missing', [], { R2_ACCOUNT_ID: 'a'.repeat(32), R2_BUCKET_NAME: 'videos' }, 'Missing: R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY.'],
    ['something has another form', [], { R2_ACCOUNT_ID: 'short' }, 'Missing: R2_BUCKET_NAME. Not of the right form: R2_ACCOUNT_ID.'],
    ['S3 lacks its region', [], { USE_S3_STORAGE: 'true', AWS_S3_BUCKET_NAME: 'videos' }, 'Missing: AWS_S3_REGION.'],
    ['both are there', [], { R2_ACCOUNT_ID: 'a', AWS_S3_REGION: 'b' }, 'set USE_R2_STORAGE or USE_S3_STORAGE'],
    ['both are on', [], { USE_R2_STORAGE: 'true', USE_S3_STORAGE: '1' }, 'are both on'],
    ['what is there is switched off', [], { USE_R2_STORAGE: 'false', R2_ACCOUNT_ID: 'a' }, 'No destination is named'],
    ['the file is not there', ['--env-file', '/no/such.env'], {}, '/no/such.env cannot be read.'],
    ['the language is none of ours', ['--lang', 'fr'], {}, '--lang is pt-BR or en.'],
    ['the option does not exist', ['--frobnicate'], {}, 'frobnicate'],
  ])('ends with 2 when %s', async (_why, args, env, words) => {
    const { code, stderr, stdout } = await run(args, env);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it.each([
    ['SIGINT', 'Access key'],
    ['SIGTERM', 'Write'],
    ['SIGINT', 'Jump'],
    ['SIGTERM', 'Clearing up'],
    ['SIGHUP', 'Bucket'],
  ] as const)('interrupted by %s behind “%s” removes what it has sent before it ends', async (signal, name) => {
    target.proxy.setDecide(() => delayAnswer(60));
    let wasSent = false;
    const { code, stdout } = await run([], settings(), (text, child) => {
      if (wasSent || !text.includes(`${name}:`)) return;
      wasSent = true;
      // Ctrl+C reaches the whole group of processes that the terminal has in front.
      setTimeout(() => (signal === 'SIGINT' ? process.kill(-Number(child.pid), signal) : child.kill(signal)), 30);
    });
    expect(wasSent).toBe(true);
    expect(stdout).toContain('The check was interrupted.');
    expect(stdout).not.toContain('may still be there');
    expect(code).toBe(2);
    expect(await left()).toBe(nothing);
  });

  it('looks at the certificate', async () => {
    const { key, certificate } = makeCertificate('127.0.0.1');
    const authority = join(folder.path, 'authority.pem');
    await writeFile(authority, certificate);
    const port = Number(new URL(target.proxy.endpoint).port);
    const front = createTlsServer({ key, cert: certificate }, (socket) => {
      const behind = connect(port, '127.0.0.1');
      socket.on('error', () => behind.destroy());
      behind.on('error', () => socket.destroy());
      socket.pipe(behind).pipe(socket);
    });
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    const env = { ...settings(), R2_ENDPOINT_URL: `https://127.0.0.1:${(front.address() as AddressInfo).port}` };
    const untrusted = await run([], env);
    expect(untrusted.stdout).toContain('✗ Secure connection (failed): The connection to the destination is not secure.');
    expect(untrusted.code).toBe(1);
    const trusted = await run([], { ...env, NODE_EXTRA_CA_CERTS: authority });
    expect(trusted.stdout).toContain('! Secure connection (worth a look): The server’s certificate ends in 1 day.');
    expect(trusted.code).toBe(0);
    front.close();
  });
});
