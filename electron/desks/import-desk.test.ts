import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/support/sample-video.ts';
import type { Names } from '../imports/finding.ts';
import { toAppError, UploadError } from '../uploads/upload-error.ts';
import { ImportDesk } from './import-desk.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => void (folder = await temporaryFolder()));
afterEach(() => folder.remove());

/** Planted secrets: whole key ids are none, but nobody outside the main process needs them either. */
const secrets = ['planted-r2-secret', 'planted-aws-secret', 'planted-profile-secret', 'planted-token', 'R2KEYID', 'AKIA'];
const environment: Names = {
  R2_ACCESS_KEY_ID: 'R2KEYID0001',
  R2_SECRET_ACCESS_KEY: 'planted-r2-secret',
  R2_BUCKET_NAME: 'lessons',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE0002',
  AWS_SECRET_ACCESS_KEY: 'planted-aws-secret',
  AWS_SESSION_TOKEN: 'planted-token',
  AWS_S3_BUCKET_NAME: 'archive',
  AWS_S3_REGION: 'sa-east-1',
};

function makeDesk(names: Names = environment): { readonly desk: ImportDesk; readonly folders: string[] } {
  const folders: string[] = [];
  return { desk: new ImportDesk({ environment: names, home: folder.path, addFolder: (path) => folders.push(path) }), folders };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

describe('what is found', () => {
  it('is the environment and the profiles, without asking anybody', async () => {
    const profile = 'aws_access_key_id = AKIAEXAMPLE0003\naws_secret_access_key = planted-profile-secret\n';
    await file('.aws/credentials', `[default]\n${profile}\n[work]\nrole_arn = r\nsource_profile = default\n`);
    const { desk } = makeDesk();
    const found = await desk.find();
    expect(found.map(({ origin, name, kind, accessKeyIdHint }) => [origin, name, kind, accessKeyIdHint])).toEqual([
      ['environment', '', 'r2', '0001'],
      ['environment', '', 's3', '0002'],
      ['aws-profile', 'default', 's3', '0003'],
      ['aws-profile', 'work', 's3', null],
    ]);
    for (const secret of secrets) expect(JSON.stringify(found)).not.toContain(secret);
    expect(desk.credentials(found[1]!.id)).toEqual({
      accessKeyId: 'AKIAEXAMPLE0002',
      secretAccessKey: 'planted-aws-secret',
      sessionToken: 'planted-token',
    });
    expect(desk.credentials(found[2]!.id).secretAccessKey).toBe('planted-profile-secret');
  });

  it('is nothing on a computer that knows of nothing', async () => {
    expect(await makeDesk({ PATH: '/bin' }).desk.find()).toEqual([]);
  });
});

describe('a key that was found', () => {
  it('has an id that nobody can guess, and keeps it when it is found again', async () => {
    const { desk } = makeDesk();
    const [first] = await desk.find();
    const [again] = await desk.find();
    expect(first?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(again?.id).toBe(first?.id);
    const [other] = await makeDesk().desk.find();
    expect(other?.id).not.toBe(first?.id);
  });

  it('that has changed in its place does not change for a form that is open', async () => {
    const { desk } = makeDesk({});
    const text = 'R2_BUCKET_NAME=lessons\nR2_ACCESS_KEY_ID=R2KEYID0001\nR2_SECRET_ACCESS_KEY=';
    const path = await file('.env', `${text}planted-r2-secret\n`);
    const [before] = await desk.read(path);
    await file('.env', `${text}planted-rotated\n`);
    const [after] = await desk.read(path);
    expect(after?.id).not.toBe(before?.id);
    expect(desk.credentials(before!.id).secretAccessKey).toBe('planted-r2-secret');
    expect(desk.credentials(after!.id).secretAccessKey).toBe('planted-rotated');
  });

  it('is not to be had for any other id, nor where there was none', async () => {
    const { desk } = makeDesk({ R2_BUCKET_NAME: 'lessons' });
    const [found] = await desk.find();
    for (const id of [found!.id, '', 'constructor']) {
      expect(() => desk.credentials(id)).toThrow(expect.objectContaining({ code: 'credentials-missing' }));
    }
  });
});

describe('a file that a person has picked', () => {
  it('counts as their word for the folders in it, and for no other', async () => {
    const { desk, folders } = makeDesk();
    const disk = { kind: 'disk', id: 'd', name: 'Disco', folder: folder.path, publicBaseUrl: null };
    const destinations = [disk, { ...disk, folder: 'somewhere' }, { kind: 's3', id: 's', name: 'S', bucket: 'abc', region: 'us-east-1' }];
    const path = await file('remessa.json', JSON.stringify({ kind: 'remessa-settings', schemaVersion: 1, destinations }));
    expect((await desk.read(path)).map(({ kind, accessKeyIdHint }) => [kind, accessKeyIdHint])).toEqual([
      ['disk', null],
      ['disk', null],
      ['s3', null],
    ]);
    expect(folders).toEqual([folder.path]);
  });

  it('that cannot be used gives nothing away', async () => {
    const { desk } = makeDesk({});
    const text = 'OTHER_SECRET=planted-r2-secret\n';
    const wrong = [
      await file('other.env', text),
      await file('broken.json', `{"secret":"planted-r2-secret"`),
      await file('binary.env', `${text}\0`),
      join(folder.path, 'nothing.env'),
      folder.path,
    ];
    const codes: string[] = [];
    for (const path of wrong) {
      const error: unknown = await desk.read(path).catch((thrown: unknown) => thrown);
      if (!(error instanceof UploadError)) throw error;
      codes.push(error.code);
      const told = `${error.message} ${error.stack} ${String(error.cause)} ${JSON.stringify([error, error.facts, toAppError(error)])}`;
      for (const secret of secrets) expect(told).not.toContain(secret);
    }
    expect(codes).toEqual([
      'settings-incomplete',
      'settings-incomplete',
      'source-unreadable',
      'source-missing',
      'source-unreadable',
    ]);
  });
});
