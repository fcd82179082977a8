import { describe, expect, it } from 'vitest';
import { credentialsSchema, destinationDraftSchema } from '../../shared/settings.ts';
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
  ])('%s %s "%s" → %s', (kind, field, value, expected) => expect(fieldProblem(kind, field, value)).toBe(expected));
});

describe('draftOf', () => {
  it.each<FormKind>(['r2', 's3'])('makes of a complete %s form what the contract takes', (kind) => {
    const draft = draftOf(kind, values);
    expect(destinationDraftSchema.parse(draft)).toEqual(draft);
    expect(credentialsSchema.parse(credentialsOf(values)).sessionToken).toBeNull();
    expect(draft.name).toBe('aulas');
  });

  it('gives a saved destination back as it was, without secrets', () => {
    const draft = draftOf('r2', { ...values, jurisdiction: 'eu', name: 'Aulas' });
    const shown = valuesOf({ ...draft, id: 'd-1' });
    expect(draftOf('r2', shown)).toEqual(draft);
    expect(shown.secretAccessKey).toBe('');
  });
});
