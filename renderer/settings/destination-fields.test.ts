import { describe, expect, it } from 'vitest';
import { credentialsSchema, destinationDraftSchema } from '../../shared/settings.ts';
import type { Destination } from '../../shared/settings.ts';
import type { FieldName, FormKind } from './destination-fields.ts';
import { credentialsOf, draftOf, emptyValues, fieldProblem, valuesOf } from './destination-fields.ts';

const values = {
  ...emptyValues,
  accountId: ' 0123456789abcdef0123456789abcdef ',
  bucket: 'aulas',
  region: 'sa-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'abcdefghijklmnop',
};

describe('fieldProblem', () => {
  it.each<[FormKind, FieldName, string, 'required' | 'wrong' | null]>([
    ['r2', 'accountId', '', 'required'],
    ['r2', 'accountId', 'abc', 'wrong'],
    ['r2', 'accountId', values.accountId, null],
    ['r2', 'bucket', 'a', 'wrong'],
    ['s3', 'bucket', 'minhas aulas', 'wrong'],
    ['s3', 'region', 'São Paulo', 'wrong'],
    ['s3', 'endpoint', '', null],
    ['s3', 'endpoint', 'http://example.com', 'wrong'],
    ['s3', 'endpoint', 'http://127.0.0.1:9000', null],
    ['r2', 'publicBaseUrl', 'videos.example.com', 'wrong'],
    ['r2', 'secretAccessKey', 'short', 'wrong'],
    ['r2', 'name', '', null],
    ['disk', 'folder', '', 'required'],
    ['disk', 'folder', '/media/ana/Vídeos', null],
    ['disk', 'quotaGB', '', null],
    ['disk', 'quotaGB', '1,5', null],
    ['disk', 'quotaGB', '500 GB', null],
    ['disk', 'quotaGB', '0', 'wrong'],
    ['disk', 'quotaGB', 'muito', 'wrong'],
    ['disk', 'quotaGB', '1.5.2', 'wrong'],
  ])('%s %s "%s" → %s', (kind, field, value, expected) => expect(fieldProblem(kind, field, value)).toBe(expected));
});

describe('draftOf', () => {
  it.each<FormKind>(['r2', 's3'])('makes of a complete %s form what the contract takes', (kind) => {
    const draft = draftOf(kind, values);
    expect(destinationDraftSchema.parse(draft)).toEqual(draft);
    expect(credentialsSchema.parse(credentialsOf(values)).sessionToken).toBeNull();
    expect(draft.name).toBe('aulas');
  });

  it('makes of a folder what the contract takes, named after it', () => {
    const draft = draftOf('disk', { ...values, folder: '/media/ana/Vídeos/', quotaGB: '500' });
    expect(destinationDraftSchema.parse(draft)).toEqual(draft);
    expect(draft).toEqual({
      kind: 'disk',
      name: 'Vídeos',
      folder: '/media/ana/Vídeos/',
      volumeId: null,
      quotaGB: 500,
      publicBaseUrl: null,
    });
    expect(draftOf('disk', { ...values, folder: String.raw`D:\Aulas` }).name).toBe('Aulas');
  });

  it.each([
    ['1,5', 1.5],
    ['1.5', 1.5],
    ['0,500', 0.5],
    ['2.000', 2000],
    ['2,000', 2000],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['2 000 GB', 2000],
    ['', null],
  ])('reads "%s" GB', (quotaGB, expected) => {
    expect(draftOf('disk', { ...values, folder: '/v', quotaGB })).toMatchObject({ quotaGB: expected });
  });

  it('keeps the volume of a folder that stays, and forgets it with the folder', () => {
    const saved = { ...draftOf('disk', { ...values, folder: '/v' }), id: 'd-1', volumeId: 'vol-1' } as Destination;
    const shown = valuesOf(saved, String);
    expect(draftOf('disk', shown, saved)).toMatchObject({ volumeId: 'vol-1' });
    expect(draftOf('disk', { ...shown, folder: '/w' }, saved)).toMatchObject({ volumeId: null });
  });

  it('gives a saved destination back as it was, without secrets', () => {
    const draft = draftOf('r2', { ...values, jurisdiction: 'eu', name: 'Aulas' });
    const shown = valuesOf({ ...draft, id: 'd-1' }, String);
    expect(draftOf('r2', shown)).toEqual(draft);
    expect(shown.secretAccessKey).toBe('');
  });
});
