import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingMessage, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../shared/doctor.ts';
import { filesIn } from '../support/disk-stage.ts';
import { makeCertificate } from '../support/certificate.ts';
import { delayAnswer } from '../support/faults.ts';
import { openTarget, type S3Target } from '../support/s3-target.ts';
import { temporaryFolder } from '../support/sample-video.ts';
import { type CommandSetting, killGroup, r2Settings, storageCommands } from '../support/storage-command.ts';

/** The program asks as R2 is asked (region `auto`), which radosgw refuses. */
const isPractice = process.env['REMESSA_S3_ENDPOINT'] === undefined;
if (!isPractice) process.stdout.write('storage:check: not run against radosgw, which knows no region auto\n');

const commands = storageCommands();
let target: S3Target;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  target = await openTarget();
  folder = await temporaryFolder();
});
afterEach(() => {
  target.proxy.setDecide(() => null);
  commands.killAll();
});
afterAll(async () => {
  await target.stop();
  await folder.remove();
});

const secret = (): string => target.open().credentials.secretAccessKey;
const settings = (): Record<string, string> => {
  const { credentials } = target.open();
  return r2Settings({ endpoint: target.proxy.endpoint, bucket: target.bucket, credentials });
};

const run = (args: readonly string[], env = settings(), onText: CommandSetting['onText'] = () => undefined) =>
  commands.run('check', args, { env, onText });

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

  it('asks a server that is not AWS, by the name that the AWS tools have for it', async () => {
    const { accessKeyId, secretAccessKey } = target.open().credentials;
    const key = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const place = { AWS_S3_BUCKET_NAME: target.bucket, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: target.proxy.endpoint };
    const { code, stdout } = await run(['--json', '--prefix', 'school'], { ...key, ...place });
    expect(code).toBe(0);
    const { destination } = JSON.parse(stdout) as Json;
    expect(destination).toEqual({
      kind: 's3',
      name: target.bucket,
      endpoint: target.proxy.endpoint,
      bucket: target.bucket,
      prefix: 'school/',
    });
    expect(target.requests().some(({ path }) => path.includes('/school/videos/'))).toBe(true);
    expect(await left()).toBe(nothing);
  });

  it('checks a folder, and leaves it as it was', async () => {
    const disk = join(folder.path, 'disk');
    await mkdir(join(disk, 'videos'), { recursive: true });
    await writeFile(join(disk, 'videos', 'somebodys.mp4'), 'bytes');
    const before = await filesIn(disk);
    const { code, stdout, stderr } = await run(['--disk', disk], {});
    expect(stderr).toBe('');
    expect(stdout).toContain(disk);
    expect(stdout).toContain('Everything that uploads need works.');
    expect(code).toBe(0);
    expect(await filesIn(disk)).toEqual(before);
    const missing = await run(['--disk', join(disk, 'not-mounted')], {});
    expect(missing.code).toBe(1);
    expect(await filesIn(disk)).toEqual(before);
  });

  it('asks through the proxy that the environment names', async () => {
    const asked: string[] = [];
    const proxy = createServer((_request, response) => void response.writeHead(403).end());
    proxy.on('connect', ({ url }: IncomingMessage, socket: Duplex) => {
      asked.push(url ?? '');
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const HTTPS_PROXY = `http://ana:planted-password@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const env = { ...settings(), R2_ENDPOINT_URL: 'https://storage.invalid' };
    const through = await run([], { ...env, HTTPS_PROXY });
    expect(through.code).toBe(1);
    expect(through.stdout).toContain('The network’s proxy refused the connection.');
    expect(through.stdout + through.stderr).not.toContain('planted-password');
    expect(asked).toContain('storage.invalid:443');
    asked.length = 0;
    const past = await run([], { ...env, HTTPS_PROXY, NO_PROXY: 'localhost,.invalid' });
    expect(past.code).toBe(1);
    expect(asked).toEqual([]);
    proxy.close();
  });

  it.each<[string, readonly string[], Record<string, string>, string]>([
    ['nothing is set', [], {}, 'Missing: R2_ACCOUNT_ID, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY, R2_BUCKET_NAME.'],
    ['something is missing', [], { R2_ACCOUNT_ID: 'a'.repeat(32), R2_BUCKET_NAME: 'videos' }, 'Missing: R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY.'],
    ['the file is not there', ['--env-file', '/no/such.env'], {}, '/no/such.env cannot be read.'],
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
      setTimeout(() => (signal === 'SIGINT' ? killGroup(child, signal) : child.kill(signal)), 30);
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
