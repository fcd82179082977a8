import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import { readEnvFile, readSettings } from './read-settings.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

async function file(content: string | Uint8Array, name = '.env'): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

const account = '0123456789abcdef0123456789abcdef';
const env = `
# Armazenamento dos vídeos
USE_R2_STORAGE=True
export R2_ACCOUNT_ID=${account}
R2_ACCESS_KEY_ID = 'r2-key-id-1234'   # from the dashboard
R2_SECRET_ACCESS_KEY="r2-secret#planted"
R2_BUCKET_NAME=lessons
SECRET_KEY=django-insecure
`;
const expected = {
  origin: 'env-file',
  name: '.env',
  kind: 'r2',
  values: { bucket: 'lessons', accountId: account },
  credentials: { accessKeyId: 'r2-key-id-1234', secretAccessKey: 'r2-secret#planted' },
  missing: [],
  isSwitchedOn: true,
};

describe('a .env file', () => {
  it('is read as programs read it: comments, quotes, export', async () => {
    const findings = await readSettings(await file(env));
    expect(findings).toMatchObject([expected]);
    expect(JSON.stringify(findings)).not.toContain('django');
  });

  it.each([
    ['a byte order mark', Buffer.from(`\ufeff${env.trimStart()}`)],
    ['line ends of Windows', Buffer.from(env.replaceAll('\n', '\r\n'))],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${env}`, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${env}`, 'utf16le').swap16()],
    ['accents in Windows-1252', Buffer.from(env, 'latin1')],
  ])('may have %s', async (_what, bytes) => {
    expect(await readSettings(await file(bytes))).toMatchObject([expected]);
  });

  it('fills in nothing, and leaves the environment of the process alone', async () => {
    const before = { ...process.env };
    const path = await file('HOME_OF=$HOME\nR2_BUCKET_NAME=${BUCKET}\nBUCKET=lessons\n');
    expect(await readEnvFile(path)).toEqual({ HOME_OF: '$HOME', R2_BUCKET_NAME: '${BUCKET}', BUCKET: 'lessons' });
    expect((await readSettings(path))[0]).toMatchObject({ values: { bucket: '' } });
    expect(process.env).toEqual(before);
  });

  it.each([
    ['is empty', ''],
    ['is about other things', 'DEBUG=1\nDATABASE_URL=postgres://u:planted@db/x\n'],
    ['has our names in comments only', '# R2_BUCKET_NAME=lessons\n'],
    ['is another program’s JSON', '{"R2_BUCKET_NAME":"lessons","secret":"planted"}'],
    ['is JSON cut short', '{"kind":"remessa-settings","secret":"planted'],
    ['is exported settings without destinations', '{"kind":"remessa-settings","schemaVersion":1,"destinations":[]}'],
  ])('that %s is not complete', async (_what, text) => {
    const error: unknown = await readSettings(await file(text)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'settings-incomplete' });
    expect(`${String(error)} ${(error as Error).stack} ${String((error as Error).cause)}`).not.toContain('planted');
  });
});

describe('what is no text', () => {
  it('is refused: a folder, a program, a file of more than a MiB', async () => {
    await mkdir(join(folder.path, 'folder.env'));
    const unreadable = { code: 'source-unreadable' };
    await expect(readSettings(join(folder.path, 'folder.env'))).rejects.toMatchObject(unreadable);
    await expect(readSettings(await file(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0])))).rejects.toMatchObject(unreadable);
    const large = Buffer.from(env + '#'.repeat(1024 * 1024));
    await expect(readSettings(await file(large))).rejects.toMatchObject(unreadable);
    await expect(readSettings(await file(large.subarray(0, 1024 * 1024)))).resolves.toHaveLength(1);
  });

  it('that is not there is missing', async () => {
    await expect(readSettings(join(folder.path, 'nothing'))).rejects.toMatchObject({ code: 'source-missing' });
    await expect(readSettings(join(await file(env), 'inside'))).rejects.toMatchObject({ code: 'source-missing' });
  });
});

describe('exported settings', () => {
  const exported = (destinations: readonly unknown[]): string =>
    JSON.stringify({ kind: 'remessa-settings', schemaVersion: 1, destinations, preferences: {} });
  const r2 = { kind: 'r2', id: 'd1', name: 'Aulas', accountId: account, jurisdiction: 'eu', bucket: 'lessons', prefix: 'a/' };

  it('lack the key, which no file of ours holds', async () => {
    const path = await file(exported([r2, { ...r2, kind: 's3', region: 'auto', endpoint: 'https://s3.example.com' }]), 'remessa.json');
    const findings = await readSettings(path);
    expect(findings).toMatchObject([
      { origin: 'settings-file', name: 'Aulas', kind: 'r2', isSwitchedOn: null, obstacle: null, credentials: null },
      { kind: 's3', values: { region: 'auto', endpoint: 'https://s3.example.com', accountId: '' } },
    ]);
    expect(findings[0]?.values).toMatchObject({ name: 'Aulas', accountId: account, jurisdiction: 'eu', bucket: 'lessons', prefix: 'a/' });
    expect(findings.map(({ missing }) => missing)).toEqual(Array.from({ length: 2 }, () => ['accessKeyId', 'secretAccessKey']));
  });

  it('bring a disk with its folder and its limit, and no path of another system', async () => {
    const disk = { kind: 'disk', id: 'd2', name: 'Disco', folder: folder.path, volumeId: 'v', quotaGB: 5 };
    const findings = await readSettings(await file(exported([disk, { ...disk, folder: 'videos/here' }])));
    expect(findings.map(({ values, missing }) => [values.folder, values.quotaGB, missing])).toEqual([
      [folder.path, 5, []],
      ['', 5, ['folder']],
    ]);
  });

  it('leave out the practice bucket, and what a newer version knows and this one does not', async () => {
    const path = await file(exported([{ kind: 'practice', id: 'p', name: 'Practice' }, { kind: 'ftp', id: 'f' }, null, r2]));
    expect((await readSettings(path)).map(({ kind }) => kind)).toEqual(['r2']);
  });
});
